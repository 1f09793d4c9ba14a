from __future__ import annotations

from datetime import datetime

from django.db import transaction

from cases.enums import TemplateKey
from cases.mail.lease_mail import enqueue_lease_mail
from common.company_day import business_day
from leases.actions.ledger_checks import has_schedule
from leases.actions.move import locked
from leases.models import Lease
from leases.queries.ledger import standing_of
from leases.queries.statement import Statement


@transaction.atomic
def send_payment_history(*, lease: Lease, found: Statement, now: datetime) -> bool:
    """What a period came to and what is due, to the customer by mail.

    Asked for twice on a day, while nothing new was recorded, it is one mail: False.
    ValidationError: `no_schedule`.
    """
    lease = locked(lease)
    has_schedule(lease)
    owed = standing_of(lease, business_day(now))
    newest = lease.ledger.order_by("-id").values_list("pk", flat=True).first()
    period = f"{found.since}:{found.until}:{found.part}"
    return enqueue_lease_mail(
        lease,
        TemplateKey.PAYMENT_HISTORY,
        key=f"payment_history:{lease.pk}:{period}:{business_day(now)}:{newest}",
        now=now,
        since=found.since.isoformat(),
        until=found.until.isoformat(),
        received=str(found.received),
        arrears=str(owed.arrears),
        next_on=owed.next.due_on.isoformat() if owed.next else None,
        next_amount=str(owed.next.left) if owed.next else None,
    )
