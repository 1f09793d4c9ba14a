"""Shared form fields: dates and dollar amounts without ambiguity, text kept as written."""

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

#: A date further ahead is a typo. Near year 9999 it could overflow in another time zone.
FARTHEST = timedelta(days=5 * 365)


class DayField(forms.DateField):
    """A date. Numbers are read month first in both languages, as on U.S. forms."""

    default_error_messages = {
        "invalid": _("Enter a valid date. Example: 2026-03-04 for March 4, 2026."),
        "day_far": _("This date is more than five years away. Check the year."),
    }

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(input_formats=["%Y-%m-%d", "%m/%d/%Y"], widget=widget, **kwargs)

    def offer_from(self, first: date) -> None:
        """Where the browser's calendar begins; the form still checks what is typed."""
        self.widget.attrs["min"] = first.isoformat()

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value and value > business_day(timezone.now()) + FARTHEST:
            raise ValidationError(self.error_messages["day_far"], code="day_far")


#: As people in the United States write dollars: 1,234.56, with or without a dollar sign.
_AMOUNT = re.compile(
    r"(?P<sign>[-−]?)\$?(?P<number>[0-9]+|[0-9]{1,3}(,[0-9]{3})+)(?P<cents>\.[0-9]+)?"
)


class AmountField(forms.CharField):
    """US dollars as a Decimal. If a comma could mean cents, it asks instead of guessing."""

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
        if len(found["cents"] or "") > len(".00"):  # in Spanish, 1.500 can mean fifteen hundred
            raise ValidationError(self.error_messages["cents"], code="amount_cents")
        sign = "-" if found["sign"] else ""
        return Decimal(f"{sign}{found['number'].replace(',', '')}{found['cents'] or ''}")

    def validate(self, value: Any) -> None:
        if value is None and self.required:
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Any) -> None:
        """Skip them: the value is a number here, and its length was checked as text."""


LONGEST_TEXT = 50_000


class AtMost(MaxLengthValidator):
    """Refuses text that is too long and says by how much; nothing is cut."""

    message = _("Use no more than %(limit)s characters. You entered %(count)s.")

    def __call__(self, value: str) -> None:
        if len(value) > self.limit_value:
            params = {"limit": grouped(self.limit_value), "count": grouped(len(value))}
            raise ValidationError(self.message, code=self.code, params=params)


class WordsField(forms.CharField):
    """Multi-line text, unchanged except for browsers' line endings."""

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", LONGEST_TEXT)
        super().__init__(strip=False, **kwargs)
        # Django's own message also counts the characters, without grouping the digits.
        kept = [each for each in self.validators if not isinstance(each, MaxLengthValidator)]
        self.validators = [*kept, AtMost(kwargs["max_length"])]

    def to_python(self, value: Any) -> str:
        text = (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")
        return text if text.strip() else ""
