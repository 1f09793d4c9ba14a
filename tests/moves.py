"""What an agent saves to move a case by hand: the status, with the words its customer is owed."""

from __future__ import annotations

from typing import Any

from cases.actions import Update
from cases.enums import Visibility

WORDS = {"es": "Esto es lo que pasó con su caso.", "en": "This is what happened with your case."}


def move(to_status: str, *, language: str = "es", **fields: Any) -> Update:
    """`language`: the customer's. Resolved is resolved with an outcome every kind has."""
    if to_status == "closed":
        return Update(to_status=to_status, **fields)
    if to_status == "resolved":
        fields.setdefault("outcome", "declined")
    fields.setdefault("body", WORDS[language])
    return Update(to_status=to_status, visibility=Visibility.PUBLIC, language=language, **fields)
