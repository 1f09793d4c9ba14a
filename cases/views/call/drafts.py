from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.access import case_workers_only, signed_in
from accounts.sent_forms import repeatable
from cases import actions
from cases.forms import CallForm
from cases.queries.calls import takeover_of
from cases.views.call.listed import over_notice
from cases.views.call.typed import found_draft, typed_in
from cases.views.call.windows import beside_of, is_taken_over, window_of


@repeatable
@require_POST
@case_workers_only
def draft(request: HttpRequest, number: str) -> HttpResponse:
    """Saves what was typed so far: 204. With all texts if other windows have something else: 200
    if this one's words are the draft, 409 if they're kept beside it. 200, too, if someone took the
    call over since the page was made. 410 if the call ended elsewhere.
    """
    user, typed = signed_in(request), typed_in(request)
    found = found_draft(user, number)
    saved = actions.save_draft(draft=found, typed=typed, by=user, window=window_of(request))
    if not saved.is_kept:
        return over_notice(request, found_draft(user, number))
    form = CallForm(user=user, now=timezone.now(), initial=typed)
    beside = beside_of(form, saved.beside, user=user) if saved.beside else None
    is_taken = is_taken_over(request, found)
    if beside is None and not is_taken:
        return HttpResponse(status=204)
    status = 409 if saved.is_behind else 200
    takeover = takeover_of(found) if is_taken else None
    context = {"draft": found, "beside": beside, "takeover": takeover}
    return render(request, "cases/call/_elsewhere.html", context, status=status)
