"""Fields the forms share: words kept as written, days without ambiguity."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from common.formats import grouped
from leases.forms.fields import AmountField, DayField

__all__ = ["AmountField", "DayField", "WordsField"]

LONGEST_TEXT = 50_000


class AtMost(MaxLengthValidator):
    """Nothing is cut: the count says how much is too much."""

    message = _("%(limit)s characters at most; this has %(count)s.")

    def __call__(self, value: str) -> None:
        if len(value) > self.limit_value:
            params = {"limit": grouped(self.limit_value), "count": grouped(len(value))}
            raise ValidationError(self.message, code=self.code, params=params)


class WordsField(forms.CharField):
    """Text of several lines, unchanged but for the line ends browsers send."""

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", LONGEST_TEXT)
        super().__init__(strip=False, **kwargs)
        # Django's own says it too, without grouping what nobody counts.
        kept = [each for each in self.validators if not isinstance(each, MaxLengthValidator)]
        self.validators = [*kept, AtMost(kwargs["max_length"])]

    def to_python(self, value: Any) -> str:
        text = (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")
        return text if text.strip() else ""
