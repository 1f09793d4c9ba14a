"""A late fee's breakdown in plain words, for staff and customers alike."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.formats import day, money
from leases.enums import FeeBase
from leases.us_states import state_name


def explain(breakdown: Mapping[str, Any] | None) -> str:
    """Two to four sentences in the reader's language; what a breakdown lacks is left out."""
    known = breakdown or {}
    parts = (_late(known), _pause(known), _rule(known), _limits(known))
    return " ".join(part for part in parts if part)


def _late(known: Mapping[str, Any]) -> str:
    number, days = known.get("instalment"), known.get("days_late")
    if not (known.get("due_on") and isinstance(number, int) and isinstance(days, int)):
        return ""
    params = {"number": number, "day": day(date.fromisoformat(known["due_on"])), "days": days}
    text = ngettext(
        "Payment %(number)s was due on %(day)s, and was %(days)s day late when the fee "
        "was charged.",
        "Payment %(number)s was due on %(day)s, and was %(days)s days late when the "
        "fee was charged.",
        days,
    )
    return text % params


def _pause(known: Mapping[str, Any]) -> str:
    if not known.get("counts_from"):
        return ""
    return _("We counted the days from %(day)s, when our review of the charge ended.") % {
        "day": day(date.fromisoformat(known["counts_from"]))
    }


def _rule(known: Mapping[str, Any]) -> str:
    base = _money(known.get("base"))
    if not base or not known.get("percent"):
        return ""
    params = {
        "state": state_name(known.get("state", "")),
        "percent": known["percent"],
        "base": base,
        "days": (known.get("grace_days") or 0) + 1,
    }
    if known.get("of") == FeeBase.DELINQUENT:
        text = ngettext(
            "Under the rule for %(state)s, once a payment is %(days)s day late, the fee is "
            "%(percent)s%% of the unpaid part (%(base)s).",
            "Under the rule for %(state)s, once a payment is %(days)s days late, the fee "
            "is %(percent)s%% of the unpaid part (%(base)s).",
            params["days"],
        )
    else:
        text = ngettext(
            "Under the rule for %(state)s, once a payment is %(days)s day late, the fee is "
            "%(percent)s%% of the payment (%(base)s).",
            "Under the rule for %(state)s, once a payment is %(days)s days late, the fee "
            "is %(percent)s%% of the payment (%(base)s).",
            params["days"],
        )
    return text % params


def _limits(known: Mapping[str, Any]) -> str:
    least, most = _money(known.get("least")), _money(known.get("most"))
    if least and most:
        return _("The minimum fee is %(least)s and the maximum is %(most)s.") % {
            "least": least,
            "most": most,
        }
    if least:
        return _("The minimum fee is %(least)s.") % {"least": least}
    return _("The maximum fee is %(most)s.") % {"most": most} if most else ""


def _money(text: Any) -> str:
    """Empty for a missing value or zero: a minimum of 0.00 is no limit."""
    try:
        amount = Decimal(str(text))
    except InvalidOperation:
        return ""
    return money(amount) if amount else ""
