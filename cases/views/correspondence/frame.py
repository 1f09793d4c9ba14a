"""The lists of correspondence: which there are, who sees them, what waits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User


@dataclass(frozen=True)
class Tab:
    """`waits`: the list of cases/queries/waiting.py that is counted; empty if nothing waits."""

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
        _("Unmatched email"),
        _("Incoming email that couldn’t be matched to a case."),
        lambda user: user.works_cases,
        "parked",
    ),
    Tab(
        "correspondence_addresses",
        _("Bounced addresses"),
        _("Addresses we can’t reach: call the customer and correct them."),
        lambda user: user.works_cases,
        "addresses",
    ),
    Tab(
        "correspondence_uncertain",
        _("Unknown delivery"),
        _("Emails that may have been delivered. They’re never resent automatically: you decide."),
        lambda user: user.supervises,
        "uncertain",
    ),
    Tab(
        "correspondence_failed",
        _("Not delivered"),
        _("Emails that weren’t delivered, and why."),
        lambda user: user.works_cases,
    ),
    Tab(
        "correspondence_texts",
        _("Email templates"),
        _("What emails say, in both languages, with a preview."),
        lambda user: user.works_cases,
    ),
    Tab(
        "correspondence_scripts",
        _("Scripts"),
        _("What to say on a call and write in an email, in both languages."),
        lambda user: user.works_cases,
    ),
)


def tabs_of(user: User) -> list[Tab]:
    return [tab for tab in TABS if tab.may_see(user)]


def frame(user: User, *, tab: str) -> dict[str, Any]:
    """What templates/correspondence/base.html needs; `tab` names the page shown."""
    return {"tabs": tabs_of(user), "tab": tab}
