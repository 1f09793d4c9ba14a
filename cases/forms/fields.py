"""Fields the forms share: words kept as written, days without ambiguity, checked files."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from cases import evidence
from cases.actions import Upload
from leases.forms.fields import AmountField, DayField

__all__ = ["AmountField", "DayField", "EvidenceField", "WordsField"]

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
