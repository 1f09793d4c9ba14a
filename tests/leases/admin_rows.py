"""A row of everything the administration shows."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

from accounts.models import User
from leases.actions.api_keys import create_api_key
from leases.enums import AutopayChange, AutopayState, PaymentMethod, PlanKind, ReturnOutcome
from leases.models import (
    Autopay,
    AutopayEvent,
    BlockedApplication,
    Customer,
    DisputedCharge,
    IdentityBlock,
    Lease,
    MerchandiseReturn,
    PaidOffLetter,
    Plan,
    PlanPromise,
    Program,
    Refund,
    WebhookDelivery,
    WebhookEndpoint,
)
from leases.webhooks.signature import new_secret
from tests.leases.contracts import bare_quote, deliver

TEXTS = {
    "name_en": "Weekly", "name_es": "Semanal",
    "terms_en": "You make 52 payments, one every week.",
    "terms_es": "Usted hace 52 pagos, uno cada semana.",
    "exchange_terms_en": "This program doesn’t include any exchanges.",
    "exchange_terms_es": "Este programa no incluye ningún cambio.",
}  # fmt: skip


def one_of_each(
    make_lease: Callable[..., Lease], customer: Customer, by: User, now: datetime, number: str
) -> Lease:
    """Around a delivered lease of the customer."""
    lease = make_lease(customer, number)
    merchant = lease.store.merchant
    Program.objects.create(merchant=merchant, code=number, frequencies=["weekly"], **TEXTS)
    create_api_key(merchant=merchant, store=None, name=number, by=by, now=now)
    endpoint = WebhookEndpoint.objects.create(
        merchant=merchant, url=f"https://luna.example/{number}", secret=new_secret(),
        created_by=by, created_at=now, is_active=False,
    )  # fmt: skip
    lease = deliver(lease, now)
    event = lease.status_events.latest("id")
    WebhookDelivery.objects.create(
        id=uuid.uuid4(), endpoint=endpoint, event=event, state="failed", error="dns",
        attempts=12, next_attempt_at=now, created_at=now,
    )  # fmt: skip
    MerchandiseReturn.objects.create(
        lease=lease, returned_on=now.date(), outcome=ReturnOutcome.OPENED, by=by, at=now
    )
    bare_quote(lease, now)
    charge = DisputedCharge.objects.create(
        lease=lease, entry=lease.ledger.filter(kind="charge").first(), amount=1, pauses_fees=True,
        by=by, at=now, decision="refund", decided_at=now, decided_by=by,
    )  # fmt: skip
    Refund.objects.create(
        lease=lease, charge=charge, amount=1, method="check", expected_on=now.date(), by=by, at=now
    )
    PaidOffLetter.objects.create(
        lease=lease, paid_on=now.date(), received=1, is_purchase=False, at=now, voided_at=now
    )
    plan = Plan.objects.create(
        lease=lease, kind=PlanKind.RECOVERY, arrears=Decimal("76.92"), by=by, at=now
    )
    PlanPromise.objects.create(
        plan=plan, number=1, due_on=now.date() + timedelta(days=7), amount=Decimal("76.92")
    )
    autopay = Autopay.objects.create(
        lease=lease, state=AutopayState.ACTIVE, method=PaymentMethod.BANK
    )
    AutopayEvent.objects.create(
        autopay=autopay, change=AutopayChange.ENROLLED, method=PaymentMethod.BANK,
        effective_on=now.date(), by=by, at=now,
    )  # fmt: skip
    block = IdentityBlock.objects.create(
        name=customer.name, email=f"{number}@example.com", by=by, at=now
    )
    BlockedApplication.objects.create(block=block, store=lease.store, matched=["email"], at=now)
    return lease
