"""The questions of kinds by their keys, read once for a page, and answers in words.

In the active language. A question that no row has is shown as it is.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from cases.answers import read_answer
from cases.enums import AnswerType
from cases.models import KindQuestion, QuestionChoice
from common import formats
from common.remembered import once


def questions() -> dict[str, KindQuestion]:
    """Also those no longer asked, in the order an administrator chose."""
    return once("questions", _found)


def _found() -> dict[str, KindQuestion]:
    rows: list[KindQuestion] = list(KindQuestion.objects.all())
    prefetch_related_objects(rows, "choices")
    return {each.key: each for each in rows}


def questions_of(kind: str) -> list[KindQuestion]:
    return [each for each in questions().values() if each.kind_id == kind and each.is_offered]


def choices_of(question: KindQuestion, *, kept: str = "") -> list[QuestionChoice]:
    """Those offered, and the one that was chosen before."""
    return [each for each in question.choices.all() if each.is_offered or each.key == kept]


def question_name(key: str) -> str:
    row = questions().get(key)
    return row.name if row else key


def answer_words(key: str, value: str) -> str:
    """An answer as it's stored; words and names of stores stay as they are."""
    row = questions().get(key)
    if row is None:
        return value
    if row.answer_type == AnswerType.CHOICE:
        names = {each.key: each.name for each in row.choices.all()}
        return names.get(value, value)
    given = read_answer(AnswerType(row.answer_type), value)
    if isinstance(given, bool):
        return _("Yes") if given else _("No")
    if isinstance(given, date):
        return formats.day(given)
    return formats.money(given) if isinstance(given, Decimal) else value
