from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import lease_readers_only, signed_in
from cases.commands import SIGN, is_asked
from cases.queries.suggest import suggest
from cases.views.commands import commands
from leases.said import plain


@require_safe
@lease_readers_only
def suggestions(request: HttpRequest) -> HttpResponse:
    """The part of the page below the call bar, while someone types."""
    typed, user = plain(request.GET.get("q", "")), signed_in(request)
    if is_asked(typed):
        language, on = str(request.LANGUAGE_CODE), request.GET.get("on", "")
        groups = commands(typed, user=user, language=language, on=on)
        count = sum(len(each.commands) for each in groups)
        shown = {"typed": typed.removeprefix(SIGN), "groups": groups, "count": count}
        return render(request, "cases/commands.html", shown)
    found = suggest(typed, user=user, now=timezone.now())
    return render(request, "cases/suggestions.html", {"typed": typed, "found": found})
