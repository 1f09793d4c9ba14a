"""An application as it comes in, from a merchant's system or from staff.

`receive_application` asks the engine and records the answer. Callers that write more in the same
transaction call `ask_engine` first and `record_application` inside it.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from leases.actions.apply import apply
from leases.actions.ask_engine import Applicant, ask_engine
from leases.actions.identity_locks import lock_identities
from leases.actions.refuse_blocked import keeping_attempts, refuse_blocked
from leases.actions.register_customer import register_customer
from leases.actions.ssn_digits import keep_ssn_digits
from leases.actions.who import By
from leases.engine import Decision
from leases.lifecycle import ENDED_BY_CLOCK
from leases.models import Customer, Lease, Merchant, Program, Store
from leases.queries.identity_blocks import customer_with


def receive_application(
    *,
    applicant: Applicant,
    store: Store,
    program: Program | None = None,
    merchandise: str = "",
    data: Mapping[str, str] | None = None,
    supersedes: Lease | None = None,
    by: By,
    now: datetime,
) -> Lease:
    """A lease with the engine's answer; Pending while the engine is down. Not in a transaction."""
    decision = ask_engine(
        applicant=applicant, store=store, program=program, merchandise=merchandise, data=data,
        now=now,
    )  # fmt: skip
    with keeping_attempts(), transaction.atomic(durable=True):
        return record_application(
            applicant=applicant, store=store, program=program, merchandise=merchandise, data=data,
            decision=decision, supersedes=supersedes, by=by, now=now,
        )  # fmt: skip


@transaction.atomic
def record_application(
    *,
    applicant: Applicant,
    store: Store,
    decision: Decision,
    program: Program | None = None,
    merchandise: str = "",
    data: Mapping[str, str] | None = None,
    supersedes: Lease | None = None,
    by: By,
    now: datetime,
) -> Lease:
    """The lease under a new account number, and the customer too if the email address is new.

    A known customer's details stay as they are, because an application proves no one's identity.
    After an expiration at the same merchant, the new lease supersedes the expired one, or always
    the one named. ValidationError by field, see `Applicant.details`, and those of `apply`.
    NotAccepted: the identity was blocked since the engine was asked; callers keep the attempt with
    `keeping_attempts` around their transaction.
    """
    _refuse_blocked(applicant, data, store, now)
    customer = _customer(applicant)
    # Two applications of one customer take turns, so that only one of them supersedes.
    Customer.objects.select_for_update(no_key=True).get(pk=customer.pk)
    lease = apply(
        account_number=_unused_number(),
        customer=customer,
        store=store,
        decision=decision.status,
        approval_limit=decision.limit,
        program=program,
        merchandise=merchandise,
        supersedes=supersedes or _expired(customer, store.merchant, now),
        by=by,
        now=now,
    )
    keep_ssn_digits(lease=lease, data=data or {})
    return lease


def _refuse_blocked(
    applicant: Applicant, data: Mapping[str, str] | None, store: Store, now: datetime
) -> None:
    identity = applicant.identity(data)
    identity = identity._replace(customer=customer_with(identity.email))
    lock_identities(identity, names=[identity.name] if identity.has_digits else ())
    refuse_blocked(identity, store=store, now=now, is_new=True)


def _customer(applicant: Applicant) -> Customer:
    details = applicant.details()
    known = Customer.objects.filter(email=details["email"])
    found = known.first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            return register_customer(**details)
    except (IntegrityError, ValidationError):
        found = known.all().first()  # registered at the same moment by another application
        if found is None:
            raise
        return found


def _unused_number() -> str:
    while True:
        number = str(100_000_000 + secrets.randbelow(900_000_000))
        if not Lease.objects.filter(account_number=number).exists():
            return number


def _expired(customer: Customer, merchant: Merchant, now: datetime) -> Lease | None:
    """The customer's newest lease at the merchant, if it expired."""
    newest = (
        Lease.objects.filter(customer=customer, store__merchant=merchant)
        .order_by("-applied_at", "-id")
        .first()
    )
    if newest is None or newest.status_at(now) not in ENDED_BY_CLOCK:
        return None
    return newest
