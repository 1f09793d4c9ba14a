from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from common.form_fields import DayField
from common.relative_days import Toward


class RefundPaidForm(forms.Form):
    """That a refund was paid, and what proves it."""

    FIELD_OF: ClassVar[dict[str, str]] = {
        "future_date": "paid_on",
        "refund_before": "paid_on",
        "refund_proof": "reference",
        "account_number": "reference",
    }

    paid_on = DayField(label=_("Paid on"), toward=Toward.LAST)
    reference = forms.CharField(
        label=_("Reference"),
        max_length=80,
        help_text=_("What shows that it was paid, such as the check number."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["paid_on"].initial = today
