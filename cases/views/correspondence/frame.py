"""The worklists of mail and what belongs to it: which there are, who sees them, what waits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User


@dataclass(frozen=True)
class Tab:
    """`waits`: the list of cases/queries/waiting.py that is counted; empty where nothing waits."""

    name: str  # of the address
    label: str | Promise
    about: str | Promise
    may_see: Callable[[User], bool]
    waits: str = ""


#: In the order people see them.
TABS: tuple[Tab, ...] = (
    Tab(
        "correspondence_follow_ups",
        _("Follow-ups"),
        _(
            "What goes out automatically and who to call, by day. The number counts your calls due"
            " today or overdue."
        ),
        lambda user: user.works_cases,
        "follow_ups",
    ),
    Tab(
        "correspondence_parked",
        _("Parked mails"),
        _("Mails that came in and did not find their case by themselves."),
        lambda user: user.works_cases,
        "parked",
    ),
    Tab(
        "correspondence_addresses",
        _("Bounced addresses"),
        _("Addresses that take no mail: call, ask, set it right."),
        lambda user: user.works_cases,
        "addresses",
    ),
    Tab(
        "correspondence_uncertain",
        _("Uncertain"),
        _("Mails that may have arrived and are never sent twice by themselves. You decide."),
        lambda user: user.supervises,
        "uncertain",
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


def tabs_of(user: User) -> list[Tab]:
    return [tab for tab in TABS if tab.may_see(user)]


def frame(user: User, *, tab: str) -> dict[str, Any]:
    """What templates/correspondence/base.html needs; `tab` names the page that is shown."""
    return {"tabs": tabs_of(user), "tab": tab}
