"""Returned merchandise, as the four mails about a return list it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, TypedDict

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.company_day import business_day
from common.formats import day, money
from leases.mails.base import LeaseParams
from leases.mails.standing import StandingParams
from mail.words import lines, named

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

RETURN: Mapping[str, StrPromise] = {
    "returned_day": gettext_lazy("the return date"),
    "returned_items": gettext_lazy("what came back or costs less, one per line"),
}


@dataclass(frozen=True, kw_only=True)
class ReturnedLine:
    """Like `MerchandiseReturn.items`: line 0 is an invoice without lines, at its new total."""

    number: int
    name: str
    quantity: int  # 0: nothing came back, it costs less
    price: Decimal | None = None

    def words(self) -> str:
        price = "" if self.price is None else money(self.price)
        if self.number == 0:
            return _("New total: %(total)s") % {"total": price}
        name = self.name or _("Line %(line)s") % {"line": self.number}
        said = f"{self.quantity} × {name}"
        if not self.quantity:
            said = _("%(item)s, now at %(price)s") % {"item": name, "price": price}
        return named(said, self.name) if self.name else said


class ReturnFacts(TypedDict):
    returned_on: date
    items: tuple[ReturnedLine, ...]


@dataclass(frozen=True, kw_only=True)
class ReturnParams(LeaseParams):
    returned_on: date
    items: tuple[ReturnedLine, ...]  # empty: all of an invoice without lines

    def words(self) -> dict[str, str]:
        items = lines(each.words() for each in self.items)
        return super().words() | {
            "returned_day": day(self.returned_on),
            "returned_items": items or _("Everything on the invoice"),
        }


@dataclass(frozen=True, kw_only=True)
class DeliveredReturnParams(ReturnParams, StandingParams):
    """For a lease that goes on, with its payments."""


def sample_facts(now: datetime) -> ReturnFacts:
    return {
        "returned_on": business_day(now) - timedelta(days=1),
        "items": (ReturnedLine(number=1, name="Sofá", quantity=1),),
    }
