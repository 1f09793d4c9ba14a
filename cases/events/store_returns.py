"""An item goes back to a store. What the store said of a refusal is for the staff."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from cases.enums import Event, StoreAnswer
from cases.events.happening import Happening, Reader
from common.formats import day, money


@dataclass(frozen=True, kw_only=True)
class ReturnHandedIn(Happening):
    event = Event.RETURN_HANDED_IN

    store: str
    on: date
    number: str = ""  # of its shipment

    def told(self, to: Reader) -> str:
        said = {"day": day(self.on), "store": to.quote(self.store, ""), "number": self.number}
        if to.is_customer:
            words = _("You returned the item to %(store)s on %(day)s") % said
        else:
            words = _("Item returned to %(store)s on %(day)s") % said
        if not self.number:
            return words
        number = _("tracking number %(number)s") % said
        return f"{words} · {number}"


@dataclass(frozen=True, kw_only=True)
class ReturnAnswered(Happening):
    event = Event.RETURN_ANSWERED

    store: str
    answer: StoreAnswer
    on: date
    name: str = ""  # who said so; empty for the store's own report
    reason: str = ""  # or what proves it
    language: str = ""

    def told(self, to: Reader) -> str:
        said = {"store": to.quote(self.store, ""), "day": day(self.on), "name": self.name}
        if self.answer == StoreAnswer.CONFIRMED:
            words = _("%(store)s confirmed on %(day)s that it has the item") % said
        else:
            words = _("%(store)s didn’t take the item back (%(day)s)") % said
        if to.is_customer:
            return words
        if self.name:
            words += " · " + self.name
        return f"{words} · {to.quote(self.reason, self.language)}" if self.reason else words


@dataclass(frozen=True, kw_only=True)
class ReturnCredited(Happening):
    event = Event.RETURN_CREDITED

    on: date
    credit: Decimal | None = None  # None for an exchange

    def told(self, to: Reader) -> str:
        if self.credit is None:
            return _("The store exchanged the item on %(day)s") % {"day": day(self.on)}
        said = {"amount": money(self.credit), "day": day(self.on)}
        return _("Return credited on %(day)s: %(amount)s off what is owed on the lease") % said


@dataclass(frozen=True, kw_only=True)
class ReturnWithdrawn(Happening):
    event = Event.RETURN_WITHDRAWN

    on: date  # the day of the return that was recorded

    def told(self, to: Reader) -> str:
        return _("The return of %(day)s was recorded by mistake") % {"day": day(self.on)}
