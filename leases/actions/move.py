"""The only way a lease's status changes, except for the clock's own statement in expire_due."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from leases.actions.who import By, who
from leases.enums import LeaseStatus
from leases.lifecycle import ENDED_BY_CLOCK, GROWING_STALE, TRANSITIONS, allows
from leases.models import LateReport, Lease, StatusEvent
from leases.webhooks.outbox import announce


def refused(from_status: str, to_status: str) -> ValidationError:
    return ValidationError(
        _("A lease that’s “%(from)s” can’t change to “%(to)s.”"),
        code="lease_transition",
        params={"from": LeaseStatus(from_status).label, "to": LeaseStatus(to_status).label},
    )


def locked(lease: Lease) -> Lease:
    """The row as it is now, locked until the transaction ends. Every lease action starts here."""
    found = Lease.objects.select_related("program").select_for_update(of=("self",))
    return found.get(pk=lease.pk)


def check_not_superseded(lease: Lease) -> None:
    """ValidationError `superseded`: a newer application replaced it, so it can't be revived."""
    if Lease.objects.filter(supersedes=lease).exists():
        raise ValidationError(_("A newer application has replaced this lease."), code="superseded")


def move(
    lease: Lease,
    to_status: LeaseStatus,
    *,
    by: By,
    now: datetime,
    reason: str = "",
    happened_at: datetime | None = None,
    late_report: LateReport | None = None,
    **changes: Any,
) -> Lease:
    """Sets the status with its dates and adds its history row; inside the caller's transaction.

    `lease` comes from `locked`. Checked against the effective status, so an approval past its
    deadline is never used, whether the scheduler ran or not; an expired one only by an approved
    late report. ValidationError: `lease_transition`, `superseded`.
    """
    from_status = lease.status_at(now)
    by_report = from_status in ENDED_BY_CLOCK and late_report is not None
    if not allows(from_status, to_status) or (from_status in ENDED_BY_CLOCK and not by_report):
        raise refused(from_status, to_status)
    if from_status in GROWING_STALE or by_report:
        check_not_superseded(lease)
    for name, value in changes.items():
        setattr(lease, name, value)
    lease.status = to_status
    lease.ended_at = None
    lease.set_deadline()
    lease.save(update_fields=["status", "expires_at", "expires_as", "ended_at", *changes])
    event = StatusEvent.objects.create(
        lease=lease,
        from_status=from_status,
        to_status=to_status,
        rule=TRANSITIONS[from_status][to_status],
        **who(by),
        reason=reason,
        at=now,
        happened_at=happened_at,
        late_report=late_report,
    )
    announce(event)
    return lease
