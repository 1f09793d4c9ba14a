"""The worklists of mail and what belongs to it: which there are, who sees them, what waits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise

from accounts.models import User

#: A count stops here and is shown as "99+".
COUNT_CAP = 99


@dataclass(frozen=True)
class Tab:
    """`count`: how many wait for somebody, at most `COUNT_CAP` + 1; None where nothing can wait."""

    name: str  # of the address
    label: str | Promise
    about: str | Promise
    may_see: Callable[[User], bool]
    count: Callable[[User, datetime], int] | None = None


#: In the order people see them.
TABS: tuple[Tab, ...] = ()


def capped(count: int) -> str:
    """Empty for none."""
    if not count:
        return ""
    return f"{COUNT_CAP}+" if count > COUNT_CAP else str(count)


def tabs_of(user: User) -> list[Tab]:
    return [tab for tab in TABS if tab.may_see(user)]


def frame(user: User, *, tab: str) -> dict[str, Any]:
    """What templates/correspondence/base.html needs; `tab` names the page that is shown."""
    return {"tabs": tabs_of(user), "tab": tab}
