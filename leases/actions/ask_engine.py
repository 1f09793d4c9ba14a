"""Asking the decision engine: never inside a transaction, since it is another system."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from leases.actions.decide import decide
from leases.actions.move import refused
from leases.actions.register_customer import checked_name, checked_phone
from leases.actions.who import By
from leases.engine import Application, Decision, EngineDown, decide_application
from leases.enums import LanguageSource, LeaseStatus
from leases.lifecycle import UNDECIDED, allows
from leases.models import Customer, Lease, Program, Store

log = logging.getLogger(__name__)


class Applicant(NamedTuple):
    """Who applies, as the application says it."""

    name: str
    email: str
    phone: str
    language: str

    def details(self) -> dict[str, str]:
        """Checked. ValidationError by field, as `register_customer` gives it; `email` (code
        `email`) alike for what is no address and for one that staff sign in with."""
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


def _is_staffs(email: str) -> bool:
    """Someone signs in with it who is no customer. Merchants do not learn who works here."""
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
) -> Decision:
    """The answer to a new application; Pending while the engine is down.

    ValidationError by field for an applicant nobody could be.
    """
    details = applicant.details()
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
    """Opt-in data or more information came, or the engine may be back: it decides anew.

    Not in a transaction; `ask_about` and `take_answer` for who needs one. Raises EngineDown;
    ValidationError: those of both.
    """
    answer = ask_about(lease=lease, data=data, now=now)
    return take_answer(lease=lease, answer=answer, reason=reason, by=by, now=now)


def ask_about(*, lease: Lease, data: Mapping[str, str] | None = None, now: datetime) -> Decision:
    """The engine's answer to an application that waits for one.

    Raises EngineDown; ValidationError: `lease_transition` (decided already), `data_missing`.
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


def take_answer(
    *, lease: Lease, answer: Decision, reason: str = "", by: By, now: datetime
) -> Lease:
    """One that leads nowhere, the same one for example, changes nothing. See `decide`."""
    if not allows(lease.status_at(now), answer.status):
        return lease
    return decide(
        lease=lease, decision=answer.status, approval_limit=answer.limit, reason=reason,
        by=by, now=now,
    )  # fmt: skip
