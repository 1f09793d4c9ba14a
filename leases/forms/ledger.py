from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.form_fields import AmountField, DayField
from common.formats import day
from common.relative_days import Toward
from leases.enums import Part, PaymentMethod


class PeriodForm(forms.Form):
    """Which movements to show. Empty: all of them up to today."""

    since = DayField(toward=Toward.LAST, label=pgettext_lazy("period", "From"), required=False)
    until = DayField(toward=Toward.LAST, label=pgettext_lazy("period", "To"), required=False)
    part = forms.ChoiceField(
        label=_("Category"), required=False, choices=[("", _("All")), *Part.choices]
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until") or self.today
        if until > self.today:
            self.add_error(
                "until",
                ValidationError(
                    _(
                        "Choose a date through today: %(day)s is in the future. For upcoming"
                        " payments, see the schedule."
                    ),
                    code="future_date",
                    params={"day": day(until)},
                ),
            )
        elif since and since > until:
            self.add_error(
                "since", ValidationError(_("The start date is after the end date."), code="period")
            )
        return cleaned

    @classmethod
    def read(cls, query: dict[str, Any], today: date) -> tuple[PeriodForm, dict[str, Any]]:
        """The form, and the period: the one requested, or the whole history if that one is
        invalid.
        """
        form = cls(query, today=today)
        typed = form.cleaned_data if form.is_valid() else {}
        return form, {
            "since": typed.get("since"),
            "until": typed.get("until") or today,
            "part": typed.get("part", ""),
        }


def _token() -> str:
    return uuid.uuid4().hex


class PaymentForm(forms.Form):
    amount = AmountField(label=_("Amount received"))
    on = DayField(toward=Toward.LAST, label=_("Payment date"))
    method = forms.ChoiceField(
        label=_("Payment method"), choices=[("", "—"), *PaymentMethod.choices]
    )
    reference = forms.CharField(
        label=_("Reference"),
        required=False,
        max_length=80,
        help_text=_("The check or confirmation number. Never a card or account number."),
    )
    part = forms.ChoiceField(
        label=_("Apply the payment to"),
        required=False,
        choices=[("", _("Past due, then fees, then upcoming payments")), *Part.choices],
    )
    # Sent twice, it's one payment: the ledger recognizes the form by this.
    token = forms.UUIDField(widget=forms.HiddenInput, initial=_token)

    def __init__(self, *args: Any, first_day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.first_day = first_day

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on < self.first_day:
            raise ValidationError(
                _("The customer applied on %(day)s. Check the year."),
                code="before_lease",
                params={"day": day(self.first_day)},
            )
        return on

    def payment(self) -> dict[str, Any]:
        cleaned = dict(self.cleaned_data)
        token: uuid.UUID = cleaned.pop("token")
        return cleaned | {"external_id": f"form-{token.hex}"}


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300)


class WaiverForm(ReasonForm):
    amount = AmountField(label=_("Amount to waive"))

    field_order = ["amount", "reason"]


class AdjustmentForm(ReasonForm):
    amount = AmountField(
        label=_("Amount"),
        help_text=_(
            "A positive amount adds to what the customer owes. A negative amount, such as "
            "-5.00, reduces it."
        ),
    )
    part = forms.ChoiceField(label=_("Category"), choices=Part.choices, initial=Part.RENT)

    field_order = ["amount", "part", "reason"]
