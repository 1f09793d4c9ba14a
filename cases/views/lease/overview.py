from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import lease_readers_only, signed_in
from cases.events import ContactCorrected
from cases.models import Case
from cases.queries.corrections import corrected_in_calls
from cases.queries.flags import flags_of_people
from common.typed_json import from_json
from leases.queries.identity_blocks import blocked_customers
from leases.views.frame import lease_frame
from leases.views.overview import overview_of


@require_safe
@lease_readers_only
def lease(request: HttpRequest, account_number: str) -> HttpResponse:
    """One contract: its clock, money, parties, history, and the cases about it."""
    user, now = signed_in(request), timezone.now()
    found, context = lease_frame(request, account_number, "lease", now=now)
    cases = Case.objects.visible_to(user).filter(lease=found)
    context |= overview_of(found, user=user, now=now)
    context["cases"] = cases.select_related("assignee", "kind").order_by("-opened_at")[:20]
    context["flags"] = flags_of_people([found.customer], user=user).get(found.customer_id)
    context["corrected"] = [
        (each, from_json(ContactCorrected, {"details": each.details}).details)
        for each in corrected_in_calls(found.customer, user=user)
    ]
    # Whoever works cases reads in the flags by which case.
    context["is_blocked"] = not user.works_cases and bool(blocked_customers([found.customer_id]))
    return render(request, "leases/lease.html", context)
