"""The days in what was typed during a call: each stays the one that was meant.

“03/04” is March 4 to who reads English and unclear to who reads Spanish. A day is kept as such, not
as its text, so it's the same when the page changes its language, and tomorrow, too, if it was
“today”.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import get_language

from cases.enums import AnswerType
from cases.forms.answers import PREFIX
from cases.questions import questions
from common.form_fields import day_from
from common.relative_days import Toward

_DAY = re.compile(r"due_on|agreed-\d+-due_on")
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
#: The language of the page on which the days were typed.
LANGUAGE = "days_in"


def days_kept(typed: dict[str, Any]) -> dict[str, Any]:
    """What can be read as a day is kept as one; other words stay."""
    days = {name: _iso(name, value) for name, value in typed.items() if value and is_day(name)}
    return {**typed, **days, LANGUAGE: get_language() or ""}


def days_again(typed: Mapping[str, Any]) -> dict[str, Any]:
    """For a form. What couldn't be read isn't read in another language without asking: no date has
    a “?”.
    """
    is_foreign = typed.get(LANGUAGE) not in {None, get_language()}
    days = {
        name: _day(value, is_foreign=is_foreign)
        for name, value in typed.items()
        if value and is_day(name)
    }
    return {**typed, **days}


def is_day(name: str) -> bool:
    if not name.startswith(PREFIX):
        return _DAY.fullmatch(name) is not None
    question = questions().get(name.removeprefix(PREFIX))
    return question is not None and question.answer_type == AnswerType.DAY


def _day(text: str, *, is_foreign: bool) -> date | str:
    if _ISO.fullmatch(text):
        with suppress(ValueError):
            return date.fromisoformat(text)
    return f"{text} ?" if is_foreign and not text.endswith("?") else text


def _iso(name: str, text: str) -> str:
    """As the form will read it."""
    toward = Toward.EITHER if name.startswith(PREFIX) else Toward.NEXT
    try:
        return day_from(text, toward=toward).isoformat()
    except ValidationError:
        return text
