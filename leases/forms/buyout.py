from __future__ import annotations

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from common.form_fields import DayField
from common.relative_days import Toward
from leases.enums import PaymentMethod


class PurchaseForm(forms.Form):
    """The customer paid a quote. The price comes from the quote and can't be typed."""

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
    received = forms.BooleanField(label=_("We received the full amount"))

    @classmethod
    def empty(cls, today: date) -> PurchaseForm:
        return cls(initial={"on": today})
