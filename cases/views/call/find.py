"""Looking up the caller's lease during a call. Nothing is checked yet, everything is kept."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from accounts.access import signed_in
from accounts.models import User
from cases import actions
from cases.enums import ItemState
from cases.forms import CallForm
from cases.forms.evidence import hold_good_files
from cases.models import CallDraft
from cases.views.call.known_attorney import with_known_attorney
from cases.views.call.leases import leases_for
from cases.views.call.page_state import CallPageState, JustAsked
from cases.views.call.shown import call_page
from cases.views.call.typed import (
    in_customers_language,
    initial_of,
    searches_anew,
    typed_in,
)
from cases.views.call.windows import window_of


def looked_up(
    request: HttpRequest, draft: CallDraft, sent: CallForm, part: str, now: datetime
) -> HttpResponse:
    """The part of the page that htmx asked for, or the whole page with what was found."""
    user = signed_in(request)
    typed, just_asked = typed_in(request), None
    if "ask_all" in request.POST:
        just_asked = _asked_by_key(sent, typed)
    is_new = "find" in request.POST and _is_for_another(request, typed)
    if is_new:  # nobody goes on as the caller whom this search isn't for
        typed["lease"], draft.lease = "", None
    leases = leases_for(user, typed["contract"], typed["lease"])
    known = with_known_attorney(typed, leases)
    followed = in_customers_language(known, leases.chosen)
    saved = actions.save_draft(
        draft=draft, typed=followed, by=user, window=window_of(request), leaves_lease=is_new
    )
    form = CallForm(user=user, now=now, initial=followed)
    if not request.headers.get("HX-Request"):
        keep_files(request, sent, form, now)
    follows = followed["language"] != typed["language"]
    state = CallPageState(
        part=part, follows=follows, fills=known is not typed, beside=saved.beside,
        just_asked=just_asked,
    )  # fmt: skip
    return call_page(request, draft, form, leases, state)


def _asked_by_key(sent: CallForm, typed: dict[str, Any]) -> JustAsked | None:
    """Changes what was typed: asks for what no one said anything about, or takes all of it back."""
    unasked = sent.unasked()
    rows = unasked or sent.asked_by_key()
    typed |= {each.name: ItemState.ASKED.value if unasked else "" for each in rows}
    return JustAsked([each.label for each in rows], is_taken_back=not unasked) if rows else None


def search_for(draft: CallDraft, searched: str, *, by: User, now: datetime) -> None:
    """A call that begins with a search goes on as if it had been made on its page."""
    typed = initial_of(draft, by, now) | {"contract": searched, "searched": searched}
    found = leases_for(by, searched, str(typed.get("lease") or ""))
    typed = in_customers_language(typed, found.chosen)
    actions.save_draft(draft=draft, typed=typed, by=by)


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
