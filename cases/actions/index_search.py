"""Makes what was written before there was a search findable: from the newest case down, in steps.

Triggers keep what is written now (cases/models/searched.py), so the steps may take hours, stop and
go on, and run twice at the same time.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Max

from cases.enums import Searched
from cases.models import Case, SearchProgress
from cases.models.searched import COLUMNS

CASES = 200  # in one transaction
ANSWERS = 2000  # alike
_OF_ENTRY = "JOIN cases_entry AS entry ON entry.id = said.entry_id"
#: Where each kind of text is, and the column that says its case.
SOURCES = {
    Searched.HEADLINE: ("cases_case AS said", "said.id"),
    Searched.ENTRY: ("cases_entry AS said", "said.case_id"),
    Searched.TRANSLATION: (f"cases_entrytranslation AS said {_OF_ENTRY}", "entry.case_id"),
    Searched.FILE: (f"cases_evidence AS said {_OF_ENTRY}", "entry.case_id"),
    Searched.SUBJECT: (f"cases_inboundmail AS said {_OF_ENTRY}", "entry.case_id"),
    Searched.REFERENCE: ("cases_outsidedeadline AS said", "said.case_id"),
    Searched.QUOTED: ("cases_casereference AS said", "said.case_id"),
    Searched.CONTACT: (
        "cases_case AS about JOIN cases_casecontact AS said ON said.id = about.contact_id",
        "about.id",
    ),
    Searched.ANSWER: ("cases_caseanswer AS said", "said.case_id"),
}
#: Where cases were done before their answers could be searched.
_OLD_ANSWERS = ("cases_caseanswer AS said", "said.id")
#: Until an answer that is being corrected is, and no longer than its step; see `KEEPS_ANSWER`.
_LOCK = "SELECT FROM {rows} WHERE {key} >= %s AND {key} < %s FOR SHARE"
_FILL = f"""
    INSERT INTO cases_searchdocument ({COLUMNS})
    SELECT found.* FROM {{rows}}, LATERAL puente_searched_{{what}}(said) AS found
    WHERE {{key}} >= %s AND {{key}} < %s
    ON CONFLICT (what, source) DO NOTHING
"""  # noqa: S608 - none of it is user input


def index_search(
    *, now: datetime, seconds: float = 10, stop: Callable[[], bool] = lambda: False
) -> SearchProgress:
    """Goes on for this long, or until nothing is left (`finished_at`)."""
    if done := SearchProgress.objects.filter(finished_at__isnull=False).first():
        return done
    until = time.monotonic() + seconds
    progress = _step(now)
    while progress.finished_at is None and time.monotonic() < until and not stop():
        progress = _step(now)
    return progress


@transaction.atomic
def _step(now: datetime) -> SearchProgress:
    newest = (Case.objects.aggregate(newest=Max("pk"))["newest"] or 0) + 1
    SearchProgress.objects.bulk_create(
        [SearchProgress(pk=1, below=newest, started_from=newest)], ignore_conflicts=True
    )
    progress = SearchProgress.objects.select_for_update().get()
    if progress.finished_at is None:
        _go_on(progress)
        progress.finished_at = None if progress.below or progress.answers_below else now
        progress.save()
    return progress


def _go_on(progress: SearchProgress) -> None:
    if progress.below or not progress.answers_below:
        start = max(0, progress.below - CASES)
        for what, source in SOURCES.items():
            _fill(what, source, start, progress.below)
        progress.below = start
    else:
        start = max(0, progress.answers_below - ANSWERS)
        _fill(Searched.ANSWER, _OLD_ANSWERS, start, progress.answers_below)
        progress.answers_below = start


def _fill(what: Searched, source: tuple[str, str], start: int, end: int) -> None:
    rows, key = source
    with connection.cursor() as cursor:
        if what == Searched.ANSWER:  # the next statement sees what was answered until then
            cursor.execute(_LOCK.format(rows=rows, key=key), [start, end])
        cursor.execute(_FILL.format(what=what.value, rows=rows, key=key), [start, end])
