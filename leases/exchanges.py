"""Whether an exchange is possible: the merchant's program says. Pure; today is an argument."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leases.enums import ExchangePolicy


class Policy(Protocol):
    """What is read of a program."""

    exchange_policy: str
    exchange_days: int


class Exchange(NamedTuple):
    """`until` is the last day, where there is one."""

    allowed: bool
    reason: str | Promise
    until: date | None = None


def exchange(program: Policy | None, delivered_on: date | None, today: date) -> Exchange:
    """`exchange_days` are calendar days after the delivery; 0 sets no last day."""
    if program is None:
        return Exchange(False, _("The contract names no program: ask the merchant."))
    if program.exchange_policy == ExchangePolicy.NONE:
        return Exchange(False, _("This program has no exchanges."))
    if delivered_on is None:
        return Exchange(False, _("Nothing is delivered yet: the invoice can still be changed."))
    until = delivered_on + timedelta(days=program.exchange_days) if program.exchange_days else None
    if until is not None and today > until:
        return Exchange(False, _("The days to exchange are over."), until)
    if program.exchange_policy == ExchangePolicy.SAME_ITEM:
        return Exchange(True, _("Yes, for the same item."), until)
    return Exchange(True, _("Yes, for any item of the same value."), until)
