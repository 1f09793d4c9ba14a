from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import lease_readers_only, signed_in
from cases.queries.find import Found
from cases.queries.find import find as find_all
from leases.queries.find import is_unusual_number


@require_safe
@lease_readers_only
def find(request: HttpRequest) -> HttpResponse:
    """The call bar: a case number goes straight to its case, one lease straight to its page."""
    searched = request.GET.get("q", "").strip()
    now = timezone.now()
    found = find_all(searched, user=signed_in(request), now=now) if searched else None
    if found and found.case and not found.leases:
        return redirect("case", number=found.case.number)
    if found and found.call and not found.leases:
        return redirect("call", number=found.call.number)
    if found and not (found.case or found.call) and len(found.leases) == 1:
        return redirect("lease", account_number=found.leases[0].account_number)
    return render(
        request,
        "cases/find.html",
        {
            "searched": searched,
            "found": found,
            "is_unusual": is_unusual_number(searched) and not _has_hits(found),
            "now": now,
        },
    )


def _has_hits(found: Found | None) -> bool:
    return bool(found and (found.case or found.call or found.leases))
