from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leases.actions.limits import check_limit
from leases.actions.reapply import check_supersedes
from leases.actions.who import By, who
from leases.enums import LeaseStatus, Rule
from leases.lifecycle import EXPIRING, INITIAL
from leases.models import Customer, Lease, Program, StatusEvent, Store
from leases.webhooks.outbox import announce


@transaction.atomic
def apply(
    *,
    account_number: str,
    customer: Customer,
    store: Store,
    decision: LeaseStatus,
    approval_limit: Decimal | None = None,
    program: Program | None = None,
    merchandise: str = "",
    supersedes: Lease | None = None,
    by: By,
    now: datetime,
) -> Lease:
    """Records an application with its first answer; `by=None` is the merchant's system.

    ValidationError: `lease_decision` (not an answer to an application), `foreign_program`, those of
    `check_limit` and `check_supersedes`, and what the model checks.
    """
    if decision not in INITIAL:
        raise ValidationError(
            _("You can’t answer an application with “%(status)s.”"),
            code="lease_decision",
            params={"status": decision.label},
        )
    check_limit(decision, approval_limit)
    if program is not None and program.merchant_id != store.merchant_id:
        raise ValidationError(
            _("This program belongs to another merchant."), code="foreign_program"
        )
    if supersedes is not None:
        check_supersedes(supersedes, customer, now)
    lease = Lease(
        account_number=account_number,
        customer=customer,
        store=store,
        program=program,
        merchandise=merchandise,
        status=decision,
        approval_limit=approval_limit,
        applied_at=now,
        approved_at=now if decision in EXPIRING else None,
        supersedes=supersedes,
    )
    lease.set_deadline()
    lease.full_clean()
    lease.save()
    event = StatusEvent.objects.create(
        lease=lease,
        to_status=decision,
        rule=Rule.APPLICATION,
        **who(by),
        at=now,
    )
    announce(event)
    return lease
