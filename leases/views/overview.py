"""The first page of a lease, except the cases about it."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from common.company_day import business_day
from leases.enums import LedgerKind
from leases.forms import LateDecisionForm
from leases.models import Lease
from leases.queries.late_reports import if_approved, late_reports_of
from leases.queries.ledger import exchange_of, standing_of
from leases.queries.mails import mails_of
from leases.queries.orders import order_of
from leases.views.review import decision_forms
from leases.views.step_forms import step_forms

#: Future payments shown at once.
COMING = 4
#: Mails, the newest.
MAILS = 5


def overview_of(lease: Lease, *, user: User, now: datetime) -> dict[str, object]:
    """What templates/leases/lease.html shows inside its frame."""
    today = business_day(now)
    money = standing_of(lease, today)
    reports = list(late_reports_of(lease)[:20])
    return {
        "money": money,
        "coming": money.to_come[:COMING],
        "latest": lease.ledger.filter(effective_on__lte=today)
        .exclude(kind=LedgerKind.CHARGE)
        .select_related("instalment", "reverses__instalment")
        .order_by("-effective_on", "-id")[:4],
        "exchange": exchange_of(lease, now),
        "terms": getattr(lease, "terms", None),
        "history": lease.status_events.select_related("by", "api_key", "late_report__by").order_by(
            "-at", "-id"
        )[:100],
        "decisions": decision_forms(lease, user, now),
        "steps": step_forms(lease, user, now),
        "order": order_of(lease),
        "late_reports": reports,
        "late_decision": LateDecisionForm(),
        "if_approved": if_approved(reports, today),
        "mails": mails_of(lease, user=user, size=MAILS),
    }
