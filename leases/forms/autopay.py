from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leases.actions.agreement_checks import LONGEST
from leases.enums import PaymentMethod

METHODS = [(each.value, each.label) for each in (PaymentMethod.BANK, PaymentMethod.CARD)]


class AutopayForm(forms.Form):
    """One change. A box that must be ticked says what was read aloud."""

    reason = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=LONGEST,
        help_text=_("Never enter a card or account number."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"id_{type(self).__name__.lower()}_%s")
        super().__init__(*args, **kwargs)


class AutopayMethodForm(AutopayForm):
    method = forms.ChoiceField(
        label=_("Charged to"), choices=METHODS, widget=forms.RadioSelect, required=False
    )
    overdraft_warned = forms.BooleanField(
        label=_("I read the overdraft warning aloud to the customer"), required=False
    )

    field_order = ["method", "overdraft_warned", "reason"]
