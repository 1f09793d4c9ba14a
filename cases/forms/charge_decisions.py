"""What is decided about each disputed transaction, and what its customer reads about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.enums import Language
from accounts.models import User
from cases.actions import Verdict
from cases.forms.language_asked import AsksLanguageForm, Said
from cases.models import Case, CaseCharge
from cases.scripts.placeholders import refuse_gaps
from common.form_fields import AmountField, DayField, WordsField
from common.formats import money
from leases.actions.refunds import Owed
from leases.enums import ChargeDecision, ChargeReason, LedgerKind, PaymentMethod
from leases.models import DisputedCharge
from leases.queries.disputed_charges import fee_of, left_of

LATER, UPHELD, REJECTED = "", ChargeDecision.UPHELD.value, ChargeDecision.REJECTED.value
REFUND = ChargeDecision.REFUND.value
#: Why money that was received isn't given back.
WHY_NO_REFUND = (ChargeReason.NO_ERROR, ChargeReason.CORRECTED)


@dataclass(frozen=True)
class DecisionRow:
    charge: DisputedCharge
    decision: BoundField
    amount: BoundField
    method: BoundField
    expected_on: BoundField
    fee: BoundField | None  # the late fee on it
    reason: BoundField

    @property
    def fields(self) -> list[BoundField]:
        fields = (
            self.decision, self.amount, self.method, self.expected_on, self.fee, self.reason
        )  # fmt: skip
        return [each for each in fields if each]


class ChargeDecisionsForm(AsksLanguageForm):
    """Some fields for each transaction that no one has decided about."""

    FIELD_OF: ClassVar = {"decision_words": "message", "script_gap": "message"}
    UNKNOWN: ClassVar = {
        "decision_reason": _("Say why the charge stays."),
        "refund_method": _("Choose how the refund is paid."),
        "refund_day": _("Enter the date by which the customer gets the refund."),
    }

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
        if user.supervises:
            self._add_fees()
        self.fields["message"].label = (
            _("What you’ll tell %(name)s, in Spanish")
            if self.language == Language.SPANISH
            else _("What you’ll tell %(name)s, in English")
        ) % {"name": case.person.name}
        self.fields["message"].widget.attrs["lang"] = self.language

    def _add_fields(self, charge: DisputedCharge, *, may_uphold: bool) -> None:
        is_payment = charge.entry.kind == LedgerKind.PAYMENT
        choices = [
            (REJECTED, pgettext_lazy("disputed charge", "It stays")),
            (LATER, pgettext_lazy("disputed charge", "Decide later")),
        ]
        if may_uphold:
            choices.insert(0, (REFUND, pgettext_lazy("disputed charge", "We owe a refund")))
        if may_uphold and not is_payment:
            choices.insert(0, (UPHELD, pgettext_lazy("disputed charge", "Take it off")))
        reasons = [each for each in ChargeReason if not is_payment or each in WHY_NO_REFUND]
        self.fields[f"decision-{charge.pk}"] = forms.ChoiceField(
            label=_("Decision"),
            choices=choices,
            widget=forms.RadioSelect,
            required=False,
            initial=LATER,
        )
        self.fields[f"amount-{charge.pk}"] = AmountField(
            label=_("Amount to take off or refund"),
            required=False,
            initial=f"{charge.amount:.2f}",
        )
        self.fields[f"method-{charge.pk}"] = forms.ChoiceField(
            label=_("How the refund is paid"),
            choices=[("", "—"), *PaymentMethod.choices],
            required=False,
        )
        self.fields[f"expected-{charge.pk}"] = DayField(
            label=_("The customer gets it by"), required=False
        )
        self.fields[f"reason-{charge.pk}"] = forms.ChoiceField(
            label=_("Why it stays"),
            choices=[("", "—"), *((each.value, each.label) for each in reasons)],
            required=False,
        )

    def _add_fees(self) -> None:
        """On the page, the late fee on a payment that was wrong comes off with it."""
        for charge in self.charges:
            if fee := fee_of(charge):
                self.fields[f"fee-{charge.pk}"] = forms.BooleanField(
                    label=_("Also take off the late fee on this payment: %(amount)s")
                    % {"amount": money(left_of(fee))},
                    required=False,
                    initial=not charge.is_part,
                )

    @property
    def rows(self) -> list[DecisionRow]:
        return [
            DecisionRow(
                each,
                self[f"decision-{each.pk}"],
                self[f"amount-{each.pk}"],
                self[f"method-{each.pk}"],
                self[f"expected-{each.pk}"],
                self[f"fee-{each.pk}"] if f"fee-{each.pk}" in self.fields else None,
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
            decision = cleaned.get(f"decision-{each.pk}")
            if decision == REJECTED:
                self._require(f"reason-{each.pk}", "decision_reason")
            elif decision == REFUND:
                self._require(f"method-{each.pk}", "refund_method")
                self._require(f"expected-{each.pk}", "refund_day")
        message = cleaned.get("message", "")
        self.ask_about_language(Said("message", message, self.language, "message"))
        return cleaned

    def _require(self, name: str, code: str) -> None:
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, ValidationError(self.UNKNOWN[code], code=code))

    def verdicts(self) -> list[Verdict]:
        return [
            self._verdict(each)
            for each in self.charges
            if self.cleaned_data[f"decision-{each.pk}"] != LATER
        ]

    def _verdict(self, charge: DisputedCharge) -> Verdict:
        key, said = charge.pk, self.cleaned_data
        decision = said[f"decision-{key}"]
        owed = None
        if decision == REFUND:
            method = PaymentMethod(said[f"method-{key}"])
            owed = Owed(method=method, expected_on=said[f"expected-{key}"])
        return Verdict(
            charge=charge,
            is_upheld=decision in {UPHELD, REFUND},
            amount=said[f"amount-{key}"],
            owed=owed,
            with_fee=said.get(f"fee-{key}", False),
            reason=ChargeReason(said[f"reason-{key}"] or "no_error"),
        )

    def stale(self, error: ValidationError, *, version: int) -> None:
        """The case has changed: what was typed can be checked and sent again."""
        self.put(version=str(version))
        self.add_error(None, error)
