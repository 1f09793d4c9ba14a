"""A delivery reported late, decided by a supervisor: the customer gets what it means in writing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from cases.enums import TemplateKey
from cases.mail.lease_mail import enqueue_lease_mail
from common.company_day import business_day
from leases import actions
from leases.models import LateReport, Lease
from leases.queries.ledger import standing_of


@transaction.atomic
def decide_late_report(
    *, report: LateReport, approved: bool, note: str = "", by: User, now: datetime
) -> LateReport:
    """The mail lies in the outbox or nothing was approved.

    PermissionDenied and ValidationError: those of `leases.actions.decide_late_report`.
    """
    report = actions.decide_late_report(report=report, approved=approved, note=note, by=by, now=now)
    if report.approved:
        enqueue_lease_mail(
            report.lease,
            TemplateKey.DELIVERY_CONFIRMED,
            key=f"delivery_confirmed:{report.pk}",
            now=now,
            delivery=_said(report, report.lease, now),
        )
    return report


def _said(report: LateReport, lease: Lease, now: datetime) -> dict[str, Any]:
    today = business_day(now)
    owed = standing_of(lease, today)
    due = [row for row in [*owed.late, *owed.to_come] if row.due_on <= today]
    following = next((row for row in owed.to_come if row.due_on > today), None)
    payments = [{"due_on": row.due_on.isoformat(), "amount": str(row.left)} for row in due]
    return {
        "delivered_on": business_day(report.delivered_at).isoformat(),
        "as_of": today.isoformat(),
        "due_total": str(owed.due_now),
        "payments": payments if owed.rows else None,
        "next_on": following.due_on.isoformat() if following else None,
        "next_amount": str(following.left) if following else None,
    }
