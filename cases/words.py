"""A case in the customer's words: the same in mails and in the portal, never our own codes."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from cases.enums import CaseStatus, Party

_STATUS: dict[CaseStatus, str | Promise] = {
    CaseStatus.OPEN: pgettext_lazy("status for the customer", "We received your case"),
    CaseStatus.IN_PROGRESS: pgettext_lazy("status for the customer", "We are working on it"),
    CaseStatus.WAITING_CUSTOMER: pgettext_lazy(
        "status for the customer", "We need something from you"
    ),
    CaseStatus.WAITING_STORE: pgettext_lazy(
        "status for the customer", "We are waiting for the store"
    ),
    CaseStatus.ESCALATED: pgettext_lazy(
        "status for the customer", "Our supervisors are reviewing it"
    ),
    CaseStatus.RESOLVED: pgettext_lazy("status for the customer", "Resolved"),
    CaseStatus.CLOSED: pgettext_lazy("status for the customer", "Closed"),
}
_WHO_ACTS: dict[Party, str | Promise] = {
    Party.COMPANY: pgettext_lazy("who acts", "It is our turn"),
    Party.CUSTOMER: pgettext_lazy("who acts", "It is your turn"),
    Party.STORE: pgettext_lazy("who acts", "It is the store’s turn"),
    Party.NOBODY: pgettext_lazy("who acts", "Nothing is pending"),
}
_WHO_PROMISED: dict[Party, str | Promise] = {
    Party.COMPANY: pgettext_lazy("who promised", "We"),
    Party.CUSTOMER: pgettext_lazy("who promised", "You"),
    Party.STORE: pgettext_lazy("who promised", "The store"),
}


def status_for_customer(status: str) -> str:
    return str(_STATUS[CaseStatus(status)])


def who_acts_for_customer(party: str) -> str:
    return str(_WHO_ACTS[Party(party)])


def who_promised_for_customer(party: str) -> str:
    return str(_WHO_PROMISED[Party(party)])
