"""What the questions of a kind are answered with, and answers corrected."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases import questions
from cases.actions.change import add_event, locked, refuse_ended, touch
from cases.actions.kind_effects import carry_out, hold
from cases.answers import Given, write_answer
from cases.enums import AnswerType
from cases.events import Answered, QuestionsAnswered
from cases.language import guess
from cases.models import Case, CaseAnswer, KindQuestion
from cases.queries.answers import answers_of, newest_answer
from common.company_day import business_day
from leases.models import Store

#: By key of the question. None takes an answer back.
Answers = Mapping[str, Given | Store | None]
LONGEST_ANSWER = 2000

_TYPES: dict[AnswerType, type] = {
    AnswerType.TEXT: str,
    AnswerType.CHOICE: str,
    AnswerType.DAY: date,
    AnswerType.MONEY: Decimal,
    AnswerType.YES_NO: bool,
    AnswerType.STORE: Store,
}


@transaction.atomic
def answer_questions(
    *, case: Case, answers: Answers, by: User, now: datetime, seen: int | None = None
) -> list[CaseAnswer]:
    """Adds a row for each answer that's new or differs; what isn't named stays as it was.

    Questions of another kind, or no longer asked, can be answered if they were before. `seen`: the
    newest answer on the page where they were given. ValidationError `case_over` (an answer may stop
    payments or move a complaint, which nobody expects of a case that ended), `answers_stale`,
    `question_unknown`, `answer_type`, `answer_choice`, `answer_long`, `answer_future`.
    """
    if not by.works_cases:
        raise PermissionDenied
    hold(case, case.lease)
    case = locked(case)
    refuse_ended(case)
    if seen is not None and newest_answer(case) != seen:
        raise ValidationError(
            _(
                "Someone else changed these answers while you were writing. Check what they say now"
                " and save again."
            ),
            code="answers_stale",
        )
    rows = record_answers(case, answers, by=by, now=now)
    if rows:
        touch(case, now=now)
        carry_out(case, is_new=False, by=by, now=now)
    return rows


def record_answers(
    case: Case, answers: Answers, *, in_call: bool = False, by: User, now: datetime
) -> list[CaseAnswer]:
    """The rows and their event, in an action that has locked or just opened the case.

    `in_call`: what a caller answered counts, also if it was switched off during the call.
    """
    if not answers:
        return []
    before = answers_of(case)
    asked = {key: _question(key, case, before, in_call=in_call) for key in answers}
    rows = [
        _row(asked[key], given, before.get(key), case, by, now, in_call=in_call)
        for key, given in answers.items()
    ]
    rows = [row for row in rows if not _says_the_same(row, before.get(row.question_id))]
    for row in rows:
        row.save(force_insert=True)
    if rows:
        told = tuple(_told(row, before.get(row.question_id)) for row in rows)
        add_event(case, QuestionsAnswered(answers=told), by=by, now=now)
    return rows


def _question(
    key: str, case: Case, before: Mapping[str, CaseAnswer], *, in_call: bool
) -> KindQuestion:
    row = questions.questions().get(key)
    if row and (key in before or (row.kind_id == case.kind_id and (row.is_offered or in_call))):
        return row
    raise ValidationError(
        _("“%(name)s” isn’t asked in this case."),
        code="question_unknown",
        params={"name": row or key},
    )


def _row(
    question: KindQuestion,
    given: Given | Store | None,
    before: CaseAnswer | None,
    case: Case,
    by: User,
    now: datetime,
    *,
    in_call: bool,
) -> CaseAnswer:
    row = CaseAnswer(case=case, question=question, by=by, at=now)
    given = given.strip() if isinstance(given, str) else given
    if given is None or given == "":
        return row
    kind = AnswerType(question.answer_type)
    if not isinstance(given, _TYPES[kind]):
        raise ValidationError(
            _("This isn’t an answer to “%(name)s.”"), "answer_type", {"name": question}
        )
    if isinstance(given, Store):
        row.store = given
        return row
    row.value = write_answer(given)
    kept = [before.value] if before else []
    _check(question, kind, row.value, kept=[*kept, row.value] if in_call else kept)
    if question.is_past and isinstance(given, date) and not _says_the_same(row, before):
        refuse_future(given, now)
    if kind == AnswerType.TEXT:
        guessed = guess(row.value, otherwise="")
        row.language = guessed.language if guessed.is_sure else ""
    return row


def _check(question: KindQuestion, kind: AnswerType, value: str, *, kept: Collection[str]) -> None:
    if len(value) > LONGEST_ANSWER:
        raise ValidationError(
            _("Use no more than %(limit)s characters."), "answer_long", {"limit": LONGEST_ANSWER}
        )
    if kind == AnswerType.CHOICE and value not in {
        each.key for each in questions.choices_of(question.key, kept=kept)
    }:
        raise ValidationError(
            _("Choose one of the answers to “%(name)s.”"), "answer_choice", {"name": question}
        )


def refuse_future(given: date | None, now: datetime) -> None:
    """ValidationError: `answer_future`."""
    if given and given > business_day(now):
        raise ValidationError(
            _("This date is in the future. Choose today or earlier."), code="answer_future"
        )


def _says_the_same(row: CaseAnswer, before: CaseAnswer | None) -> bool:
    if before is None:
        return row.given is None
    return (row.value, row.store_id) == (before.value, before.store_id)


def _told(row: CaseAnswer, before: CaseAnswer | None) -> Answered:
    return Answered(
        question=row.question_id,
        value=_stored(row),
        language=row.language,
        before=_stored(before) if before else "",
        before_language=before.language if before else "",
    )


def _stored(row: CaseAnswer) -> str:
    return row.store.name if row.store else row.value
