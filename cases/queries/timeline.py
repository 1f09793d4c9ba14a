from __future__ import annotations

from django.db.models import Prefetch

from accounts.models import User
from cases.models import Case, CaseMail, Entry, EntryTranslation
from common.pages import Page, page


def timeline(case: Case, *, user: User, after: str = "") -> Page[Entry]:
    """What this person may read of a case, newest first, with files, mails and languages."""
    mails = Prefetch("mails", CaseMail.objects.select_related("email__template"))
    entries = (
        Entry.objects.visible_to(user)
        .filter(case=case)
        .select_related("author")
        .prefetch_related("evidence", mails, "language_corrections")
    )
    if user.works_cases:
        reviewed = EntryTranslation.objects.select_related("reviewed_by")
        entries = (
            entries.prefetch_related(Prefetch("translations", reviewed))
            .select_related("inbound_mail")
            .defer("inbound_mail__text")
        )
    return page(entries, order=("-at", "-id"), after=after)
