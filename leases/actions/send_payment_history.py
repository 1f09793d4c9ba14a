from __future__ import annotations

from datetime import datetime

from django.db import transaction

from common.company_day import business_day
from leases.actions.ledger_checks import has_schedule
from leases.actions.move import locked
from leases.mails.base import lease_facts, lease_mail
from leases.mails.payment_history import PAYMENT_HISTORY, PaymentHistoryParams
from leases.mails.standing import standing_facts
from leases.models import Lease
from leases.queries.statement import Statement
from mail.outbound.enqueue import enqueue


@transaction.atomic
def send_payment_history(*, lease: Lease, found: Statement, now: datetime) -> bool:
    """Mails the customer the movements of a period and what is due.

    If requested twice on a day with nothing new recorded, it's one mail: returns False.
    ValidationError: `no_schedule`.
    """
    lease = locked(lease)
    has_schedule(lease)
    today = business_day(now)
    said = PaymentHistoryParams(
        **lease_facts(lease),
        **standing_facts(lease, today),
        since=found.since,
        until=found.until,
        received=found.received,
    )
    newest = lease.ledger.order_by("-id").values_list("pk", flat=True).first()
    period = f"{found.since}:{found.until}:{found.part}"
    key = f"payment_history:{lease.pk}:{period}:{today}:{newest}"
    return enqueue(lease_mail(PAYMENT_HISTORY, said, lease, key=key), now=now)
