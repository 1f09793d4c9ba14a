"""A delivery made in time and reported after the deadline: one person reports, another approves."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.company_day import business_day
from common.formats import day
from leases.actions.agreement_checks import checked_note
from leases.actions.expire_due import expire_one
from leases.actions.move import check_not_superseded, locked, move
from leases.actions.start_schedule import start_schedule
from leases.actions.tell_delivery import tell_late_delivery
from leases.actions.true_day import check_has_come, moment_of
from leases.enums import LeaseStatus
from leases.models import LateReport, Lease
from leases.queries.late_reports import could_be_delivered

#: A date without a time, on the deadline's own day, counts as in time: this much before the
#: deadline.
JUST_BEFORE = timedelta(minutes=1)


@transaction.atomic
def report_late_delivery(
    *,
    lease: Lease,
    delivered_on: date,
    signed_on: date | None = None,
    shipping_provider: str = "",
    tracking_id: str = "",
    reason: str,
    by: User,
    now: datetime,
) -> LateReport:
    """Records the report for a supervisor to decide; until then the lease stays as it is.

    `signed_on` if no signature is on record. PermissionDenied for anyone but merchant services;
    ValidationError: `late_reason`, `account_number`, `not_late` (no deadline of an invoice has
    passed), `superseded`, `report_open`, `future_date`, `after_deadline`, `signature_missing`,
    `signed_before_invoice`, `delivered_before_signing`.
    """
    if not by.decides_leases:
        raise PermissionDenied
    lease = locked(lease)
    deadline = _check_lease(lease, now)
    reason = _said(reason)
    check_has_come(delivered_on, now)
    if delivered_on > business_day(deadline):
        raise ValidationError(
            _("The deadline was %(day)s, so a later delivery wasn’t on time."),
            code="after_deadline",
            params={"day": day(business_day(deadline))},
        )
    signed_at = _signature(lease, signed_on, now)
    if delivered_on < business_day(signed_at):
        raise ValidationError(
            _("The lease was signed on %(day)s. Enter a delivery date on or after it."),
            code="delivered_before_signing",
            params={"day": day(business_day(signed_at))},
        )
    noon = moment_of(delivered_on, now=now, after=signed_at)
    return LateReport.objects.create(
        lease=lease,
        delivered_at=max(min(noon, deadline - JUST_BEFORE), signed_at),
        signed_at=None if lease.signed_at else signed_at,
        deadline=deadline,
        shipping_provider=shipping_provider,
        tracking_id=tracking_id,
        reason=reason,
        by=by,
        at=now,
    )


def _check_lease(lease: Lease, now: datetime) -> datetime:
    deadline = lease.ended(now)
    if not could_be_delivered(lease, now) or deadline is None:
        raise ValidationError(
            _(
                "You can report late only on a lease that already had its invoice when the "
                "deadline passed."
            ),
            code="not_late",
        )
    check_not_superseded(lease)
    if lease.late_reports.open().exists():
        raise ValidationError(
            _("A report about this lease is already waiting for a supervisor."), code="report_open"
        )
    return deadline


def _signature(lease: Lease, signed_on: date | None, now: datetime) -> datetime:
    if lease.signed_at is not None:
        return lease.signed_at
    if signed_on is None:
        raise ValidationError(
            _("There’s no signature on record. Enter the date the customer signed."),
            code="signature_missing",
        )
    check_has_come(signed_on, now)
    if lease.contracts_at and signed_on < business_day(lease.contracts_at):
        raise ValidationError(
            _("The invoice is dated %(day)s, so the signature can’t be earlier."),
            code="signed_before_invoice",
            params={"day": day(business_day(lease.contracts_at))},
        )
    return moment_of(signed_on, now=now, after=lease.contracts_at)


def _said(reason: str) -> str:
    reason = checked_note(reason)
    if not reason:
        raise ValidationError(
            _("Explain why it’s being recorded only now. The reason is saved in the history."),
            code="late_reason",
        )
    return reason


@transaction.atomic
def decide_late_report(
    *, report: LateReport, approved: bool, note: str = "", by: User, now: datetime
) -> LateReport:
    """If approved, the lease is Funded as of the actual day, its payments start there, and the
    customer gets it in writing.

    PermissionDenied for anyone but a supervisor; ValidationError: `second_person` (the one who
    reported it), `decided`, `refusal_reason`, `account_number`, `superseded`.
    """
    if not by.supervises:
        raise PermissionDenied
    lease = locked(report.lease)
    report = LateReport.objects.select_for_update().get(pk=report.pk)
    _check_decision(report, approved, by)
    note = checked_note(note)
    if not approved and not note:
        raise ValidationError(_("Give a reason for rejecting it."), code="refusal_reason")
    report.approved, report.note, report.decided_at, report.decided_by = approved, note, now, by
    report.save(update_fields=["approved", "note", "decided_at", "decided_by"])
    if approved:
        _fund(lease, report, by=by, now=now)
    return report


def _check_decision(report: LateReport, approved: bool, by: User) -> None:
    if report.by_id == by.pk:
        raise ValidationError(
            _("The person who reported it can’t decide on it."), code="second_person"
        )
    if report.decided_at is not None:
        raise ValidationError(_("Someone already decided on this report."), code="decided")


def _fund(lease: Lease, report: LateReport, *, by: User, now: datetime) -> None:
    expire_one(lease=lease, now=now)  # if the scheduler hasn't run yet
    lease = move(
        locked(lease), LeaseStatus.FUNDED, by=by, now=now, reason=report.reason,
        happened_at=report.delivered_at, late_report=report, delivered_at=report.delivered_at,
        signed_at=report.signed_at or lease.signed_at,
        shipping_provider=report.shipping_provider, tracking_id=report.tracking_id,
    )  # fmt: skip
    start_schedule(lease=lease, delivered_on=business_day(report.delivered_at), by=by, now=now)
    tell_late_delivery(report, lease, now=now)
