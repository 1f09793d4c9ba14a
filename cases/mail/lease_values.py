"""What a lease mail's `params` say, worded for the reader; see cases/mail/lease_mail.py."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_name
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from common.formats import day, locale, moment, money
from leases import quote_words
from leases.enums import AutopayChange, PaymentMethod, PlanKind


def lease_link(account_number: str) -> str:
    return f"{settings.BASE_URL}/portal/leases/{account_number}/"


def about_the_lease(params: Mapping[str, Any]) -> dict[str, str]:
    """Placeholder → text. ValueError for a code nobody knows."""
    found = {
        "account_number": str(params["account_number"]),
        "store": str(params["store"]),
        "merchandise": params["merchandise"] or pgettext("merchandise", "not stated"),
        "portal_link": lease_link(params["account_number"]),
    }
    zone = ZoneInfo(params["time_zone"])
    for name in ("expires", "expired"):
        if f"{name}_at" in params:
            found |= _deadline(name, datetime.fromisoformat(params[f"{name}_at"]), zone)
    for name, words in _WORDED.items():
        if name in params:
            found |= words(params[name])
    if "since" in params:
        found |= _history(params)
    if "next_on" in params:
        found |= _standing(params)
    if "change" in params:
        found |= _autopay(params)
    return found


def _day(iso: str) -> str:
    return day(date.fromisoformat(iso))


def _money(amount: str) -> str:
    return money(Decimal(amount))


def instant(at: datetime, zone: ZoneInfo) -> str:
    """On the customer's clock, which is named: the company's may be another."""
    with timezone.override(zone):
        clock = get_timezone_name(timezone.localtime(at), locale=locale())
        return f"{moment(at)} ({clock})"


def _deadline(name: str, at: datetime, zone: ZoneInfo) -> dict[str, str]:
    with timezone.override(zone):
        return {f"{name}_day": day(at), f"{name}_at": instant(at, zone)}


def _quote(quote: Mapping[str, Any]) -> dict[str, str]:
    amounts = (
        "total", "tax", "cash_price", "cost_of_lease", "lease_total", "remaining", "saving",
    )  # fmt: skip
    inputs = quote["inputs"]
    how = (quote_words.formula(quote["rule"], inputs), quote_words.limit(inputs))
    return {name: _money(quote[name]) for name in amounts} | {
        "as_of": _day(quote["as_of"]),
        "valid_until": _day(quote["valid_until"]),
        "formula": "\n".join(line for line in how if line),
        "effect": str(quote_words.effect()),
    }


def _history(params: Mapping[str, Any]) -> dict[str, str]:
    return {
        "since": _day(params["since"]),
        "until": _day(params["until"]),
        "received": _money(params["received"]),
    }


def _standing(params: Mapping[str, Any]) -> dict[str, str]:
    following = pgettext("next payment", "none is to come")
    if params["next_on"]:
        following = _line(params["next_on"], params["next_amount"])
    return {"arrears": _money(params["arrears"]), "next_payment": following}


def _line(on: str, amount: str) -> str:
    return _("%(day)s: %(amount)s") % {"day": _day(on), "amount": _money(amount)}


def _plan(plan: Mapping[str, Any]) -> dict[str, str]:
    moved = _("Payment %(number)s of %(amount)s: on %(to)s instead of %(from)s")
    same_day = _("Payment %(number)s on %(to)s: %(amount)s")
    lines = [_line(each["due_on"], each["amount"]) for each in plan["promises"]]
    for move in plan["moves"]:
        words = same_day if move["from"] == move["to"] else moved
        lines.append(
            words
            % {
                "number": move["number"],
                "amount": _money(move["amount"]),
                "from": _day(move["from"]),
                "to": _day(move["to"]),
            }
        )
    return {
        "plan_kind": str(PlanKind(plan["kind"]).label),
        "arrears": _money(plan["arrears"]),
        "agreed": "\n".join(lines),
    }


def _ended_plan(plan: Mapping[str, Any]) -> dict[str, str]:
    return {
        "plan_kind": str(PlanKind(plan["kind"]).label),
        "agreed_day": _day(plan["agreed_on"]),
        "ended_day": _day(plan["ended_on"]),
    }


def _delivery(delivery: Mapping[str, Any]) -> dict[str, str]:
    """`payments` is None for a lease whose payments are not set up yet."""
    found = {
        "delivered_day": _day(delivery["delivered_on"]),
        "as_of": _day(delivery["as_of"]),
        "due_total": _money(delivery["due_total"]),
    }
    payments = delivery["payments"]
    if payments is None:
        dates = _("We’re still setting up your payment dates.")
        return found | {"due_payments": dates, "next_payment": dates}
    due = [_line(each["due_on"], each["amount"]) for each in payments]
    following = pgettext("next payment", "none is to come")
    if delivery["next_on"]:
        following = _line(delivery["next_on"], delivery["next_amount"])
    return found | {
        "due_payments": "\n".join(due) or _("No payment is due yet."),
        "next_payment": following,
    }


_WORDED = {"quote": _quote, "plan": _plan, "ended_plan": _ended_plan, "delivery": _delivery}

_CHANGES = {
    AutopayChange.ENROLLED: pgettext_lazy("mail", "Your automatic payments are set up."),
    AutopayChange.METHOD_CHANGED: pgettext_lazy(
        "mail", "We changed what your automatic payments are charged to."
    ),
    AutopayChange.STOPPED: pgettext_lazy(
        "mail", "Your automatic payments are stopped: we make no more automatic charges."
    ),
    AutopayChange.STOP_PAYMENT: pgettext_lazy(
        "mail",
        "You told us that you asked your bank to stop a payment. "
        "We make no automatic charges until you tell us that it is lifted.",
    ),
    AutopayChange.STOP_LIFTED: pgettext_lazy(
        "mail", "The stop payment is lifted: your automatic payments go on."
    ),
}
_HELD = pgettext_lazy(
    "mail",
    "We noted what your automatic payments are to be charged to. Nothing is charged while the "
    "stop payment you asked your bank for stands: only after you tell us that it is lifted.",
)
_CHARGED = {AutopayChange.ENROLLED, AutopayChange.METHOD_CHANGED, AutopayChange.STOP_LIFTED}


def _autopay(params: Mapping[str, Any]) -> dict[str, str]:
    change = AutopayChange(params["change"])
    dates = [_line(each, params["amount"]) for each in params["dates"]]
    held = bool(params.get("held"))
    charged = change in _CHARGED and not held
    if charged:
        warning = _(
            "Please have enough money in the account on those days: "
            "without it, your bank may charge you for an overdraft."
        )
    else:
        warning = _("Please make these payments yourself, so that none is late.")
    if params["overdraft_warned"] and charged:
        told = _("We also told you this when we agreed on it.")
        warning = f"{warning} {told}"
    words = str(_HELD if held else _CHANGES[change])
    if params.get("last_charge_on"):
        last = _("The payment of %(day)s is already on its way and will still be charged.")
        words = f"{words} {last % {'day': _day(params['last_charge_on'])}}"
    return {
        "change": words,
        "method": str(PaymentMethod(params["method"]).label),
        "dates": "\n".join(dates) or pgettext("next payment", "none is to come"),
        "warning": warning,
        "lead_days": str(settings.AUTOPAY_LEAD_DAYS),
    }
