"""Verbal agreements, and what outside agencies asked of us."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from cases import words
from cases.enums import Event, OutsideBody, Party, PromiseOutcome
from cases.events.happening import Happening, Reader
from common.formats import day, money


@dataclass(frozen=True, kw_only=True)
class PromiseMade(Happening):
    event = Event.PROMISE_MADE

    promise: int
    party: Party
    what: str
    language: str = ""
    amount: Decimal | None = None  # US dollars
    due_on: date

    def told(self, to: Reader) -> str:
        what = self.what
        if not what.endswith(".."):
            what = what.removesuffix(".")  # the sentence continues
        what = to.quote(what, self.language)
        if self.amount:
            what = f"{what} ({money(self.amount)})"
        agreed = words.agreed_to(self.party, for_customer=to.is_customer)
        return agreed % {"who": to.customer, "what": what, "day": day(self.due_on)}


@dataclass(frozen=True, kw_only=True)
class PromiseAcknowledged(Happening):
    event = Event.PROMISE_ACKNOWLEDGED

    promise: int
    what: str
    language: str = ""

    def told(self, to: Reader) -> str:
        return _("Agreement confirmed: %(what)s") % {"what": to.quote(self.what, self.language)}


@dataclass(frozen=True, kw_only=True)
class PromiseSettled(Happening):
    event = Event.PROMISE_SETTLED

    promise: int
    what: str
    language: str = ""
    outcome: PromiseOutcome
    reason: str = ""
    reason_language: str = ""

    def told(self, to: Reader) -> str:
        said = {
            "what": to.quote(self.what, self.language),
            "outcome": words.promise_outcome(self.outcome),
        }
        if not self.reason:
            return _("Agreement “%(what)s”: %(outcome)s") % said
        return _("Agreement “%(what)s”: %(outcome)s. %(reason)s") % {
            **said,
            "reason": to.quote(self.reason, self.reason_language),
        }


@dataclass(frozen=True, kw_only=True)
class OutsideOpened(Happening):
    event = Event.OUTSIDE_OPENED

    body: OutsideBody
    due_on: date

    def told(self, to: Reader) -> str:
        return _("%(body)s: respond by %(day)s") % {
            "body": self.body.label,
            "day": day(self.due_on),
        }


@dataclass(frozen=True, kw_only=True)
class OutsideAnswered(Happening):
    event = Event.OUTSIDE_ANSWERED

    body: OutsideBody
    answered_on: date

    def told(self, to: Reader) -> str:
        return _("%(body)s: responded on %(day)s") % {
            "body": self.body.label,
            "day": day(self.answered_on),
        }
