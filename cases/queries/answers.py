"""What the questions of a case were answered with."""

from __future__ import annotations

from collections.abc import Iterable

from accounts.models import User
from cases.answers import Given
from cases.models import Case, CaseAnswer
from leases.models import Store


def answers_of(case: Case, *, user: User | None = None) -> dict[str, CaseAnswer]:
    """The standing answer of each question, by its key; one query. `user`: what they may read."""
    return standing(newest_answers(case, user=user))


def newest_answers(case: Case, *, user: User | None = None) -> list[CaseAnswer]:
    """The last row of each question, also if it took the answer back."""
    answers = CaseAnswer.objects.visible_to(user) if user else CaseAnswer.objects
    newest = answers.filter(case=case).order_by("question_id", "-pk").distinct("question_id")
    return list(newest.select_related("question", "store__merchant"))


def standing(newest: Iterable[CaseAnswer]) -> dict[str, CaseAnswer]:
    rows = [each for each in newest if each.given is not None]
    rows.sort(key=lambda each: (each.question.position, each.question_id))
    return {each.question_id: each for each in rows}


def answer_for(case: Case, key: str) -> Given | Store | None:
    """A date, an amount, yes or no, words, the key of a choice, or a store."""
    newest = CaseAnswer.objects.filter(case=case, question=key).order_by("-pk")
    row = newest.select_related("question", "store__merchant").first()
    return row.given if row else None


def newest_answer(case: Case) -> int:
    """What a page has seen of them; 0 before the first."""
    newest = CaseAnswer.objects.filter(case=case).order_by("-pk").values_list("pk", flat=True)
    return newest.first() or 0
