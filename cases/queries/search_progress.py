"""How far the texts that were there before the search can be found."""

from __future__ import annotations

from accounts.models import User
from cases.models import SearchProgress


def unfinished_search(user: User) -> SearchProgress | None:
    """None once everything can be found, and for whoever searches no words."""
    if not user.works_cases:
        return None
    return SearchProgress.objects.filter(finished_at=None).first()
