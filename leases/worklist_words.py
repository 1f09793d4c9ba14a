"""What a watchlist is about and what to do with its leases, in plain words."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leases.enums import LeaseStatus as S


class WorklistWords(NamedTuple):
    title: str | Promise
    about: str | Promise
    time: str | Promise  # the heading of the column that says how long
    nothing: str | Promise  # when no one is on the list
    next: str | Promise = ""  # if it doesn't depend on the status


_WAITING = pgettext_lazy("worklist", "Waiting")
_LEFT = pgettext_lazy("worklist", "Time left")

WORDS = {
    "pending": WorklistWords(
        pgettext_lazy("worklist", "No decision yet"),
        _("The decision system was down when these customers applied. This should be rare."),
        _WAITING,
        _("Every application has a decision."),
        _("Merchant services decides on the lease’s page."),
    ),
    "stuck": WorklistWords(
        pgettext_lazy("worklist", "Signed but not accepted"),
        _("A signed lease is accepted right away. These weren’t."),
        _WAITING,
        _("Every signed lease has been accepted."),
        _("Merchant services accepts the signature on the lease’s page."),
    ),
    "late-reports": WorklistWords(
        pgettext_lazy("worklist", "Deliveries reported late"),
        _("Delivered on time but reported after the deadline. A supervisor decides."),
        _WAITING,
        _("No reports are waiting for a decision."),
        _("A supervisor approves or rejects it on the lease’s page."),
    ),
    "disputes": WorklistWords(
        pgettext_lazy("worklist", "Transactions under review"),
        _("Customers say these transactions are wrong. Oldest first."),
        _WAITING,
        _("No transactions are under review."),
        _("Decide on the case’s page. The lease’s page lists its cases."),
    ),
    "promises": WorklistWords(
        pgettext_lazy("worklist", "Missed promised payments"),
        _("Recovery plan payments that are past due and not fully paid."),
        _("Amount missed"),
        _("No missed payments."),
        _("Call the customer and ask what happened."),
    ),
    "expiring": WorklistWords(
        pgettext_lazy("worklist", "Expiring soon"),
        _("Approvals and contracts that expire within ten days, soonest first."),
        _LEFT,
        _("Nothing expires within ten days."),
    ),
    "invoices": WorklistWords(
        pgettext_lazy("worklist", "Invoiced but not delivered"),
        _("Leases with an invoice and the days left for delivery, soonest deadline first."),
        _LEFT,
        _("No invoiced leases are waiting for delivery."),
    ),
    "reviews": WorklistWords(
        pgettext_lazy("worklist", "In review"),
        _("Merchant services is reviewing these, oldest review first."),
        _WAITING,
        _("Nothing is in review."),
        _("Merchant services ends the review: approve with a limit, or deny."),
    ),
    "stale": WorklistWords(
        pgettext_lazy("worklist", "Old applications"),
        _("No decision or denied, and too old to continue. Newest first."),
        pgettext_lazy("worklist", "Age"),
        _("No old applications."),
        _("The customer has to apply again."),
    ),
}

#: About returns, not leases: cases/views/open_returns.py.
RETURNS = WorklistWords(
    pgettext_lazy("worklist", "Open returns"),
    _("Merchandise returned from funded leases, oldest first, until someone closes the return."),
    pgettext_lazy("worklist", "Age"),
    _("No open returns."),
)

#: About money, not leases: cases/views/refunds_owed.py.
REFUNDS = WorklistWords(
    pgettext_lazy("worklist", "Refunds owed"),
    _("Customers are waiting for this money. Earliest date first."),
    _("Expected by"),
    _("No refunds are owed."),
)

_NEXT = {
    S.APPROVED: _("The customer chooses an item and the store submits the invoice."),
    S.CONTRACTS: _("The customer signs the lease agreement."),
    S.CONTRACTS_RECEIVED: _("Merchant services accepts the signature on the lease’s page."),
    S.LEASE_ACCEPTED: _("The store delivers and confirms the delivery."),
}


def next_step(slug: str, status: S) -> str | Promise:
    return WORDS[slug].next or _NEXT.get(status, "")
