"""Ledger lines and payment states in the reader's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from common.formats import day
from leases.enums import LedgerKind as K
from leases.enums import Part
from leases.schedule import ScheduleRow, State

if TYPE_CHECKING:
    from leases.models import LedgerEntry

#: What leases/actions/refunds.py writes, with the way it was paid.
REFUND = "refund"
#: Reasons that actions write are codes (leases/actions).
_REASONS = {
    "buyout": pgettext_lazy("reason", "Early purchase"),
    "buyout_lifted": pgettext_lazy("reason", "Early purchase: no longer due"),
    "buyout_price": pgettext_lazy("reason", "Early purchase: price"),
    "buyout_tax": pgettext_lazy("reason", "Early purchase: sales tax"),
    "dispute": pgettext_lazy("reason", "Charge dispute"),
    REFUND: pgettext_lazy("reason", "Refund"),
    "paid_in_time": pgettext_lazy("reason", "The payment was made on time"),
}
_STATES = {
    State.PAID: pgettext_lazy("instalment", "paid"),
    State.PARTLY: pgettext_lazy("instalment", "partly paid"),
    State.OVERDUE: pgettext_lazy("instalment", "past due"),
    State.DUE: pgettext_lazy("instalment", "due today"),
    State.UPCOMING: pgettext_lazy("instalment", "upcoming"),
    State.LIFTED: pgettext_lazy("instalment", "no longer due"),
}
TONES = {State.PAID: "good", State.OVERDUE: "bad", State.DUE: "accent", State.PARTLY: "accent"}


def movement(entry: LedgerEntry) -> str:
    """What happened, in one line: “Payment 7 due”, “Late fee for payment 7”."""
    reversed_one = entry.reverses
    if reversed_one is not None:
        return _("Reversal: %(what)s, %(day)s") % {
            "what": movement(reversed_one),
            "day": day(reversed_one.effective_on),
        }
    number = entry.instalment.number if entry.instalment else None
    kind = K(entry.kind)
    if kind == K.PAYMENT:
        text = _payment(entry)
        return f"{text} ({entry.get_method_display()})" if entry.method else text
    if is_refund(entry):
        return _refund(entry)
    return charge(kind, number)


def is_refund(entry: LedgerEntry) -> bool:
    """Money that went back, or the line beside it. People type reasons, but no way of paying."""
    return entry.kind == K.ADJUSTMENT and entry.reason == REFUND and bool(entry.method)


def _refund(entry: LedgerEntry) -> str:
    if entry.amount > 0:
        return _("Refund paid (%(way)s)") % {"way": entry.get_method_display()}
    return _("Refunded, so no longer owed")


def charge(kind: K, number: int | None) -> str:
    """“Payment 7 due,” for a line of which only this is known; `number` of its installment."""
    if number is None:
        return str(kind.label)
    text = {
        K.CHARGE: _("Payment %(number)s due"),
        K.FEE: _("Late fee for payment %(number)s"),
        K.WAIVER: _("Late fee waived for payment %(number)s"),
    }.get(kind, _("Adjustment to payment %(number)s"))
    return text % {"number": number}


def _payment(entry: LedgerEntry) -> str:
    if entry.reason == "buyout":
        return _("Early purchase payment")
    if entry.reason == "buyout_tax":
        return _("Sales tax payment for the early purchase")
    return _("Payment of fees") if entry.part == Part.FEES else _("Payment received")


def reason(entry: LedgerEntry) -> str:
    return str(_REASONS.get(entry.reason, entry.reason))


def public_reason(entry: LedgerEntry) -> str:
    """For the customer: what staff typed stays internal."""
    return str(_REASONS.get(entry.reason, ""))


def payment_state(row: ScheduleRow) -> str:
    """“overdue · 3 days late”"""
    label = str(_STATES[row.state])
    if row.days_late:
        late = ngettext("%(days)s day late", "%(days)s days late", row.days_late)
        return f"{label} · {late % {'days': row.days_late}}"
    return label
