"""Asks the decision engine: never inside a transaction, because it's another system."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from leases.actions.decide import decide
from leases.actions.identity_locks import lock_identities
from leases.actions.move import refused
from leases.actions.refuse_blocked import keeping_attempts, refuse_blocked
from leases.actions.register_customer import checked_name, checked_phone
from leases.actions.ssn_digits import digits_in
from leases.actions.who import By
from leases.engine import Application, Decision, EngineDown, decide_application
from leases.enums import LanguageSource, LeaseStatus
from leases.lifecycle import UNDECIDED, allows
from leases.models import Customer, Lease, Program, Store
from leases.queries.identity_blocks import Identity
from leases.queries.ssn_digits import kept_digits

log = logging.getLogger(__name__)


class Applicant(NamedTuple):
    """The applicant as the application describes them."""

    name: str
    email: str
    phone: str
    language: str

    def details(self) -> dict[str, str]:
        """Checked. ValidationError by field, as `register_customer` raises it; `email` (code
        `email`) both for an invalid address and for one that staff sign in with.
        """
        details = self._asdict() | {
            "email": self.email.strip().lower(),
            "language_source": LanguageSource.APPLICATION,
        }
        for field, checked in (("name", checked_name), ("phone", checked_phone)):
            try:
                details[field] = checked(details[field].strip())
            except ValidationError as error:
                raise ValidationError({field: error}) from None
        errors: dict[str, Any] = {}
        try:
            Customer(**details).clean_fields(exclude=["user"])
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        if "email" in errors or _is_staffs(details["email"]):
            errors["email"] = ValidationError(
                _("This email address can’t be used. Enter another one."), code="email"
            )
        if errors:
            raise ValidationError(errors)
        return details

    def identity(self, data: Mapping[str, str] | None = None) -> Identity:
        """What it's compared by; the errors of `details`."""
        said = self.details()
        digits = digits_in(data or {})
        return Identity(said["name"], said["email"], said["phone"], ssn_last4=digits)


def _is_staffs(email: str) -> bool:
    """Whether someone other than a customer signs in with it. Merchants can't find out who works
    here.
    """
    if Customer.objects.filter(email=email).exists():
        return False
    return User.objects.filter(email=email).exists()


def ask_engine(
    *,
    applicant: Applicant,
    store: Store,
    program: Program | None = None,
    merchandise: str = "",
    data: Mapping[str, str] | None = None,
    now: datetime,
) -> Decision:
    """The answer to a new application; Pending while the engine is down.

    ValidationError by field for impossible details of an applicant; NotAccepted.
    """
    details = applicant.details()
    with keeping_attempts():
        refuse_blocked(applicant.identity(data), store=store, now=now, is_new=True)
    try:
        return decide_application(
            Application(
                name=details["name"],
                email=details["email"],
                phone=details["phone"],
                language=details["language"],
                merchant=store.merchant.name,
                store=store.name,
                state=store.state,
                program=program.code if program else "",
                merchandise=merchandise,
                data=data or {},
            )
        )
    except EngineDown as error:
        log.error("decision_engine_down error=%s", error)
        return Decision(LeaseStatus.PENDING)


def ask_again(
    *,
    lease: Lease,
    data: Mapping[str, str] | None = None,
    reason: str = "",
    by: By,
    now: datetime,
) -> Lease:
    """Asks for a new decision after more data came in, or when the engine may be back.

    Not in a transaction; callers that need one use `ask_about` and `take_answer`. Raises
    EngineDown; ValidationError: those of both.
    """
    answer = ask_about(lease=lease, data=data, now=now)
    return take_answer(lease=lease, answer=answer, data=data, reason=reason, by=by, now=now)


def ask_about(*, lease: Lease, data: Mapping[str, str] | None = None, now: datetime) -> Decision:
    """The engine's answer to an application that waits for one.

    Raises EngineDown; ValidationError: `lease_transition` (already decided), `data_missing`;
    NotAccepted.
    """
    status = lease.status_at(now)
    if status not in UNDECIDED:
        raise refused(status, LeaseStatus.APPROVED)
    if not data and status != LeaseStatus.PENDING:
        raise ValidationError(
            _("This application is waiting for more information about the customer."),
            code="data_missing",
        )
    customer, store = lease.customer, lease.store
    refuse_blocked(_identity(lease, data), store=store, now=now)
    return decide_application(
        Application(
            name=customer.name,
            email=customer.email,
            phone=customer.phone,
            language=customer.language,
            merchant=store.merchant.name,
            store=store.name,
            state=store.state,
            program=lease.program.code if lease.program else "",
            merchandise=lease.merchandise,
            account_number=lease.account_number,
            data=data or {},
        )
    )


@transaction.atomic
def take_answer(
    *,
    lease: Lease,
    answer: Decision,
    data: Mapping[str, str] | None = None,
    reason: str = "",
    by: By,
    now: datetime,
) -> Lease:
    """An answer that changes nothing, such as the same one, is ignored. See `decide`.

    NotAccepted: the identity was blocked while the engine answered.
    """
    if not allows(lease.status_at(now), answer.status):
        return lease
    identity = _identity(lease, data)
    lock_identities(identity, names=[identity.name] if identity.has_digits else ())
    refuse_blocked(identity, store=lease.store, now=now)
    return decide(
        lease=lease, decision=answer.status, approval_limit=answer.limit, reason=reason,
        by=by, now=now,
    )  # fmt: skip


def _identity(lease: Lease, data: Mapping[str, str] | None) -> Identity:
    """With the digits that the application gave, whatever is said now."""
    customer = lease.customer
    return Identity(
        customer.name, customer.email, customer.phone, ssn_last4=digits_in(data or {}),
        customer=customer.pk, kept_digits=kept_digits(lease),
    )  # fmt: skip
