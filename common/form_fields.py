"""Fields the forms share: days and dollars without ambiguity, words kept as written."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.company_day import business_day
from common.formats import grouped

#: Farther ahead is a slip of the keys; at the calendar's end other time zones have no such moment.
FARTHEST = timedelta(days=5 * 365)


class DayField(forms.DateField):
    """A day; months and days in the American order in both languages, as on every form here."""

    default_error_messages = {
        "invalid": _("Enter a valid date. Example: 2026-03-04 for March 4, 2026."),
        "day_far": _("This date is more than five years away. Check the year."),
    }

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(input_formats=["%Y-%m-%d", "%m/%d/%Y"], widget=widget, **kwargs)

    def offer_from(self, first: date) -> None:
        """The browser's calendar begins there; what is typed is still looked at by the form."""
        self.widget.attrs["min"] = first.isoformat()

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value and value > business_day(timezone.now()) + FARTHEST:
            raise ValidationError(self.error_messages["day_far"], code="day_far")


#: As people in the United States write dollars: 1,234.56, with or without the sign.
_AMOUNT = re.compile(
    r"(?P<sign>[-−]?)\$?(?P<number>[0-9]+|[0-9]{1,3}(,[0-9]{3})+)(?P<cents>\.[0-9]+)?"
)


class AmountField(forms.CharField):
    """US dollars as a Decimal. A comma before the cents is asked about, not guessed at."""

    default_error_messages = {
        "invalid": _("Enter the amount like this: 1234.56, with a decimal point before the cents."),
        "cents": _("Use no more than two decimal places, for example 38.46."),
    }

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off"}
        super().__init__(max_length=20, widget=forms.TextInput(attrs=attrs), **kwargs)

    def to_python(self, value: Any) -> Any:
        text = "".join((super().to_python(value) or "").split())
        if not text:
            return None
        found = _AMOUNT.fullmatch(text)
        if found is None:
            raise ValidationError(self.error_messages["invalid"], code="amount_format")
        if len(found["cents"] or "") > len(".00"):  # in Spanish 1.500 may mean fifteen hundred
            raise ValidationError(self.error_messages["cents"], code="amount_cents")
        sign = "-" if found["sign"] else ""
        return Decimal(f"{sign}{found['number'].replace(',', '')}{found['cents'] or ''}")

    def validate(self, value: Any) -> None:
        if value is None and self.required:
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Any) -> None:
        """None on a number; its length was checked as it was typed."""


LONGEST_TEXT = 50_000


class AtMost(MaxLengthValidator):
    """Nothing is cut: the count says how much is too much."""

    message = _("Use no more than %(limit)s characters. You entered %(count)s.")

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
