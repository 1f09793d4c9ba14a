"""What the mails about an item on its way back to a store have in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, TypedDict

from django.utils.translation import gettext_lazy as _

from cases.mails.base import CASE_PLACEHOLDERS, CaseFacts, CaseParams, facts_now, made_up
from cases.models import Case, StoreReturn
from common.company_day import business_day
from common.formats import day
from mail.words import named

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

STORE_RETURN_PLACEHOLDERS: Mapping[str, StrPromise] = {
    **CASE_PLACEHOLDERS,
    "store": _("the store’s name"),
    "returned_day": _("the day the item went back to the store"),
}
#: What each of their texts has to say.
SAID = ("case_number", "store", "returned_day", "due_day")


@dataclass(frozen=True, kw_only=True)
class StoreReturnParams(CaseParams):
    store: str
    returned_on: date

    def words(self) -> dict[str, str]:
        return super().words() | {
            "store": named(self.store),
            "returned_day": day(self.returned_on),
        }


class StoreReturnFacts(CaseFacts):
    store: str
    returned_on: date


def store_return_facts(case: Case, row: StoreReturn, now: datetime) -> StoreReturnFacts:
    return {**facts_now(case, now), "store": store_name(row), "returned_on": row.handed_in_on}


def store_name(row: StoreReturn) -> str:
    """With the chain, because its sign is over the door."""
    return f"{row.store.merchant.name} · {row.store.name}"


class _Sample(TypedDict):
    store: str
    returned_on: date


def sample_facts(now: datetime) -> _Sample:
    return {"store": "Mueblería Luna", "returned_on": business_day(now) - timedelta(days=4)}


def store_return_sample(now: datetime) -> StoreReturnParams:
    return StoreReturnParams(**made_up(now), **sample_facts(now))
