from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import lease_readers_only, signed_in
from cases.queries.suggest import suggest
from leases.said import plain


@require_safe
@lease_readers_only
def suggestions(request: HttpRequest) -> HttpResponse:
    """The part of the page below the call bar, while someone types."""
    typed = plain(request.GET.get("q", ""))
    found = suggest(typed, user=signed_in(request), now=timezone.now())
    return render(request, "cases/suggestions.html", {"typed": typed, "found": found})
