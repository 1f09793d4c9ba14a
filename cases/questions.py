"""The questions of kinds by their keys, read once for a page, and answers in words.

In the active language. A question that no row has is shown as it is.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from cases.answers import Given, read_answer
from cases.enums import AnswerType
from cases.models import CaseAnswer, KindQuestion, QuestionChoice
from common import formats
from common.remembered import once
from leases.queries.stores import store_label


def questions() -> dict[str, KindQuestion]:
    """Also those no longer asked, in the order an administrator chose."""
    return once("questions", lambda: {each.key: each for each in KindQuestion.objects.all()})


def questions_of(kind: str, *, kept: Collection[str] = ()) -> list[KindQuestion]:
    """Those asked, and `kept`: already answered when they were switched off."""
    own = [each for each in questions().values() if each.kind_id == kind]
    return [each for each in own if each.is_offered or each.key in kept]


def choices_of(question: str, *, kept: Collection[str] = ()) -> list[QuestionChoice]:
    """Those offered, and `kept`: chosen before."""
    rows = _choices().get(question, {}).values()
    return [each for each in rows if each.is_offered or each.key in kept]


def _choices() -> dict[str, dict[str, QuestionChoice]]:
    return once("choices", _find_choices)


def _find_choices() -> dict[str, dict[str, QuestionChoice]]:
    found: dict[str, dict[str, QuestionChoice]] = {}
    for each in QuestionChoice.objects.all():
        found.setdefault(each.question_id, {})[each.key] = each
    return found


def question_name(key: str) -> str:
    row = questions().get(key)
    return row.name if row else key


def answer_words(key: str, value: str) -> str:
    """An answer as it's stored; words and names of stores stay as they are."""
    row = questions().get(key)
    if row is None:
        return value
    if row.answer_type == AnswerType.CHOICE:
        chosen = _choices().get(key, {}).get(value)
        return chosen.name if chosen else value
    return _given_words(read_answer(AnswerType(row.answer_type), value))


def words_of(answer: CaseAnswer) -> str:
    """What a question was answered with, for who reads the page."""
    if answer.store:
        return store_label(answer.store)
    return answer_words(answer.question_id, answer.value)


def _given_words(given: Given | None) -> str:
    if isinstance(given, bool):
        return _("Yes") if given else _("No")
    if isinstance(given, date):
        return formats.day(given)
    return formats.money(given) if isinstance(given, Decimal) else str(given or "")
