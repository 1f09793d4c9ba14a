"""The lifecycle of a lease as one table, read by forms, actions, pages and a database trigger.

Source: "Understanding Lease Statuses", with its ambiguities settled in docs/decisions/0002.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leases.enums import LeaseStatus as S
from leases.enums import Rule

#: The possible answers to an application.
INITIAL = frozenset({S.APPROVED, S.PRE_APPROVED, S.PREQUALIFIED, S.DENIED, S.PENDING})

#: from → {to: the rule that may do it}
TRANSITIONS: Mapping[S, Mapping[S, Rule]] = {
    S.APPROVED: {S.CONTRACTS: Rule.INVOICE, S.APPROVAL_EXPIRED: Rule.APPROVAL_AGE},
    S.CONTRACTS: {
        S.CONTRACTS_RECEIVED: Rule.SIGNATURE,
        S.CONTRACTS_EXPIRED: Rule.CONTRACTS_AGE,
        S.APPROVAL_EXPIRED: Rule.APPROVAL_AGE,
    },
    S.CONTRACTS_RECEIVED: {
        S.LEASE_ACCEPTED: Rule.ACCEPTANCE,
        S.APPROVED: Rule.WHOLE_RETURN,
        S.CONTRACTS_EXPIRED: Rule.CONTRACTS_AGE,
        S.APPROVAL_EXPIRED: Rule.APPROVAL_AGE,
    },
    S.LEASE_ACCEPTED: {
        S.FUNDED: Rule.DELIVERY,
        S.APPROVED: Rule.WHOLE_RETURN,
        S.CONTRACTS_EXPIRED: Rule.CONTRACTS_AGE,
        S.APPROVAL_EXPIRED: Rule.APPROVAL_AGE,
    },
    S.DENIED: {S.IN_PROCESS: Rule.REVIEW},
    S.PRE_APPROVED: {
        S.APPROVED: Rule.MORE_INFORMATION,
        S.DENIED: Rule.MORE_INFORMATION,
        S.IN_PROCESS: Rule.REVIEW,
    },
    S.PREQUALIFIED: {
        S.APPROVED: Rule.OPT_IN,
        S.DENIED: Rule.OPT_IN,
        S.PRE_APPROVED: Rule.OPT_IN,
        S.IN_PROCESS: Rule.REVIEW,
    },
    S.PENDING: {
        S.APPROVED: Rule.ENGINE_BACK,
        S.PRE_APPROVED: Rule.ENGINE_BACK,
        S.PREQUALIFIED: Rule.ENGINE_BACK,
        S.DENIED: Rule.ENGINE_BACK,
        S.IN_PROCESS: Rule.REVIEW,
    },
    # Only by an approved late report (leases/models/late_report.py).
    S.APPROVAL_EXPIRED: {S.FUNDED: Rule.LATE_DELIVERY},
    S.CONTRACTS_EXPIRED: {S.FUNDED: Rule.LATE_DELIVERY},
    S.IN_PROCESS: {S.APPROVED: Rule.REVIEW_ENDED, S.DENIED: Rule.REVIEW_ENDED},
}

#: Statuses that a clock ends; the only ones with a deadline.
EXPIRING = frozenset({S.APPROVED, S.CONTRACTS, S.CONTRACTS_RECEIVED, S.LEASE_ACCEPTED})
#: Those of them whose 60-day clock runs as well.
UNDER_CONTRACT = frozenset({S.CONTRACTS, S.CONTRACTS_RECEIVED, S.LEASE_ACCEPTED})
#: What a clock turns them into.
ENDED_BY_CLOCK = frozenset({S.APPROVAL_EXPIRED, S.CONTRACTS_EXPIRED})
#: No clock ends them; after the days of an approval the customer is asked to apply again.
GROWING_STALE = frozenset({S.PRE_APPROVED, S.PREQUALIFIED, S.PENDING, S.IN_PROCESS, S.DENIED})

#: An application whose answer is still open; `decide` closes it.
UNDECIDED = frozenset({S.PREQUALIFIED, S.PRE_APPROVED, S.PENDING})


class OrderChange(Enum):
    """How an order may still become a different one."""

    INVOICE = "invoice"  # sent, and sent again (`cart`)
    RETURN = "return"  # signed: a part comes back, a price is lowered, or all of it comes back
    AFTER_DELIVERY = "after_delivery"  # a recorded return, or an exchange if the program offers it
    UNDECIDED = "undecided"  # not possible: there is no approval yet
    DENIED = "denied"
    EXPIRED = "expired"


#: What the API does with `cart` and returns, and what the pages say about changes and exchanges.
ORDER_CHANGES: Mapping[S, OrderChange] = {
    S.APPROVED: OrderChange.INVOICE,
    S.CONTRACTS: OrderChange.INVOICE,
    S.CONTRACTS_RECEIVED: OrderChange.RETURN,
    S.LEASE_ACCEPTED: OrderChange.RETURN,
    S.FUNDED: OrderChange.AFTER_DELIVERY,
    S.PRE_APPROVED: OrderChange.UNDECIDED,
    S.PREQUALIFIED: OrderChange.UNDECIDED,
    S.PENDING: OrderChange.UNDECIDED,
    S.IN_PROCESS: OrderChange.UNDECIDED,
    S.DENIED: OrderChange.DENIED,
    S.APPROVAL_EXPIRED: OrderChange.EXPIRED,
    S.CONTRACTS_EXPIRED: OrderChange.EXPIRED,
}


def allows(from_status: str, to_status: str) -> bool:
    return to_status in TRANSITIONS.get(S(from_status), {})


class StatusRow(NamedTuple):
    """A line of the action → status → description table."""

    action: Promise
    status: S
    description: Promise


#: The table by which people know the statuses, in the order an application meets them.
DESCRIPTIONS = (
    StatusRow(
        _("Application"),
        S.APPROVED,
        _("The customer is approved and has an account number and an approval limit."),
    ),
    StatusRow(
        _("Application"),
        S.PRE_APPROVED,
        _(
            "The final credit decision needs more information. The customer should contact "
            "merchant services."
        ),
    ),
    StatusRow(
        _("Application"),
        S.PREQUALIFIED,
        _(
            "Approval is pending. To get a full decision, the customer has to agree to "
            "share more information."
        ),
    ),
    StatusRow(
        _("Application"),
        S.DENIED,
        _("The application is denied. The account number still exists, but without a limit."),
    ),
    StatusRow(
        _("Application"),
        S.PENDING,
        _(
            "The decision system is down, which is very rare. The customer should contact "
            "merchant services about the decision."
        ),
    ),
    StatusRow(
        _("Invoice submission"),
        S.CONTRACTS,
        _(
            "The invoice for an approved lease was submitted. The contract is waiting for "
            "a signature."
        ),
    ),
    StatusRow(
        _("Electronic signature"),
        S.CONTRACTS_RECEIVED,
        _(
            "The customer signed the lease agreement. Any later change to the invoice is "
            "recorded as a return."
        ),
    ),
    StatusRow(
        _("Electronic signature"),
        S.LEASE_ACCEPTED,
        _("Comes right after “Contracts Received.” The signed lease is waiting for delivery."),
    ),
    StatusRow(
        _("Delivery confirmation"),
        S.FUNDED,
        _("The merchandise was delivered and the lease is active."),
    ),
    StatusRow(
        _("Deadline passed"),
        S.APPROVAL_EXPIRED,
        _("The approval deadline passed without delivery. The customer has to apply again."),
    ),
    StatusRow(
        _("Deadline passed"),
        S.CONTRACTS_EXPIRED,
        _(
            "The deadline after the invoice passed without delivery, whether or not the "
            "lease was signed."
        ),
    ),
    StatusRow(
        _("Merchant services"),
        S.IN_PROCESS,
        _("Merchant services is reviewing the lease, usually to overturn a denial."),
    ),
)
