"""A refund in sentences for the customer: what is owed, how, until when, and that it was paid."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from common.formats import day, money
from leases.enums import PaymentMethod as M

_WAYS = {
    M.CASH: pgettext_lazy("refund", "in cash"),
    M.CARD: pgettext_lazy("refund", "to your card"),
    M.BANK: pgettext_lazy("refund", "to your bank account"),
    M.CHECK: pgettext_lazy("refund", "by check"),
    M.OTHER: pgettext_lazy("refund", "in the way we agreed on"),
}


def owed(amount: Decimal, method: str, expected_on: date) -> str:
    """“we owe you $38.46 and will refund it by check by December 9, 2026.”"""
    return _("we owe you %(amount)s and will refund it %(way)s by %(day)s.") % {
        "amount": money(amount),
        "way": _WAYS[M(method)],
        "day": day(expected_on),
    }


def way(method: str) -> str:
    """“by check”"""
    return str(_WAYS[M(method)])


def promised(amount: Decimal, method: str, expected_on: date) -> str:
    """“We’ll refund $38.46 by check by December 9, 2026.”"""
    return _("We’ll refund %(amount)s %(way)s by %(day)s.") % {
        "amount": money(amount),
        "way": _WAYS[M(method)],
        "day": day(expected_on),
    }


def withdrawn(amount: Decimal) -> str:
    return _("We won’t make the refund of %(amount)s after all.") % {"amount": money(amount)}


def paid(amount: Decimal, method: str, paid_on: date, reference: str) -> str:
    """“We refunded $38.46 by check on December 4, 2026. Reference: 1042.”"""
    return _("We refunded %(amount)s %(way)s on %(day)s. Reference: %(reference)s.") % {
        "amount": money(amount),
        "way": _WAYS[M(method)],
        "day": day(paid_on),
        "reference": reference,
    }
