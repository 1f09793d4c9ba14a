"""Calls that aren't cases: those still to be finished, and those that never will be."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.access import signed_in
from cases.kinds import kind_name
from cases.models import CallDraft
from cases.queries.calls import listed_calls


def calls_page(request: HttpRequest) -> HttpResponse:
    is_discarded = request.GET.get("state") == "discarded"
    found = listed_calls(
        signed_in(request), discarded=is_discarded, after=request.GET.get("after", "")
    )
    return render(request, "cases/calls.html", {"page": found, "is_discarded": is_discarded})


def discarded_page(request: HttpRequest, draft: CallDraft) -> HttpResponse:
    """What is left to read. A form sent from an older page comes back as it was typed."""
    is_late = request.method == "POST"
    typed = request.POST if is_late else draft.typed
    kind = typed.get("kind", "")
    return render(
        request,
        "cases/call_discarded.html",
        {
            "draft": draft,
            "is_late": is_late,
            "summary": str(typed.get("summary", "")),
            "language": str(typed.get("language", "")),
            "contract": str(typed.get("contract", "") or typed.get("lease", "")),
            "kind": kind_name(kind),
        },
        status=409 if is_late else 200,
    )
