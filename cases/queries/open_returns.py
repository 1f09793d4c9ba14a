"""Returns of funded leases that nobody has closed yet, with the case about each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import ngettext

from accounts.models import User
from cases.enums import Kind
from cases.models import Case
from common.company_day import business_day
from common.pages import Page, page
from leases.models import MerchandiseReturn

#: The cases a return may belong to.
KINDS = (Kind.RETURN, Kind.EXCHANGE, Kind.DEFECTIVE)
OLD, VERY_OLD = 14, 30


class OpenReturn(NamedTuple):
    row: MerchandiseReturn
    days: int  # since the merchandise came back
    case: Case | None

    @property
    def age(self) -> str:
        return ngettext("%(days)d day", "%(days)d days", self.days) % {"days": self.days}

    @property
    def tone(self) -> str:
        return "bad" if self.days >= VERY_OLD else "warn" if self.days >= OLD else ""


def listed(*, user: User, after: str = "") -> Page[MerchandiseReturn]:
    """The oldest first."""
    found = MerchandiseReturn.objects.visible_to(user).open()
    return page(
        found.select_related("lease__customer", "lease__store__merchant"),
        order=("returned_on", "id"),
        after=after,
    )


def with_cases(rows: Iterable[MerchandiseReturn], *, user: User, now: datetime) -> list[OpenReturn]:
    """One query for all of them; an active case before one that is done, then the newest."""
    rows = list(rows)
    cases = Case.objects.visible_to(user).filter(
        lease__in=[row.lease_id for row in rows], kind__in=KINDS
    )
    about: dict[int, Case] = {}
    for case in sorted(cases, key=lambda each: (each.is_active, each.opened_at)):
        about[case.lease_id] = case
    today = business_day(now)
    return [
        OpenReturn(row, (today - row.returned_on).days, about.get(row.lease_id)) for row in rows
    ]
