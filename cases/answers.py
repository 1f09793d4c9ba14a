"""Answers as text, the same for every reader, and back. Pure."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from cases.enums import AnswerType

YES, NO = "yes", "no"

#: What is read from text: words and keys of choices stay text.
Given = date | Decimal | bool | str


def write_answer(given: Given | None) -> str:
    if given is None:
        return ""
    if isinstance(given, bool):
        return YES if given else NO
    return given.isoformat() if isinstance(given, date) else str(given)


def read_answer(kind: AnswerType, text: str) -> Given | None:
    """ValueError or ArithmeticError for what `write_answer` wouldn't write."""
    if not text:
        return None
    if kind == AnswerType.DAY:
        return date.fromisoformat(text)
    if kind == AnswerType.MONEY:
        return Decimal(text)
    if kind == AnswerType.YES_NO:
        if text not in {YES, NO}:
            raise ValueError(text)
        return text == YES
    return text
