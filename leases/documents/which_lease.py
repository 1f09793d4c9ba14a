from __future__ import annotations

from django.utils.translation import gettext as _

from leases.models import Lease


def which_lease(lease: Lease) -> list[tuple[str, str]]:
    """Which lease a document is about, in the active language."""
    return [
        (_("Customer"), lease.customer.name),
        (_("Account number"), lease.account_number),
        (_("Item"), lease.merchandise),
        (_("Store"), f"{lease.store.merchant.name} · {lease.store.name}"),
    ]
