from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import lease_readers_only, signed_in
from cases.models import Case
from leases.queries.clock_line import clock_of
from leases.queries.find import leases_numbered


@require_safe
@lease_readers_only
def lease(request: HttpRequest, account_number: str) -> HttpResponse:
    """One contract: its clock, parties, history, and the cases about it."""
    user = signed_in(request)
    found = get_object_or_404(leases_numbered(account_number, user=user))
    cases = Case.objects.visible_to(user).filter(lease=found).select_related("assignee")
    return render(
        request,
        "leases/lease.html",
        {
            "lease": found,
            "customer": found.customer,
            "clock": clock_of(found, timezone.now()),
            "history": found.status_events.select_related("by").order_by("-at", "-id")[:100],
            "cases": cases.order_by("-opened_at")[:20],
        },
    )
