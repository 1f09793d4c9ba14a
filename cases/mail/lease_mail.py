"""Mails about a lease, to its customer in the customer's language."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from cases.enums import TemplateKey
from cases.mail.enqueue import NewMail, enqueue
from cases.models import Case, Entry
from leases.models import Lease


def lease_params(lease: Lease, **extra: Any) -> dict[str, Any]:
    """What a lease mail says, as codes: the lease as it is at this moment.

    `extra` by mail, amounts as strings ("38.46"), days and moments in ISO form:
    approval_expiring, contracts_expiring `expires_at`; approval_expired, contracts_expired
    `expired_at`; payment_history `since`, `until`, `received`, `arrears`, `next_on`,
    `next_amount` (both None if nothing is to come); buyout_quote `quote`; plan_agreed `plan`;
    plan_cancelled `ended_plan`, `arrears`, `next_on`, `next_amount`;
    autopay_changed `change`, `method`, `amount`, `dates`, `overdraft_warned`, `held` (a stop
    payment stands, so nothing is charged), `last_charge_on` (or None); delivery_confirmed
    `delivery`. What `quote`, `delivery` and the plans hold is read in cases/mail/lease_values.py.
    cases/mail/lease_rows.py writes the same.
    """
    return {
        "customer_name": lease.customer.name,
        "account_number": lease.account_number,
        "merchandise": lease.merchandise,
        "store": lease.store.name,
        "time_zone": lease.customer.time_zone,
        **extra,
    }


def enqueue_lease_mail(
    lease: Lease,
    template: TemplateKey,
    *,
    key: str,
    now: datetime,
    case: Case | None = None,
    entry: Entry | None = None,
    **extra: Any,
) -> bool:
    """False if this event already has its mail; see `enqueue`, and `lease_params` for `extra`."""
    mail = lease_mail(lease, template, key=key, case=case, entry=entry, **extra)
    return enqueue(mail, now=now)


def lease_mail(
    lease: Lease,
    template: TemplateKey,
    *,
    key: str,
    case: Case | None = None,
    entry: Entry | None = None,
    **extra: Any,
) -> NewMail:
    customer = lease.customer
    return NewMail(
        key=key,
        template=template,
        to=customer.email,
        language=customer.language,
        params=lease_params(lease, **extra),
        case=case,
        entry=entry,
    )
