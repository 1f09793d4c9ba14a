"""Whose call it is: the lease chosen from what the search finds."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from leases.models import Lease
from leases.queries.find import find_leases, no_lease_matches


class CallersLeaseForm(forms.Form):
    contract = forms.CharField(
        label=_("Customer or lease"),
        required=False,
        max_length=120,
        help_text=_("Account or invoice number, phone, email, name or store."),
    )
    lease = forms.ModelChoiceField(
        label=_("Lease"),
        queryset=Lease.objects.none(),
        to_field_name="account_number",
        required=False,
        error_messages={"invalid_choice": _("There’s no lease with this account number.")},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["lease"].queryset = Lease.objects.visible_to(user)  # type: ignore[attr-defined]

    def find_lease(self, cleaned: dict[str, Any], *, is_seen: bool = True) -> None:
        """A search that finds exactly one lease selects it; otherwise one must be picked.

        `is_seen`: False if the page shows someone else's lease, so that none is selected unseen.
        """
        searched = cleaned.get("contract", "").strip()
        found = find_leases(searched, user=self.user) if searched else []
        if len(found) == 1 and is_seen:
            cleaned["lease"] = found[0]
        elif found:
            self.add_error(
                "contract", ValidationError(_("Choose one of the leases below."), "lease_choose")
            )
        elif searched:
            self.add_error("contract", no_lease_matches(searched))
        else:
            self.add_error(
                "contract",
                ValidationError(_("Choose a lease, or say why there’s none."), "lease_missing"),
            )
