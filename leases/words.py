"""Statuses in the customer's words, never our codes; and who may bring a lease there."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from leases.enums import LeaseStatus as S
from leases.enums import Rule as R

_STATUS: dict[S, str | Promise] = {
    S.APPROVED: pgettext_lazy(
        "lease for the customer", "You’re approved. You can choose your item."
    ),
    S.PRE_APPROVED: pgettext_lazy("lease for the customer", "We need more information from you."),
    S.PREQUALIFIED: pgettext_lazy("lease for the customer", "We need a few more details from you."),
    S.DENIED: pgettext_lazy("lease for the customer", "Your application wasn’t approved."),
    S.PENDING: pgettext_lazy("lease for the customer", "We’re processing your application."),
    S.CONTRACTS: pgettext_lazy("lease for the customer", "Your contract is ready to sign."),
    S.CONTRACTS_RECEIVED: pgettext_lazy("lease for the customer", "We received your signature."),
    S.LEASE_ACCEPTED: pgettext_lazy("lease for the customer", "Signed. Waiting for delivery."),
    S.FUNDED: pgettext_lazy("lease for the customer", "Delivered. Your lease is active."),
    S.APPROVAL_EXPIRED: pgettext_lazy(
        "lease for the customer", "Your approval expired. You can apply again."
    ),
    S.CONTRACTS_EXPIRED: pgettext_lazy(
        "lease for the customer", "Your contract expired. You can apply again."
    ),
    S.IN_PROCESS: pgettext_lazy("lease for the customer", "We’re reviewing your application."),
}


def status_for_customer(status: str) -> str:
    return str(_STATUS[S(status)])


_STORE = pgettext_lazy("who may", "the store’s system")
_ANSWERED = pgettext_lazy("who may", "the store’s system or merchant services")

_WHO: dict[R, str | Promise] = {
    R.APPLICATION: _STORE,
    R.INVOICE: _STORE,
    R.SIGNATURE: pgettext_lazy("who may", "the customer"),
    R.ACCEPTANCE: pgettext_lazy("who may", "automatically; merchant services if it gets stuck"),
    R.DELIVERY: _STORE,
    R.LATE_DELIVERY: pgettext_lazy("who may", "merchant services, with a supervisor’s approval"),
    R.APPROVAL_AGE: pgettext_lazy("who may", "automatically"),
    R.CONTRACTS_AGE: pgettext_lazy("who may", "automatically"),
    R.REVIEW: "",  # its name says it
    R.REVIEW_ENDED: pgettext_lazy("who may", "merchant services"),
    R.OPT_IN: _ANSWERED,
    R.MORE_INFORMATION: _ANSWERED,
    R.ENGINE_BACK: pgettext_lazy("who may", "automatically, or by merchant services"),
    R.WHOLE_RETURN: _STORE,
}


def who_may(rule: str) -> str:
    return str(_WHO[R(rule)])
