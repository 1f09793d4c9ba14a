from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from cases import outcomes
from cases.actions import Update
from cases.enums import CaseStatus, Visibility
from cases.forms.case import looks_other
from cases.forms.fields import WordsField
from cases.models import Case
from cases.scripts.placeholders import refuse_gaps


class ResolutionForm(forms.Form):
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
    # The mail that was on the page: only that one goes out.
    shown = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    # The language the question was about that `clean` asks; sent once more, it is answered.
    asked = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        self.language = case.lease.customer.language
        self.fields["outcome"].choices = [  # type: ignore[attr-defined]
            (each.value, each.label) for each in outcomes.offered(case.kind)
        ]
        self.fields["body"].label = (
            _("What you tell %(name)s, in Spanish")
            if self.language == Language.SPANISH
            else _("What you tell %(name)s, in English")
        ) % {"name": case.lease.customer.name}
        self.fields["body"].widget.attrs["lang"] = self.language

    def clean_body(self) -> str:
        body: str = self.cleaned_data["body"]
        refuse_gaps(body)
        return body

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        body = cleaned.get("body")
        if not body or cleaned.get("asked") == self.language:
            return cleaned
        if question := looks_other(body, self.language):
            self.put(asked=self.language)
            self.add_error("body", question)
        return cleaned

    def put(self, **values: str) -> None:
        """Change what the hidden fields say when the form is shown again."""
        self.data = {name: self.data[name] for name in self.data} | values

    def stale(self, error: ValidationError, *, version: int) -> None:
        """The case has moved on: what was typed can be looked at and sent again."""
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
