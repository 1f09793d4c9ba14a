from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from common.company_day import business_day
from common.formats import day
from leases.actions.move import locked, move, refused
from leases.actions.true_day import check_has_come, moment_of, reason_for_past_day
from leases.actions.who import By
from leases.enums import LeaseStatus
from leases.lifecycle import allows
from leases.models import Lease


@transaction.atomic
def sign(
    *, lease: Lease, signed_on: date | None = None, reason: str = "", by: By, now: datetime
) -> Lease:
    """Records the customer's signature: Contracts Received and, in the same transaction, Lease
    Accepted.

    Signing doesn't restart the 60 days. `signed_on` is a date in the company's time zone; None is
    today. ValidationError: `lease_transition`, `future_date`, `signed_before_invoice`, those of
    `checked_reason`.
    """
    lease = locked(lease)
    status = lease.status_at(now)
    if not allows(status, LeaseStatus.CONTRACTS_RECEIVED):
        raise refused(status, LeaseStatus.CONTRACTS_RECEIVED)
    signed_on = signed_on or business_day(now)
    check_has_come(signed_on, now)
    if lease.contracts_at and signed_on < business_day(lease.contracts_at):
        raise ValidationError(
            _("The invoice is dated %(day)s, so the signature can’t be earlier."),
            code="signed_before_invoice",
            params={"day": day(business_day(lease.contracts_at))},
        )
    reason = reason_for_past_day(reason, signed_on, by=by, now=now)
    at = moment_of(signed_on, now=now, after=lease.contracts_at)
    lease = move(
        lease, LeaseStatus.CONTRACTS_RECEIVED, by=by, now=now, reason=reason,
        happened_at=at, signed_at=at,
    )  # fmt: skip
    return move(lease, LeaseStatus.LEASE_ACCEPTED, by=by, now=now, happened_at=at)
