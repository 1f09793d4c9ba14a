"""Calls that aren't cases: those still to be finished, and those that never will be."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django_htmx.http import reswap, retarget

from accounts.access import signed_in
from accounts.mask_watch import noted
from cases.callers import what_was_said
from cases.enums import CallerRelation
from cases.forms import DiscardForm
from cases.kinds import kind_name
from cases.models import CallDraft, Case
from cases.queries.calls import finished_by, listed_calls
from cases.views.call.typed import found_draft
from leases.said import plain


def calls_page(request: HttpRequest) -> HttpResponse:
    is_discarded = request.GET.get("state") == "discarded"
    searched, user = plain(request.GET.get("q", "")), signed_in(request)
    found = listed_calls(
        user,
        discarded=is_discarded,
        after=request.GET.get("after", ""),
        text=searched,
    )
    context = {
        "page": found,
        "is_discarded": is_discarded,
        "searched": searched,
        "discard": DiscardForm(),
    }
    return render(request, "cases/calls.html", context)


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
            "said": what_was_said(str(typed.get("relation") or CallerRelation.CUSTOMER)),
            "language": str(typed.get("language", "")),
            "contract": str(typed.get("contract", "") or typed.get("lease", "")),
            "kind": kind_name(kind),
        },
        status=409 if is_late else 200,
    )


def finished_page(request: HttpRequest, draft: CallDraft, case: Case) -> HttpResponse:
    """The call's case. Words that someone else’s window sent too late aren’t in it: they come back
    as they were typed, to be added.
    """
    summary = _unsaved(request, case)
    if not summary:
        return redirect("case", number=case.number)
    language = request.POST.get("language", "")
    context = {
        "draft": draft,
        "case": case,
        "finished_by": finished_by(draft),
        "summary": summary,
        "language": language,
    }
    return render(request, "cases/call_finished.html", context, status=409)


def ended_page(request: HttpRequest, draft: CallDraft) -> HttpResponse:
    """The call ended elsewhere while this form was on its way."""
    found = found_draft(signed_in(request), draft.number)
    if found.case:
        return finished_page(request, found, found.case)
    return discarded_page(request, found)


def over_notice(request: HttpRequest, draft: CallDraft, *, in_place: bool = False) -> HttpResponse:
    """For a page of a call that ended elsewhere: by whom, and what to do with what was typed.
    `in_place`: htmx asked for another part of the page.
    """
    is_unsaved = bool(_unsaved(request, draft.case))
    context = {"draft": draft, "finished_by": finished_by(draft), "is_unsaved": is_unsaved}
    response = render(request, "cases/call/_over.html", context, status=200 if in_place else 410)
    if in_place:
        retarget(response, "#both-texts")
        reswap(response, "innerHTML")
    return response


def _unsaved(request: HttpRequest, case: Case | None) -> str:
    """Words that the case doesn't have."""
    summary = request.POST.get("summary", "").replace("\x00", "").strip()
    if case and case.entries.filter(body=noted(summary)).exists():
        return ""
    return summary
