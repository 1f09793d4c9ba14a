"""Looking up the caller's lease during a call. Nothing is checked yet, everything is kept."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from accounts.access import signed_in
from cases import actions
from cases.forms import CallForm
from cases.forms.evidence import hold_good_files
from cases.models import CallDraft
from cases.views.call.leases import leases_for
from cases.views.call.shown import call_page
from cases.views.call.typed import in_customers_language, searches_anew, typed_in
from cases.views.call.windows import window_of


def looked_up(
    request: HttpRequest, draft: CallDraft, sent: CallForm, part: str, now: datetime
) -> HttpResponse:
    """The part of the page that htmx asked for, or the whole page with what was found."""
    user = signed_in(request)
    typed = typed_in(request)
    is_new = "find" in request.POST and _is_for_another(request, typed)
    if is_new:  # nobody goes on as the caller whom this search isn't for
        typed["lease"], draft.lease = "", None
    leases = leases_for(user, typed["contract"], typed["lease"])
    followed = in_customers_language(typed, leases.chosen)
    saved = actions.save_draft(
        draft=draft, typed=followed, by=user, window=window_of(request), leaves_lease=is_new
    )
    form = CallForm(user=user, now=now, initial=followed)
    if not request.headers.get("HX-Request"):
        keep_files(request, sent, form, now)
    follows = followed["language"] != typed["language"]
    return call_page(request, draft, form, leases, part=part, follows=follows, beside=saved.beside)


def _is_for_another(request: HttpRequest, typed: dict[str, Any]) -> bool:
    """An emptied search is for no one: so a lease chosen by mistake is let go."""
    shown = request.POST.get("searched")
    return searches_anew(typed, shown) or bool(shown and not typed["contract"].strip())


def keep_files(request: HttpRequest, sent: CallForm, form: CallForm, now: datetime) -> None:
    """A page without scripts comes back whole; a browser sends its files only once."""
    for problem in sent.look_at_files():
        messages.error(request, problem)
    hold_good_files(sent, now)
    form.show_files_of(sent)
