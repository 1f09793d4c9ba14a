"""What a page of found texts shows of each: its case or what it waits in, and the marked words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from accounts.models import User
from cases.enums import Searched
from cases.models import CallDraft, CaseAnswer, InboundMail, SearchDocument
from cases.queries.search_marks import marks
from cases.search_text import AskedTerm
from cases.snippets import Piece, snippet

ORDER = ("-at", "-id")


class Hit(NamedTuple):
    document: SearchDocument
    pieces: list[Piece]
    # Of a text without a case:
    mail: InboundMail | None = None
    call: CallDraft | None = None
    # Of an answer:
    answer: CaseAnswer | None = None


class Hits(NamedTuple):
    rows: list[Hit]
    next: str
    is_first: bool
    #: The search has looked back to here; older texts only on the next page. None: at everything.
    reached: datetime | None = None

    @property
    def since(self) -> date | None:
        return self.reached and self.reached.date()


NO_HITS = Hits([], "", is_first=True)


def read_hits(keys: list[int], wanted: Sequence[AskedTerm], user: User) -> list[Hit]:
    rows = _once(_read(keys, user))
    phrases, means = marks(wanted, [row.text for row in rows])
    mails, calls, answers = _mails(rows, user), _calls(rows, user), _answers(rows, user)
    return [
        Hit(
            row,
            snippet(row.text, phrases, means),
            mails.get(row.source) if row.what == Searched.MAIL else None,
            calls.get(row.source) if row.what == Searched.CALL else None,
            answers.get(row.source) if row.what == Searched.ANSWER else None,
        )
        for row in rows
    ]


def _read(keys: list[int], user: User) -> list[SearchDocument]:
    rows = (
        SearchDocument.objects.visible_to(user)
        .filter(pk__in=keys)
        .select_related("case__kind", "case__lease__customer", "case__contact", "author", "entry")
        .order_by(*ORDER)
    )
    return list(rows) if keys else []


def _once(rows: list[SearchDocument]) -> list[SearchDocument]:
    """Without summaries that only repeat the beginning of a call on the same page."""
    said: dict[int | None, list[str]] = {}
    for row in rows:
        if row.what != Searched.HEADLINE:
            said.setdefault(row.case_id, []).append(row.text)
    return [
        row
        for row in rows
        if row.what != Searched.HEADLINE
        or not any(text.startswith(row.text.rstrip("… ")) for text in said.get(row.case_id, ()))
    ]


def _mails(rows: list[SearchDocument], user: User) -> dict[str, InboundMail]:
    keys = [row.source for row in rows if row.what == Searched.MAIL]
    found = InboundMail.objects.visible_to(user).filter(pk__in=keys).defer("text")
    return {str(mail.pk): mail for mail in found} if keys else {}


def _calls(rows: list[SearchDocument], user: User) -> dict[str, CallDraft]:
    keys = [row.source for row in rows if row.what == Searched.CALL]
    found = CallDraft.objects.visible_to(user).filter(pk__in=keys).defer("typed")
    return {str(call.pk): call for call in found} if keys else {}


def _answers(rows: list[SearchDocument], user: User) -> dict[str, CaseAnswer]:
    keys = [row.source for row in rows if row.what == Searched.ANSWER]
    found = CaseAnswer.objects.visible_to(user).filter(pk__in=keys).select_related("question")
    return {str(answer.pk): answer for answer in found} if keys else {}
