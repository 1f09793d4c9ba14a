"""Whether an exchange is possible: the status decides first, then the merchant's program.

Pure; the effective status and today are arguments.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leases.enums import ExchangePolicy, LeaseStatus
from leases.lifecycle import ORDER_CHANGES, OrderChange


class ExchangeTerms(Protocol):
    """What is read of a program."""

    exchange_policy: str
    exchange_days: int


class Exchange(NamedTuple):
    """`until` is the last day, if there is one."""

    allowed: bool
    reason: str | Promise
    until: date | None = None


#: Before the merchandise is delivered, by what may be done instead.
_INSTEAD = {
    OrderChange.INVOICE: _(
        "Nothing has been delivered yet. The store can still send or correct the invoice."
    ),
    OrderChange.RETURN: _("Signed but not delivered yet. Record changes as a return."),
    OrderChange.UNDECIDED: _(
        "The application hasn’t been approved, so there’s nothing to exchange."
    ),
    OrderChange.DENIED: _("The application was denied, so there’s nothing to exchange."),
    OrderChange.EXPIRED: _("The lease expired before delivery, so there’s nothing to exchange."),
}


def exchange(
    status: LeaseStatus, program: ExchangeTerms | None, delivered_on: date | None, today: date
) -> Exchange:
    """`exchange_days` are calendar days after the delivery; 0 means no last day."""
    if instead := _INSTEAD.get(ORDER_CHANGES[status]):
        return Exchange(False, instead)
    if program is None:
        return Exchange(False, _("The contract doesn’t name a program. Ask the merchant."))
    if program.exchange_policy == ExchangePolicy.NONE:
        return Exchange(False, _("This program doesn’t allow exchanges."))
    until = None
    if delivered_on is not None and program.exchange_days:
        until = delivered_on + timedelta(days=program.exchange_days)
    if until is not None and today > until:
        return Exchange(False, _("The exchange period is over."), until)
    if program.exchange_policy == ExchangePolicy.SAME_ITEM:
        return Exchange(True, _("Yes, for the same item."), until)
    return Exchange(True, _("Yes, for any item of the same value."), until)
