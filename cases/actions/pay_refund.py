"""A refund that came of a disputed transaction was paid: its case says so, ended or not."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from cases.actions.change import add_event, locked, touch
from cases.actions.charges import locked_lease_of
from cases.enums import Visibility
from cases.events import RefundPaid
from cases.models import Case
from leases.actions.refunds import record_refund_paid
from leases.enums import PaymentMethod
from leases.models import Refund


@transaction.atomic
def pay_refund(
    *, case: Case, refund: Refund, paid_on: date, reference: str, by: User, now: datetime
) -> Refund:
    """`refund` is of a transaction of this case. Those of `record_refund_paid`."""
    locked_lease_of(case, by)
    case = locked(case)
    refund = record_refund_paid(refund, paid_on=paid_on, reference=reference, by=by, now=now)
    touch(case, now=now)
    paid = RefundPaid(
        amount=refund.amount,
        method=PaymentMethod(refund.method),
        paid_on=paid_on,
        reference=refund.reference,
    )
    add_event(case, paid, by=by, now=now, visibility=Visibility.PUBLIC)
    return refund
