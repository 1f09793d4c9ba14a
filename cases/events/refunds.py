"""Money that goes back to a customer: promised, paid, or withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cases.enums import Event
from cases.events.happening import Happening, Reader
from leases import refund_words
from leases.enums import PaymentMethod


@dataclass(frozen=True, kw_only=True)
class RefundPromised(Happening):
    event = Event.REFUND_PROMISED

    amount: Decimal
    method: PaymentMethod
    expected_on: date

    def told(self, to: Reader) -> str:
        return refund_words.promised(self.amount, self.method, self.expected_on)


@dataclass(frozen=True, kw_only=True)
class RefundPaid(Happening):
    event = Event.REFUND_PAID

    amount: Decimal
    method: PaymentMethod
    paid_on: date
    reference: str

    def told(self, to: Reader) -> str:
        return refund_words.paid(self.amount, self.method, self.paid_on, self.reference)


@dataclass(frozen=True, kw_only=True)
class RefundWithdrawn(Happening):
    event = Event.REFUND_WITHDRAWN

    amount: Decimal
    reason: str
    reason_language: str = ""

    def told(self, to: Reader) -> str:
        why = to.quote(self.reason, self.reason_language)
        return f"{refund_words.withdrawn(self.amount)} {why}"
