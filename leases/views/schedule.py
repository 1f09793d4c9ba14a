from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import lease_readers_only
from common.company_day import business_day
from leases.queries.ledger import standing_of
from leases.views.frame import lease_frame


@require_safe
@lease_readers_only
def schedule(request: HttpRequest, account_number: str) -> HttpResponse:
    """Every payment and its state; the next payment and the cut-off date."""
    now = timezone.now()
    lease, context = lease_frame(request, account_number, "lease_schedule", now=now)
    owed = standing_of(lease, business_day(now))
    return render(
        request,
        "leases/schedule.html",
        context
        | {
            "money": owed,
            "terms": getattr(lease, "terms", None),
            "done": [row for row in owed.rows if row.left <= 0],
            "open": [row for row in owed.rows if row.left > 0],
        },
    )
