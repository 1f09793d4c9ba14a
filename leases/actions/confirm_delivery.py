from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from common.company_day import business_day
from common.formats import day
from leases.actions.move import locked, move, refused
from leases.actions.start_schedule import start_schedule
from leases.actions.tell_delivery import tell_delivery
from leases.actions.true_day import check_has_come, moment_of, reason_for_past_day
from leases.actions.who import By
from leases.enums import LeaseStatus
from leases.lifecycle import ENDED_BY_CLOCK, allows
from leases.models import Lease
from leases.queries.late_reports import may_be_reported


@transaction.atomic
def confirm_delivery(
    *,
    lease: Lease,
    delivered_on: date | None = None,
    shipping_provider: str = "",
    tracking_id: str = "",
    reason: str = "",
    tells_customer: bool = True,
    by: By,
    now: datetime,
) -> Lease:
    """Records that the merchandise arrived: the lease is Funded, no clock runs, and the payments
    start on that day. The customer gets it in writing, except when history is imported
    (`tells_customer` is False).

    `delivered_on` is a date in the company's time zone; None is today. ValidationError:
    `lease_transition`, `needs_approval` (delivered in time, but the deadline has passed: see
    late_reports), `future_date`, `delivered_before_signing`, those of `checked_reason`.
    """
    lease = locked(lease)
    _check_status(lease, delivered_on, now)
    delivered_on = delivered_on or business_day(now)
    check_has_come(delivered_on, now)
    if lease.signed_at and delivered_on < business_day(lease.signed_at):
        raise ValidationError(
            _("The lease was signed on %(day)s. Enter a delivery date on or after it."),
            code="delivered_before_signing",
            params={"day": day(business_day(lease.signed_at))},
        )
    reason = reason_for_past_day(reason, delivered_on, by=by, now=now)
    at = moment_of(delivered_on, now=now, after=lease.signed_at)
    lease = move(
        lease, LeaseStatus.FUNDED, by=by, now=now, reason=reason, happened_at=at,
        delivered_at=at, shipping_provider=shipping_provider, tracking_id=tracking_id,
    )  # fmt: skip
    start_schedule(lease=lease, delivered_on=delivered_on, by=by, now=now)
    if tells_customer:
        tell_delivery(lease, delivered_on, now=now)
    return lease


def _check_status(lease: Lease, delivered_on: date | None, now: datetime) -> None:
    status = lease.status_at(now)
    if delivered_on is not None and may_be_reported(lease, delivered_on, now):
        raise ValidationError(
            _(
                "The deadline has passed. Merchant services can report an on-time delivery, "
                "and a supervisor approves it."
            ),
            code="needs_approval",
            params={"from": status.label, "to": LeaseStatus.FUNDED.label},
        )
    if status in ENDED_BY_CLOCK or not allows(status, LeaseStatus.FUNDED):
        raise refused(status, LeaseStatus.FUNDED)
