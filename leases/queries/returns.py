"""What a return would do to a lease, and what is left to return."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext_lazy as _

from leases.enums import LeaseStatus as S
from leases.enums import ReturnOutcome
from leases.lifecycle import ORDER_CHANGES, OrderChange
from leases.models import Lease

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class Availability(NamedTuple):
    available: bool
    outcome: ReturnOutcome | None = None  # of the whole order
    code: str = ""
    reason: StrPromise | str = ""


_BEFORE_SIGNING = Availability(
    False,
    code="return_before_signing",
    reason=_("The contract isn’t signed yet. Send a corrected invoice instead of a return."),
)
_EXPIRED = Availability(
    False, code="lease_expired", reason=_("The lease has expired, so there’s nothing to return.")
)
_NOTHING = Availability(
    False, code="nothing_to_return", reason=_("There’s no invoice, so there’s nothing to return.")
)
_ALL_BACK = Availability(
    False, code="already_returned", reason=_("Everything on the invoice has already been returned.")
)


def return_availability(lease: Lease, now: datetime) -> Availability:
    """Whether merchandise may come back now, by the effective status."""
    status = lease.status_at(now)
    match ORDER_CHANGES[status]:
        case OrderChange.RETURN:
            return Availability(True, ReturnOutcome.VOIDED)
        case OrderChange.AFTER_DELIVERY:
            if _all_back(lease):
                return _ALL_BACK
            return Availability(True, ReturnOutcome.OPENED)
        case OrderChange.EXPIRED:
            return _EXPIRED
    return _BEFORE_SIGNING if status == S.CONTRACTS else _NOTHING


def returned_quantities(lease: Lease) -> Counter[int]:
    """By line number, what came back after delivery."""
    counted: Counter[int] = Counter()
    for each in lease.returns.filter(outcome=ReturnOutcome.OPENED):
        for item in each.items:
            counted[item["line_number"]] += item["quantity"]
    return counted


def _all_back(lease: Lease) -> bool:
    invoice = lease.invoices.prefetch_related("lines").order_by("-version").first()
    lines = invoice.lines.all() if invoice else []
    if not lines:  # a return without lines is a return of the whole order
        return lease.returns.filter(outcome=ReturnOutcome.OPENED, items=[]).exists()
    counted = returned_quantities(lease)
    return all(counted[line.line_number] >= line.quantity for line in lines)
