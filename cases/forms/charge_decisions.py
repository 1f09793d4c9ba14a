"""What is decided about each disputed transaction, and what its customer reads about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.enums import Language
from accounts.models import User
from cases.actions import Verdict
from cases.forms.agreements import AgreedAmountField
from cases.forms.language_asked import AsksLanguageForm, Said
from cases.models import Case, CaseCharge
from cases.scripts.placeholders import refuse_gaps
from common.form_fields import WordsField
from leases.enums import ChargeDecision, ChargeReason
from leases.models import DisputedCharge

LATER, UPHELD, REJECTED = "", ChargeDecision.UPHELD.value, ChargeDecision.REJECTED.value


class DecisionRow(NamedTuple):
    charge: DisputedCharge
    decision: BoundField
    amount: BoundField
    reason: BoundField


class ChargeDecisionsForm(AsksLanguageForm):
    """Three fields for each transaction that no one has decided about."""

    FIELD_OF: ClassVar = {"decision_words": "message", "script_gap": "message"}

    message = WordsField(
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write a sentence for the customer.")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    # The mail that was on the page: only that one is sent.
    shown = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(
        self, *args: Any, case: Case, charges: Sequence[CaseCharge], user: User, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        self.charges = [row.charge for row in charges if row.charge.is_open]
        self.language = case.person.language
        for charge in self.charges:
            self._add_fields(charge, may_uphold=user.supervises)
        self.fields["message"].label = (
            _("What you’ll tell %(name)s, in Spanish")
            if self.language == Language.SPANISH
            else _("What you’ll tell %(name)s, in English")
        ) % {"name": case.person.name}
        self.fields["message"].widget.attrs["lang"] = self.language

    def _add_fields(self, charge: DisputedCharge, *, may_uphold: bool) -> None:
        choices = [
            (REJECTED, pgettext_lazy("disputed charge", "It stays")),
            (LATER, pgettext_lazy("disputed charge", "Decide later")),
        ]
        if may_uphold:
            choices.insert(0, (UPHELD, pgettext_lazy("disputed charge", "Take it off")))
        self.fields[f"decision-{charge.pk}"] = forms.ChoiceField(
            label=_("Decision"),
            choices=choices,
            widget=forms.RadioSelect,
            required=False,
            initial=LATER,
        )
        self.fields[f"amount-{charge.pk}"] = AgreedAmountField(
            label=_("Amount to take off"), required=False, initial=f"{charge.amount:.2f}"
        )
        self.fields[f"reason-{charge.pk}"] = forms.ChoiceField(
            label=_("Why it stays"), choices=[("", "—"), *ChargeReason.choices], required=False
        )

    @property
    def rows(self) -> list[DecisionRow]:
        return [
            DecisionRow(
                each,
                self[f"decision-{each.pk}"],
                self[f"amount-{each.pk}"],
                self[f"reason-{each.pk}"],
            )
            for each in self.charges
        ]

    def clean_message(self) -> str:
        message: str = self.cleaned_data["message"]
        refuse_gaps(message)
        return message

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for each in self.charges:
            if cleaned.get(f"decision-{each.pk}") == REJECTED and not cleaned[f"reason-{each.pk}"]:
                self.add_error(
                    f"reason-{each.pk}",
                    ValidationError(_("Say why the charge stays."), code="decision_reason"),
                )
        message = cleaned.get("message", "")
        self.ask_about_language(Said("message", message, self.language, "message"))
        return cleaned

    def verdicts(self) -> list[Verdict]:
        return [
            Verdict(
                charge=each,
                is_upheld=self.cleaned_data[f"decision-{each.pk}"] == UPHELD,
                amount=self.cleaned_data[f"amount-{each.pk}"],
                reason=ChargeReason(self.cleaned_data[f"reason-{each.pk}"] or "no_error"),
            )
            for each in self.charges
            if self.cleaned_data[f"decision-{each.pk}"] != LATER
        ]

    def stale(self, error: ValidationError, *, version: int) -> None:
        """The case has changed: what was typed can be checked and sent again."""
        self.put(version=str(version))
        self.add_error(None, error)
