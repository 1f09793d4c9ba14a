"""Who is on the line, and what they were asked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.actions import Caller, checked_caller
from cases.enums import CallerRelation, Factor
from cases.forms.represented import REPRESENTED_FIELDS, RepresentedForm

#: What a draft keeps of them.
CALLER_FIELDS = ("relation", "caller_name", *REPRESENTED_FIELDS)
#: Without a lease, the case is about who calls.
ABOUT_THEMSELVES = frozenset({CallerRelation.APPLICANT.value, CallerRelation.OTHER.value})
_FIELD_OF = {
    "caller_relation": "relation",
    "caller_name": "caller_name",
    "caller_name_long": "caller_name",
}


class CallerForm(RepresentedForm):
    relation = forms.ChoiceField(
        label=_("Who’s calling?"),
        choices=CallerRelation.choices,
        initial=CallerRelation.CUSTOMER,
        required=False,
    )
    caller_name = forms.CharField(
        label=_("Caller’s name"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if "relation" in cleaned and "caller_name" in cleaned:
            try:
                checked_caller(replace(self.caller(), represents=None))
            except ValidationError as error:
                self.add_error(_FIELD_OF[error.code or ""], error)
        return cleaned

    def caller(self) -> Caller:
        cleaned = self.cleaned_data
        relation = cleaned["relation"] or CallerRelation.CUSTOMER
        # Someone without a lease may be who calls: their name is asked for once.
        about = cleaned.get("contact_name", "")
        own = about if cleaned.get("why") and relation in ABOUT_THEMSELVES else ""
        name = own or cleaned["caller_name"] or about
        return Caller(relation=relation, name=name, represents=self.represented())


class VerificationForm(forms.Form):
    """What a caller was asked. The digits are compared and never shown again."""

    FIELD_OF: ClassVar = {
        "verification_nothing": "factors",
        "verification_factors": "factors",
        "ssn_digits": "ssn_last4",
        "ssn_not_asked": "ssn_last4",
        "ssn_too_many": "ssn_last4",
    }
    factors = forms.MultipleChoiceField(
        label=_("What did you ask for?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    # Its name keeps it out of every draft (accounts.drafts).
    ssn_last4 = forms.CharField(
        label=_("Last 4 of the SSN"),
        required=False,
        strip=True,
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        help_text=_("Compared, never shown or stored."),
    )

    def __init__(self, *args: Any, asks_ssn: bool, email: str, **kwargs: Any) -> None:
        """`email`: what we have; the rest of it stands on the page to compare with."""
        super().__init__(*args, **kwargs)
        self.fields["factors"].choices = [  # type: ignore[attr-defined]
            (key, f"{label}: {email}" if key == Factor.EMAIL else label)
            for key, label in Factor.choices
            if key != Factor.SSN and (email or key != Factor.EMAIL)
        ]
        if not asks_ssn:
            del self.fields["ssn_last4"]

    def answers(self) -> dict[str, Any]:
        return {
            "factors": self.cleaned_data["factors"],
            "ssn": self.cleaned_data.get("ssn_last4", ""),
        }
