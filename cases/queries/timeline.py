from __future__ import annotations

from accounts.models import User
from cases.models import Case, Entry
from leases.queries.pages import Page, page


def timeline(case: Case, *, user: User, after: str = "") -> Page[Entry]:
    """What this person may read of a case, newest first, with files and mails."""
    entries = (
        Entry.objects.visible_to(user)
        .filter(case=case)
        .select_related("author")
        .prefetch_related("evidence", "emails")
    )
    return page(entries, order=("-at", "-id"), after=after)
