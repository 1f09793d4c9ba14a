"""Logging a call: from its number, through looking up the caller, to its case."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import case_workers_only, signed_in
from cases import actions
from cases.forms import CallForm
from cases.forms.evidence import Holding
from cases.views.call.add import added
from cases.views.call.find import looked_up, search_for
from cases.views.call.finish import finished
from cases.views.call.listed import calls_page, discarded_page, finished_page, over_notice
from cases.views.call.running import remember_running
from cases.views.call.shown import CONTINUED, begun_page
from cases.views.call.take import taken
from cases.views.call.take_over import taken_instead
from cases.views.call.typed import found_draft
from cases.views.call.verify import verified
from cases.views.call.without import without
from leases.queries.find import leases_numbered
from leases.said import plain

#: Headers of static/js/typed_ahead.js, which goes to the call's page once the typing rests.
AHEAD, CALL = "X-Puente-Ahead", "X-Puente-Call"

#: Buttons used during the call, and the part of the page that each changes.
PARTS = {
    "find": "contract",
    "choose": "scripts",
    "fill": "filled",
    "script": "script",
    "texts": "texts",
    "agree": "agreed",
    "ask_all": "scripts",
    "older": "charges",
    "preview": "preview",
}


@require_http_methods(["GET", "HEAD", "POST"])
@case_workers_only
def calls(request: HttpRequest) -> HttpResponse:
    """Starts logging a call, from anywhere, or returns to the one this person hasn’t finished; from
    a lease’s page, with that lease selected.
    """
    if request.method != "POST":
        return calls_page(request)
    user, now = signed_in(request), timezone.now()
    lease = None
    if account_number := request.POST.get("lease"):
        lease = get_object_or_404(leases_numbered(account_number, user=user))
    searched = plain(request.POST.get("searched", ""))  # beside a begun call, or found no one
    if "another" in request.POST:
        draft, is_new = actions.start_call(by=user, now=now, lease=lease), True
    else:
        draft, is_new = actions.continue_or_start_call(
            by=user, now=now, lease=lease, searched=searched
        )
    if not is_new:
        request.session[CONTINUED] = draft.number
    if searched and draft.typed.get("contract") != searched:
        search_for(draft, searched, by=user, now=now)
    if AHEAD in request.headers:
        return HttpResponse(status=204, headers={CALL: reverse("call", args=[draft.number])})
    return redirect("call", number=draft.number)


@require_http_methods(["GET", "HEAD", "POST"])
@case_workers_only
def call(request: HttpRequest, number: str) -> HttpResponse:
    user, now = signed_in(request), timezone.now()
    draft = found_draft(user, number)
    is_over = draft.case or draft.discarded_at
    if is_over and request.method == "POST" and "HX-Request" in request.headers:
        return over_notice(request, draft, in_place=True)
    if draft.case:
        return finished_page(request, draft, draft.case)
    if draft.discarded_at:
        return discarded_page(request, draft)
    if request.method != "POST":
        remember_running(request, draft)
        return begun_page(request, draft, now)
    if to := request.POST.get("add_to"):
        return added(request, draft, to, now)
    holding = Holding(user, request.path)
    form = CallForm(request.POST, request.FILES, user=user, now=now, holding=holding)
    if "take_over" in request.POST:
        return taken_instead(request, draft, form, now)
    if "verify" in request.POST:
        return verified(request, draft, form, now)
    if "take" in request.POST:
        return taken(request, draft, form, now)
    if "without" in request.POST:
        return without(request, draft, form, now)
    if part := next((PARTS[name] for name in PARTS if name in request.POST), ""):
        return looked_up(request, draft, form, part, now)
    return finished(request, draft, form, now)
