"""Whose call it is: the lease chosen from what the search finds."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models import Case
from cases.queries.call_search import search_in_call
from leases.models import Lease
from leases.queries.find import no_lease_matches


class CallersLeaseForm(forms.Form):
    contract = forms.CharField(
        label=_("Customer or lease"),
        required=False,
        max_length=120,
        help_text=_("Account, invoice or case number, phone, email, name, attorney or store."),
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
        found = search_in_call(searched, user=self.user)
        if len(found.leases) == 1 and is_seen:
            cleaned["lease"] = found.leases[0]
        elif found.leases:
            self.add_error(
                "contract", ValidationError(_("Choose one of the leases below."), "lease_choose")
            )
        elif found.cases:
            self.add_error("contract", case_without_lease(found.cases[0]))
        elif searched:
            self.add_error("contract", no_lease_matches(searched))
        else:
            self.add_error(
                "contract",
                ValidationError(_("Choose a lease, or say why there’s none."), "lease_missing"),
            )


def case_without_lease(case: Case) -> ValidationError:
    """`case_without_lease`: its number was searched, and there's no lease to choose."""
    words = (
        _(
            "Case %(number)s has no lease. If the call is about it, end the call and add it;"
            " otherwise, say why there’s no lease."
        )
        if case.is_active
        else _("Case %(number)s has ended and has no lease. Say why there’s no lease.")
    )
    return ValidationError(words, code="case_without_lease", params={"number": case.spoken_number})
