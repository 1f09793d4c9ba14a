from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.access import case_workers_only, signed_in
from accounts.sent_forms import repeatable
from cases import actions
from cases.forms import CallForm
from cases.views.call.listed import over_notice
from cases.views.call.typed import found_draft, typed_in
from cases.views.call.windows import beside_of, window_of


@repeatable
@require_POST
@case_workers_only
def draft(request: HttpRequest, number: str) -> HttpResponse:
    """Saves what was typed so far: 204. With both texts if another window has something else: 200
    if this one's words are the draft, 409 if they're kept beside it. 410 if the call
    ended elsewhere.
    """
    user, typed = signed_in(request), typed_in(request)
    saved = actions.save_draft(
        draft=found_draft(user, number), typed=typed, by=user, window=window_of(request)
    )
    if not saved.is_kept:
        return over_notice(request, found_draft(user, number))
    form = CallForm(user=user, now=timezone.now(), initial=typed)
    beside = beside_of(form, saved.beside) if saved.beside else None
    if beside is None:
        return HttpResponse(status=204)
    status = 409 if saved.is_behind else 200
    return render(request, "cases/call/_both_texts.html", {"beside": beside}, status=status)
