"""Whether the address on a lease may be that of whoever used the customer's identity."""

from __future__ import annotations

from cases import kinds
from cases.models import Case, ConfirmedAddress
from mail.addresses import folded


def is_doubted(case: Case) -> bool:
    """Until someone said that it's theirs. One query, for this reason only."""
    if not _may_be(case) or case.lease is None:
        return False
    email = folded(case.lease.customer.email)
    if case.contact and folded(case.contact.email) == email:  # they gave it to us themselves
        return False
    return not ConfirmedAddress.objects.filter(case=case, email=email).exists()


def confirmed_address(case: Case) -> ConfirmedAddress | None:
    """Who said so of the address that the lease has now."""
    if not _may_be(case):
        return None
    rows = ConfirmedAddress.objects.filter(case=case, email=folded(case.person.email))
    return rows.select_related("by").first()


def _may_be(case: Case) -> bool:
    return case.lease is not None and case.kind_id == kinds.IDENTITY_THEFT
