from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from cases import kinds
from cases.actions import Update
from cases.enums import CaseStatus, Visibility
from cases.forms.language_asked import AsksLanguageForm, Said
from cases.models import Case
from cases.scripts.placeholders import refuse_gaps
from common.form_fields import WordsField


class ResolutionForm(AsksLanguageForm):
    """How a case ended, and what its customer reads about it, in their language."""

    FIELD_OF: ClassVar = {
        "outcome_missing": "outcome",
        "outcome_language": "body",
        "status_reason": "body",
        "script_gap": "body",
    }
    outcome = forms.ChoiceField(
        label=_("How did the case end?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how the case ended.")},
    )
    body = WordsField(
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write a sentence for the customer.")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    # The mail that was on the page: only that one is sent.
    shown = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        self.language = case.person.language
        self.fields["outcome"].choices = [  # type: ignore[attr-defined]
            (each.key, each.name) for each in kinds.outcomes_for(case.kind_id)
        ]
        self.fields["body"].label = (
            _("What you’ll tell %(name)s, in Spanish")
            if self.language == Language.SPANISH
            else _("What you’ll tell %(name)s, in English")
        ) % {"name": case.person.name}
        self.fields["body"].widget.attrs["lang"] = self.language

    def clean_body(self) -> str:
        body: str = self.cleaned_data["body"]
        refuse_gaps(body)
        return body

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        self.ask_about_language(Said("body", cleaned.get("body", ""), self.language, "body"))
        return cleaned

    def stale(self, error: ValidationError, *, version: int) -> None:
        """The case has changed: what was typed can be checked and sent again."""
        self.put(version=str(version))
        self.add_error(None, error)

    def update(self) -> Update:
        return Update(
            body=self.cleaned_data["body"],
            visibility=Visibility.PUBLIC,
            language=self.language,
            to_status=CaseStatus.RESOLVED,
            outcome=self.cleaned_data["outcome"],
        )
