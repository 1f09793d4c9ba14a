"""Returns of funded leases that no one has closed yet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import ngettext

from accounts.models import User
from common.company_day import business_day
from common.pages import Page, page
from leases.models import MerchandiseReturn

OLD, VERY_OLD = 14, 30


class OpenReturn(NamedTuple):
    row: MerchandiseReturn
    days: int  # since the merchandise came back

    @property
    def age(self) -> str:
        return ngettext("%(days)d day", "%(days)d days", self.days) % {"days": self.days}

    @property
    def tone(self) -> str:
        return "bad" if self.days >= VERY_OLD else "warn" if self.days >= OLD else ""


def open_returns_page(*, user: User, after: str = "") -> Page[MerchandiseReturn]:
    """The oldest first."""
    found = MerchandiseReturn.objects.visible_to(user).open()
    return page(
        found.select_related("lease__customer", "lease__store__merchant"),
        order=("returned_on", "id"),
        after=after,
    )


def with_age(rows: Iterable[MerchandiseReturn], now: datetime) -> list[OpenReturn]:
    today = business_day(now)
    return [OpenReturn(row, (today - row.returned_on).days) for row in rows]
