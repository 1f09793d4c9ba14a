from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import lease_readers_only, signed_in
from common.pages import Page, page_of_parts
from leases.enums import LeaseStatus
from leases.models import Lease
from leases.queries.find import find_leases, too_long


@require_safe
@lease_readers_only
def leases(request: HttpRequest) -> HttpResponse:
    """All leases, newest first, or those with one effective status."""
    user = signed_in(request)
    now = timezone.now()
    searched = request.GET.get("q", "").strip()
    status = request.GET.get("status", "")
    if searched:
        rows: Page[Lease] = Page(find_leases(searched, user=user), "", True)
    else:
        found = Lease.objects.visible_to(user).with_parties()
        known = status in LeaseStatus.values
        parts = found.effectively_in_parts(status, now) if known else [found]
        after = request.GET.get("after", "")
        rows = page_of_parts(parts, order=("-applied_at", "-id"), after=after)
    return render(
        request,
        "leases/leases.html",
        {
            "page": rows,
            "searched": searched,
            "problem": too_long(searched),
            "status": status,
            "statuses": LeaseStatus.choices,
            "now": now,
        },
    )
