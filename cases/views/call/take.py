"""Someone has looked at the texts of a call's windows and says what becomes of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import reduce
from typing import Any

from django.http import HttpRequest, HttpResponse

from accounts.access import signed_in
from cases import actions
from cases.call_texts import fingerprint, joined
from cases.forms import CallForm
from cases.models import CallDraft
from cases.queries.call_windows import draft_text, texts_beside
from cases.views.call.find import keep_files
from cases.views.call.hand import lend_hand
from cases.views.call.leases import leases_for
from cases.views.call.page_state import CallPageState
from cases.views.call.shown import call_page
from cases.views.call.typed import typed_in
from cases.views.call.windows import window_of


def taken(request: HttpRequest, draft: CallDraft, sent: CallForm, now: datetime) -> HttpResponse:
    """`take`: `both`, `mine` or `theirs`, and the fingerprints of the texts that were shown, the
    one meant first. If one of them has changed, they're shown again.
    """
    user, typed = signed_in(request), typed_in(request)
    which, *compared = request.POST["take"].split()
    theirs = _shown_texts(draft, compared)
    if which == "theirs":
        typed = dict(theirs[0]) if theirs else typed
    elif which == "both":
        typed = reduce(joined, theirs, typed)
    window = window_of(request)
    window = replace(window, compared=frozenset(compared)) if window else None
    saved = actions.save_draft(draft=draft, typed=typed, by=user, window=window)
    form = CallForm(user=user, now=now, initial=typed)
    keep_files(request, sent, form, now)
    leases = leases_for(user, str(typed.get("contract", "")), str(typed.get("lease", "")))
    status = 409 if saved.is_behind else 200
    state = CallPageState(beside=saved.beside, hand=lend_hand(form, leases))
    return call_page(request, draft, form, leases, state, status=status)


def _shown_texts(draft: CallDraft, compared: list[str]) -> list[Mapping[str, Any]]:
    """None of them if one isn't there any more."""
    texts = {
        fingerprint(each.typed): each.typed for each in (draft_text(draft), *texts_beside(draft))
    }
    return [texts[each] for each in compared] if texts.keys() >= set(compared) else []
