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
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from common.company_day import business_day
from common.day_text import DayError, read_day
from common.formats import day, day_in_words, grouped
from common.relative_days import Toward

#: A date further ahead is a typo. Near year 9999 it could overflow in another time zone.
FARTHEST = timedelta(days=5 * 365)


class DayInput(forms.DateInput):
    """A date with its month in letters, which both languages read alike; below it, in words.

    Not the browser's own: that one speaks the browser's language (decision 33).
    """

    template_name = "components/day_input.html"
    first: date | None = None
    toward = Toward.NEXT

    def format_value(self, value: Any) -> str:
        return day(value, short=True) if isinstance(value, date) else str(value or "")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        found = value if isinstance(value, date) else self._read(value)
        context = super().get_context(name, value, attrs)
        if words_id := context["widget"]["attrs"].get("id"):
            words_id += "_words"
            described = context["widget"]["attrs"].get("aria-describedby", "")
            context["widget"]["attrs"]["aria-describedby"] = f"{described} {words_id}".strip()
        words = day_in_words(found) if found else ""
        return context | {
            "day": found,
            "words": words,
            "words_id": words_id,
            "first": self.first,
            "today": business_day(timezone.now()),
            "toward": self.toward,
        }

    def _read(self, value: Any) -> date | None:
        try:
            return day_from(value or "", toward=self.toward)
        except ValidationError:
            return None


def day_from(text: str, *, typed_in: str = "", toward: Toward = Toward.NEXT) -> date:
    """What a person typed, on the company's calendar; ValidationError with the reason.

    `typed_in`: the language in which it was typed, if it isn't the reader's. `toward`: where a
    weekday alone is looked for.
    """
    english = (typed_in or get_language()) == "en"
    today = business_day(timezone.now())
    try:
        return read_day(text, today=today, month_first=english, toward=toward)
    except DayError as error:
        params = dict(zip(("first", "second"), map(day, error.readings), strict=False))
        params |= {"example": day(error.readings[0], short=True)} if params else {}
        code = "day_unclear" if error.readings else "invalid"
        raise ValidationError(DAY_ERRORS[error.code], code, params) from error


DAY_ERRORS = {
    "day_format": _("Enter a date, such as Mar 4, 2026."),
    "day_none": _("There’s no such date. Check the day and the month."),
    "day_weekday": _("That date falls on another day of the week. Check both."),
    "day_unclear": _("Is it %(first)s or %(second)s? Write the month as a word: %(example)s."),
}


class DayField(forms.DateField):
    """A day, as people write it (common/day_text.py). `toward`: see `day_from`."""

    widget = DayInput
    default_error_messages = {
        "day_far": _("This date is more than five years away. Check the year."),
    }

    def __init__(self, *, toward: Toward = Toward.NEXT, **kwargs: Any) -> None:
        attrs = {"autocomplete": "off", "spellcheck": "false", "data-date": True}
        super().__init__(widget=DayInput(attrs=attrs), **kwargs)
        self.widget.toward = self.toward = toward

    def offer_from(self, first: date) -> None:
        """The calendar begins there; what is typed is still looked at by the form."""
        self.widget.first = first

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, str) and value.strip():
            return day_from(value, toward=self.toward)
        return super().to_python(value)

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value and value > business_day(timezone.now()) + FARTHEST:
            raise ValidationError(self.error_messages["day_far"], code="day_far")


class FileInput(forms.FileInput):
    """Files that travel with their form, by a button in the page's language."""

    template_name = "components/file_input.html"


#: As people in the United States write dollars: 1,234.56, with or without a dollar sign. The page
#: reads the same before it's sent (static/js/fields/rules.js).
_AMOUNT = re.compile(
    r"(?P<sign>[-−]?)\$?(?P<number>[0-9]+|[0-9]{1,3}(,[0-9]{3})+)(?P<cents>\.[0-9]+)?"
)


#: As many people here write it, too: two digits after the only separator must be cents.
_COMMA_CENTS = re.compile(r"[-−]?\$?[0-9]+,[0-9]{2}")


class AmountField(forms.CharField):
    """US dollars as a Decimal: 60.00 or 60,00. If a comma could mean either, it asks instead of
    guessing.
    """

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
        if _COMMA_CENTS.fullmatch(text):
            text = text.replace(",", ".")
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
