from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.forms.evidence import EvidenceField, EvidenceForm
from cases.models import AskedItem
from common.form_fields import WordsField

#: Files that answer no request.
ELSE = "else"


class MessageForm(EvidenceForm):
    """What a customer writes or sends; with files, which of the requested items they are."""

    body = WordsField(
        label=_("Your message"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    answers = forms.ChoiceField(label=_("What are you sending?"), required=False)
    evidence = EvidenceField(label=_("Photos or documents"))

    def __init__(self, *args: Any, items: Sequence[AskedItem] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        self.open = [each for each in items if each.is_open]
        likely = [each for each in self.open if each.is_missing] or self.open
        self.is_asked = len(likely) > 1
        field: forms.ChoiceField = self.fields["answers"]  # type: ignore[assignment]
        field.choices = [
            *([("", _("Choose…"))] if self.is_asked else []),
            *((each.slot_id, each.slot.name) for each in self.open),
            (ELSE, _("Something else")),
        ]
        field.disabled = not self.open  # an old page may still ask
        if len(likely) == 1:
            field.initial = likely[0].slot_id

    def clean(self) -> dict[str, Any]:
        """Not asked if nothing was requested, or only one item is missing."""
        cleaned: dict[str, Any] = super().clean() or {}
        said = cleaned.get("answers", "")
        cleaned["answers"] = "" if said == ELSE else (said or None)
        if self.is_asked and cleaned.get("evidence") and not (said or "answers" in self.errors):
            problem = ValidationError(_("Choose what you’re sending."), code="answers_missing")
            self.add_error("answers", problem)
        return cleaned
