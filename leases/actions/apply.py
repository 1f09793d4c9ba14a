from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leases.actions.who import By, who
from leases.enums import LeaseStatus, Rule
from leases.lifecycle import EXPIRING, INITIAL
from leases.models import Customer, Lease, StatusEvent, Store


@transaction.atomic
def apply(
    *,
    account_number: str,
    customer: Customer,
    store: Store,
    decision: LeaseStatus,
    approval_limit: Decimal | None = None,
    merchandise: str = "",
    by: By,
    now: datetime,
) -> Lease:
    """An application with its first answer; `by=None` is the merchant's system.

    ValidationError: `lease_decision` (not an answer to an application), `lease_limit` (an approval
    without a limit, or a limit without an approval).
    """
    if decision not in INITIAL:
        raise ValidationError(
            _("An application cannot be answered with “%(status)s”."),
            code="lease_decision",
            params={"status": decision.label},
        )
    if (decision in EXPIRING) != (approval_limit is not None):
        raise ValidationError(
            _("An approval has a limit; any other answer has none."), code="lease_limit"
        )
    lease = Lease(
        account_number=account_number,
        customer=customer,
        store=store,
        merchandise=merchandise,
        status=decision,
        approval_limit=approval_limit,
        applied_at=now,
        approved_at=now if decision in EXPIRING else None,
    )
    lease.set_deadline()
    lease.full_clean()
    lease.save()
    StatusEvent.objects.create(
        lease=lease,
        to_status=decision,
        rule=Rule.APPLICATION,
        **who(by),
        at=now,
    )
    return lease
