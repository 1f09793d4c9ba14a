"""Transactions a customer disputes, and what came of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cases.enums import Event
from cases.events.happening import Happening, Reader
from common.formats import day, money
from leases import ledger_words, refund_words
from leases.dispute_words import why_it_stays
from leases.enums import ChargeDecision, ChargeReason, LedgerKind, PaymentMethod


@dataclass(frozen=True, kw_only=True)
class Disputed:
    """A line of the ledger as it stood when it was disputed."""

    charge: int
    entry: int
    kind: LedgerKind
    number: int | None = None  # of its installment
    on: date
    of: Decimal  # US dollars: the whole transaction
    amount: Decimal  # what is disputed of it

    def _named(self) -> str:
        if self.kind == LedgerKind.PAYMENT:
            return _("Payment received")
        if self.kind == LedgerKind.CHARGE:
            return _("Payment %(number)s") % {"number": self.number}
        return ledger_words.charge(self.kind, self.number)

    def told(self) -> str:
        said = {
            "what": self._named(),
            "day": day(self.on),
            "amount": money(self.amount),
        }
        if self.amount == self.of:
            return _("%(what)s (%(day)s, %(amount)s)") % said
        return _("%(what)s (%(day)s, %(amount)s of %(of)s)") % {**said, "of": money(self.of)}


@dataclass(frozen=True, kw_only=True)
class Decided:
    what: Disputed
    decision: ChargeDecision
    taken_off: Decimal | None = None
    reason: ChargeReason | None = None
    fee_off: Decimal | None = None  # the late fee on it
    refund: Decimal | None = None
    refund_by: PaymentMethod | None = None
    refund_on: date | None = None

    def told(self) -> str:
        words = self._told()
        if self.fee_off:
            fee = pgettext("disputed charge", "We also took off its late fee of %(amount)s.")
            words = f"{words} {fee % {'amount': money(self.fee_off)}}"
        return words

    def _told(self) -> str:
        what = self.what.told()
        if self.refund and self.refund_by and self.refund_on:
            owed = refund_words.owed(self.refund, self.refund_by, self.refund_on)
            return f"{what}: {owed}"
        if self.taken_off:
            words = pgettext("disputed charge", "%(what)s: we took off %(amount)s.")
            return words % {"what": what, "amount": money(self.taken_off)}
        if self.reason == ChargeReason.CORRECTED:  # it doesn't stay: it was off already
            words = pgettext("disputed charge", "%(what)s: we had already corrected it before.")
            return words % {"what": what}
        if self.reason:
            words = pgettext("disputed charge", "%(what)s: it stays. %(why)s")
            return words % {"what": what, "why": why_it_stays(self.reason)}
        return what


def fees_wait_until(last: date | None) -> str:
    """`last`: the last day of the longest pause, if there is one."""
    if last is None:
        return _("No late fees on these payments in the meantime.")
    words = _("No late fees on these payments in the meantime, through %(day)s at the latest.")
    return words % {"day": day(last)}


@dataclass(frozen=True, kw_only=True)
class ChargesDisputed(Happening):
    event = Event.CHARGES_DISPUTED

    charges: tuple[Disputed, ...]
    pauses_fees: bool = False
    pause_until: date | None = None  # the last day, if the program has one

    def told(self, to: Reader) -> str:
        words = _("Under review: %(charges)s") % {
            "charges": "; ".join(each.told() for each in self.charges)
        }
        if self.pauses_fees:
            words += f". {fees_wait_until(self.pause_until)}"
        return words


@dataclass(frozen=True, kw_only=True)
class ChargeWithdrawn(Happening):
    event = Event.CHARGE_WITHDRAWN

    charge: Disputed

    def told(self, to: Reader) -> str:
        return _("No longer under review: %(charge)s") % {"charge": self.charge.told()}


@dataclass(frozen=True, kw_only=True)
class ChargesDecided(Happening):
    event = Event.CHARGES_DECIDED

    charges: tuple[Decided, ...]
    message: str = ""
    language: str = ""

    def told(self, to: Reader) -> str:
        told = " ".join(each.told() for each in self.charges)
        words = _("Reviewed: %(charges)s") % {"charges": told}
        return f"{words} {to.quote(self.message, self.language)}" if self.message else words
