"""Refunds that no disputed transaction brought: one that is promised, one that was paid."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from accounts.enums import Language
from accounts.models import User
from cases import actions
from common.company_day import business_day
from leases.actions.refunds import Owed
from leases.enums import LeaseStatus, LedgerKind, PaymentMethod
from leases.models import Lease

#: What was said, and how much goes back.
SAID: dict[str, tuple[str, Decimal]] = {
    Language.SPANISH: (
        "La tienda le cobró $35 por la entrega, que en su contrato es gratis.", Decimal("35.00")
    ),
    Language.ENGLISH: (
        "Paid $18.50 for a protection plan and canceled it the same day.", Decimal("18.50")
    ),
}  # fmt: skip


def refund(
    *, language: str, others: list[str], by: User, supervisor: User, is_paid: bool, now: datetime
) -> None:
    """`others`: email addresses of those who have their own stories."""
    leases = Lease.objects.filter(
        status=LeaseStatus.FUNDED, customer__language=language, ledger__kind=LedgerKind.PAYMENT
    )
    lease = leases.exclude(customer__email__in=others).order_by("pk").last()
    if lease is None:
        return
    said, amount = SAID[language]
    opened = now - timedelta(days=6)
    draft = actions.start_call(by=by, now=opened, lease=lease)
    call = actions.Call(
        lease=lease, kind="refund_owed", channel="phone", language=language, summary=said,
        answers={"refund_amount": amount, "refund_way": "check"},
    )  # fmt: skip
    case = actions.open_case(draft=draft, call=call, by=by, now=opened)
    promised = opened + timedelta(hours=4)
    owed = Owed(method=PaymentMethod.CHECK, expected_on=business_day(promised + timedelta(days=9)))
    row = actions.promise_refund(case=case, amount=amount, owed=owed, by=supervisor, now=promised)
    if is_paid:
        paid = now - timedelta(days=1)
        actions.pay_refund(
            case=case, refund=row, paid_on=business_day(paid), reference="2087", by=by, now=paid
        )
