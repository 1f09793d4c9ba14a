"""What is past due and what comes next, as several mails say it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, TypedDict

from django.utils.translation import gettext_lazy as _

from common.formats import money
from leases.mails.base import LeaseParams, next_payment
from leases.models import Lease
from leases.queries.ledger import standing_of
from leases.schedule import Standing
from mail.words import Tone, turn

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

STANDING_PLACEHOLDERS: Mapping[str, StrPromise] = {
    "arrears": _("what is past due, fees included"),
    "next_payment": _("the date and amount of the next payment"),
}


class StandingFacts(TypedDict):
    arrears: Decimal
    next_on: date | None
    next_amount: Decimal | None


@dataclass(frozen=True, kw_only=True)
class StandingParams(LeaseParams):
    arrears: Decimal
    next_on: date | None  # None if nothing is left to pay
    next_amount: Decimal | None

    def words(self) -> dict[str, str]:
        tone = Tone.WARN if self.arrears > 0 else Tone.ACCENT
        return super().words() | {
            "arrears": turn(money(self.arrears), tone),
            "next_payment": turn(next_payment(self.next_on, self.next_amount), tone),
        }


def standing_facts(lease: Lease, today: date) -> StandingFacts:
    return facts_of(standing_of(lease, today))


def facts_of(owed: Standing) -> StandingFacts:
    return {
        "arrears": owed.arrears,
        "next_on": owed.next.due_on if owed.next else None,
        "next_amount": owed.next.left if owed.next else None,
    }
