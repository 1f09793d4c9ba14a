"""What a case's page says of the questions of its kind."""

from __future__ import annotations

from typing import Any, NamedTuple

from cases.forms.answers import AnswersForm
from cases.models import Case, CaseAnswer, KindQuestion
from cases.queries.answers import answers_of, newest_answers, standing
from cases.queries.complaints import complaint_in
from cases.questions import questions, questions_of, words_of


class AnswerRow(NamedTuple):
    question: KindQuestion
    answer: CaseAnswer | None
    words: str


def answer_panel(found: Case) -> dict[str, Any]:
    """What was answered, as facts."""
    newest = newest_answers(found)
    given = standing(newest)
    return {
        "complaint": complaint_in(found),
        "answer_rows": [_row(each, given.get(each.key)) for each in asked_of(found, given)],
        "newest_answer": max((each.pk for each in newest), default=0),
    }


def answering(found: Case) -> dict[str, Any]:
    """The form."""
    given = answers_of(found)
    return {"answering_questions": AnswersForm(asked=asked_of(found, given), given=given)}


def asked_of(found: Case, given: dict[str, CaseAnswer]) -> list[KindQuestion]:
    """Those of its kind, then those that were answered before they were switched off, or while the
    case had another kind.
    """
    own = questions_of(found.kind_id)
    earlier = [each for key, each in questions().items() if key in given and each not in own]
    return [*own, *earlier]


def _row(question: KindQuestion, answer: CaseAnswer | None) -> AnswerRow:
    return AnswerRow(question, answer, words_of(answer) if answer else "")
