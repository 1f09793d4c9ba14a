from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from leases.models import Lease


class FindLeaseForm(forms.Form):
    q = forms.CharField(
        label=_("Customer or lease"),
        required=False,
        help_text=_("Account or invoice number, phone, email, name or store."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class AttachLeaseForm(forms.Form):
    """A lease found for a case that has none."""

    FIELD_OF: ClassVar = {"lease_of_another": "is_certain"}
    lease = forms.ModelChoiceField(
        label=_("Lease"),
        queryset=Lease.objects.none(),
        to_field_name="account_number",
        error_messages={
            "required": _("Choose a lease."),
            "invalid_choice": _("There’s no lease with this account number."),
        },
    )
    is_certain = forms.BooleanField(
        label=_("I checked: the lease is theirs, although name, phone and email differ"),
        required=False,
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        leases = Lease.objects.visible_to(user).select_related("customer")
        self.fields["lease"].queryset = leases  # type: ignore[attr-defined]
