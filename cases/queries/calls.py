"""Numbers that were read aloud and aren't cases yet, or never will be."""

from __future__ import annotations

from accounts.models import User
from cases.models import CallDraft
from common.pages import Page, page

OWN = 5


def own_unfinished(user: User) -> list[CallDraft]:
    """The newest few."""
    mine = CallDraft.objects.visible_to(user).unfinished().filter(agent=user)
    return list(mine.order_by("-started_at")[:OWN])


def listed_calls(user: User, *, discarded: bool, after: str) -> Page[CallDraft]:
    """Everyone's, the newest first."""
    calls = CallDraft.objects.visible_to(user).select_related(
        "agent", "discarded_by", "lease__customer"
    )
    if discarded:
        return page(calls.discarded(), order=("-discarded_at", "-id"), after=after)
    return page(calls.unfinished(), order=("-started_at", "-id"), after=after)
