from __future__ import annotations

from django.db.models import Prefetch, Q

from accounts.models import User
from cases.models import Case, CaseMail, Entry, EntryTranslation
from cases.queries.timeline_parts import parts_of, with_part_counts
from common.pages import Page, page, page_with

ORDER = ("-at", "-id")


def timeline(
    case: Case, *, user: User, after: str = "", entry: int | None = None, part: str = ""
) -> Page[Entry]:
    """What this person may read of a case, newest first, with files, mails and languages.

    `entry`: the page that has this one, unless `after` says which page. `part`: only that, for
    whoever works cases.
    """
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
        entries = with_part_counts(entries, case).filter(parts_of(case).get(part, Q()))
    if entry is not None and not after:
        return page_with(entries, entry, order=ORDER)
    return page(entries, order=ORDER, after=after)
