"""Fields the forms share: words kept as written, days without ambiguity."""

from __future__ import annotations

from typing import Any

from django import forms

from leases.forms.fields import AmountField, DayField

__all__ = ["AmountField", "DayField", "WordsField"]

LONGEST_TEXT = 50_000


class WordsField(forms.CharField):
    """Text of several lines, unchanged but for the line ends browsers send."""

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", LONGEST_TEXT)
        super().__init__(strip=False, **kwargs)

    def to_python(self, value: Any) -> str:
        text = (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")
        return text if text.strip() else ""
