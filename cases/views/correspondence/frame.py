"""The worklists of mail and what belongs to it: which there are, who sees them, what waits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.queries import mails
from cases.queries.calendar import calls_due
from cases.queries.parked import parked_count

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
TABS: tuple[Tab, ...] = (
    Tab(
        "correspondence_follow_ups",
        _("Follow-ups"),
        _(
            "What goes out by itself and whom to call, by day. Counted are your calls for today or"
            " overdue."
        ),
        lambda user: user.works_cases,
        lambda user, now: calls_due(user, now)[: COUNT_CAP + 1].count(),
    ),
    Tab(
        "correspondence_parked",
        _("Parked mails"),
        _("Mails that came in and did not find their case by themselves."),
        lambda user: user.works_cases,
        lambda user, now: parked_count(user, most=COUNT_CAP + 1),
    ),
    Tab(
        "correspondence_addresses",
        _("Bounced addresses"),
        _("Addresses that take no mail: call, ask, set it right."),
        lambda user: user.works_cases,
        lambda user, now: mails.addresses_count(user, most=COUNT_CAP + 1),
    ),
    Tab(
        "correspondence_uncertain",
        _("Uncertain"),
        _("Mails that may have arrived and are never sent twice by themselves. You decide."),
        lambda user: user.supervises,
        lambda user, now: mails.undecided_count(user, most=COUNT_CAP + 1),
    ),
    Tab(
        "correspondence_failed",
        _("Not delivered"),
        _("Mails that did not arrive, and why."),
        lambda user: user.works_cases,
    ),
    Tab(
        "correspondence_texts",
        _("Mail texts"),
        _("What mails say, in both languages, with a preview."),
        lambda user: user.works_cases,
    ),
    Tab(
        "correspondence_scripts",
        _("Scripts"),
        _("What to say on a call and write in an e-mail, in both languages."),
        lambda user: user.works_cases,
    ),
)


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
