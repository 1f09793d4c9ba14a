"""A delivery and what it makes due: what is owed by today, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from common.formats import day, money
from leases.mails.base import LeaseParams, next_payment
from leases.mails.plan_agreed import PlannedPayment


@dataclass(frozen=True, kw_only=True)
class Delivery:
    delivered_on: date
    as_of: date
    due_total: Decimal
    payments: tuple[PlannedPayment, ...] | None  # due by `as_of`; None: not set up yet
    next_on: date | None
    next_amount: Decimal | None

    def due_lines(self) -> str:
        return "\n".join(each.line() for each in self.payments or ())

    def next_line(self) -> str:
        return next_payment(self.next_on, self.next_amount)


@dataclass(frozen=True, kw_only=True)
class DeliveryParams(LeaseParams):
    delivery: Delivery

    def words(self) -> dict[str, str]:
        return super().words() | {
            "delivered_day": day(self.delivery.delivered_on),
            "payments": self._payments(),
        }

    def _payments(self) -> str:
        """Most deliveries make nothing due; one reported days later may."""
        delivery = self.delivery
        if delivery.payments is None:
            return _(
                "We’re still setting up your payment dates. We’ll email them to you as soon as "
                "they’re ready."
            )
        coming = _("Next payment: %(payment)s") % {"payment": delivery.next_line()}
        if not delivery.due_total:
            return coming
        due = _("Due by %(day)s: %(total)s") % {
            "day": day(delivery.as_of),
            "total": money(delivery.due_total),
        }
        fees = _(
            "There’s no late fee on payments whose due date had already passed when we sent "
            "this email. If you can’t pay what’s due all at once, call us or reply to this email. \
"
            "We’ll work out a payment plan with you."
        )
        return f"{due}\n{delivery.due_lines()}\n\n{coming}\n\n{fees}"
