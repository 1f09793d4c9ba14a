"""What each reason for a case asks for and how it can end, to look up while someone is on the
phone.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import case_workers_only
from cases.queries.reasons import reasons_with

LONGEST = 100  # the longest search text, in letters


@require_safe
@case_workers_only
def reasons(request: HttpRequest) -> HttpResponse:
    searched = request.GET.get("words", "").replace("\x00", "").strip()[:LONGEST]
    part = ""
    if request.headers.get("HX-Request"):
        part = "#found" if "words" in request.GET else "#beside"
    return render(
        request,
        f"cases/reasons.html{part}",
        {"searched": searched, "reasons": reasons_with(searched)},
    )
