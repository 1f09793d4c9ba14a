from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import lease_readers_only, signed_in
from cases.models import Case
from common.company_day import business_day
from leases.enums import LedgerKind
from leases.forms import LateDecisionForm
from leases.queries.late_reports import if_approved, late_reports_of
from leases.queries.ledger import exchange_of, standing_of
from leases.queries.orders import order_of
from leases.views.frame import lease_frame
from leases.views.review import decision_forms
from leases.views.step_forms import step_forms

#: Payments to come that are shown at once.
COMING = 4


@require_safe
@lease_readers_only
def lease(request: HttpRequest, account_number: str) -> HttpResponse:
    """One contract: its clock, money, parties, history, and the cases about it."""
    now = timezone.now()
    found, context = lease_frame(request, account_number, "lease", now=now)
    today = business_day(now)
    money = standing_of(found, today)
    cases = Case.objects.visible_to(signed_in(request)).filter(lease=found)
    reports = list(late_reports_of(found)[:20])
    return render(
        request,
        "leases/lease.html",
        context
        | {
            "money": money,
            "coming": money.to_come[:COMING],
            "latest": found.ledger.filter(effective_on__lte=today)
            .exclude(kind=LedgerKind.CHARGE)
            .select_related("instalment", "reverses__instalment")
            .order_by("-effective_on", "-id")[:4],
            "exchange": exchange_of(found, now),
            "terms": getattr(found, "terms", None),
            "history": found.status_events.select_related(
                "by", "api_key", "late_report__by"
            ).order_by("-at", "-id")[:100],
            "decisions": decision_forms(found, signed_in(request), now),
            "steps": step_forms(found, signed_in(request), now),
            "order": order_of(found),
            "late_reports": reports,
            "late_decision": LateDecisionForm(),
            "if_approved": if_approved(reports, today),
            "cases": cases.select_related("assignee").order_by("-opened_at")[:20],
        },
    )
