"""Fields the forms share: words kept as written, days without ambiguity, checked files."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from cases import evidence
from cases.actions import Upload

LONGEST_TEXT = 50_000
#: Farther ahead is a slip of the keys; at the calendar's end other time zones have no such moment.
FARTHEST = timedelta(days=5 * 365)


class WordsField(forms.CharField):
    """Text of several lines, unchanged but for the line ends browsers send."""

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", LONGEST_TEXT)
        super().__init__(strip=False, **kwargs)

    def to_python(self, value: Any) -> str:
        text = (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")
        return text if text.strip() else ""


class DayField(forms.DateField):
    """A day; months and days in the American order in both languages, as on every form here."""

    default_error_messages = {
        "invalid": _("There is no such day. Example: 2026-03-04 for March 4, 2026."),
        "day_far": _("This day is more than five years away. Please check the year."),
    }

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(input_formats=["%Y-%m-%d", "%m/%d/%Y"], widget=widget, **kwargs)

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value and value > timezone.localdate() + FARTHEST:
            raise ValidationError(self.error_messages["day_far"], code="day_far")


#: As people in the United States write dollars: 1,234.56, with or without the sign.
_AMOUNT = re.compile(
    r"(?P<sign>[-−]?)\$?(?P<number>[0-9]+|[0-9]{1,3}(,[0-9]{3})+)(?P<cents>\.[0-9]+)?"
)


class AmountField(forms.CharField):
    """US dollars as a Decimal. A comma before the cents is asked about, not guessed at."""

    default_error_messages = {
        "invalid": _("Write the amount as 1234.56, with a point before the cents."),
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
        sign = "-" if found["sign"] else ""
        return Decimal(f"{sign}{found['number'].replace(',', '')}{found['cents'] or ''}")

    def validate(self, value: Any) -> None:
        if value is None and self.required:
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Any) -> None:
        """None on a number; its length was checked as it was typed."""


class _FilesInput(forms.FileInput):
    allow_multiple_selected = True


class EvidenceField(forms.FileField):
    """Files up to EVIDENCE_MAX_FILES, each checked by decoding it; cleans to Uploads."""

    widget = _FilesInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Files"))
        kwargs.setdefault(
            "help_text",
            format_lazy(
                _("Photos (JPEG, PNG) or PDF, up to {limit} MB each."),
                limit=settings.EVIDENCE_MAX_BYTES // 2**20,
            ),
        )
        super().__init__(required=False, **kwargs)
        self.widget.attrs["accept"] = "image/jpeg,image/png,application/pdf"

    def clean(self, data: Any, initial: Any = None) -> list[Upload]:
        files: list[UploadedFile[Any]] = [file for file in data or [] if file]
        if len(files) > settings.EVIDENCE_MAX_FILES:
            raise ValidationError(
                ngettext_lazy(
                    "Please send at most %(most)d file at a time.",
                    "Please send at most %(most)d files at a time.",
                    settings.EVIDENCE_MAX_FILES,
                ),
                code="evidence_too_many",
                params={"most": settings.EVIDENCE_MAX_FILES},
            )
        limits = evidence.Limits(file_bytes=settings.EVIDENCE_MAX_BYTES)
        uploads: list[Upload] = []
        errors: list[ValidationError] = []
        for file in files:
            name = file.name or ""
            try:
                inspected = evidence.inspect(file, name=name, limits=limits)
                uploads.append(Upload(inspected, file))
            except ValidationError as error:
                params = {"name": evidence.display_name(name), "problem": error.messages[0]}
                errors.append(ValidationError(_("“%(name)s”: %(problem)s"), error.code, params))
        if errors:
            raise ValidationError(errors)
        return uploads
