from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leases.actions.move import locked, move, refused
from leases.actions.start_schedule import start_schedule
from leases.actions.who import By
from leases.enums import LeaseStatus
from leases.formats import day
from leases.lifecycle import allows
from leases.models import Lease
from leases.queries.ledger import business_day


@transaction.atomic
def confirm_delivery(
    *,
    lease: Lease,
    delivered_on: date | None = None,
    shipping_provider: str = "",
    tracking_id: str = "",
    by: By,
    now: datetime,
) -> Lease:
    """The merchandise arrived: Funded, no clock runs, and the payments begin.

    `delivered_on` is a day of the business; none is today. ValidationError: `lease_transition`,
    `future_date`, `delivered_before_signing`.
    """
    lease = locked(lease)
    if not allows(lease.status_at(now), LeaseStatus.FUNDED):
        raise refused(lease.status_at(now), LeaseStatus.FUNDED)
    today = business_day(now)
    delivered_on = delivered_on or today
    if delivered_on > today:
        raise ValidationError(
            _("%(day)s has not come yet: only what has happened is recorded."),
            code="future_date",
            params={"day": day(delivered_on)},
        )
    if lease.signed_at and delivered_on < business_day(lease.signed_at):
        raise ValidationError(
            _("The lease was signed on %(day)s: nothing can be delivered before."),
            code="delivered_before_signing",
            params={"day": day(business_day(lease.signed_at))},
        )
    at = now if delivered_on == today else _noon(delivered_on, lease.signed_at)
    lease = move(
        lease, LeaseStatus.FUNDED, by=by, now=now,
        delivered_at=at, shipping_provider=shipping_provider, tracking_id=tracking_id,
    )  # fmt: skip
    start_schedule(lease=lease, delivered_on=delivered_on, by=by, now=now)
    return lease


def _noon(on: date, signed_at: datetime | None) -> datetime:
    """A time for a day without one: noon, or the signature if that came later the same day."""
    noon = datetime.combine(on, time(12), ZoneInfo(settings.BUSINESS_TIME_ZONE))
    return max(noon, signed_at) if signed_at else noon
