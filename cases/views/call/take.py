"""Someone has looked at both texts of a call and says what becomes of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse

from accounts.access import signed_in
from cases import actions
from cases.call_texts import fingerprint, joined
from cases.forms import CallForm
from cases.models import CallDraft
from cases.views.call.find import keep_files
from cases.views.call.leases import leases_for
from cases.views.call.shown import call_page
from cases.views.call.typed import typed_in
from cases.views.call.windows import window_of


def taken(request: HttpRequest, draft: CallDraft, sent: CallForm, now: datetime) -> HttpResponse:
    """`take`: `both`, `mine` or `theirs`, and the fingerprint of the text that was shown. If that
    has changed, both are shown again.
    """
    user, typed = signed_in(request), typed_in(request)
    which, _space, compared = request.POST["take"].partition(" ")
    theirs = _shown_text(draft, compared)
    if theirs is not None and which in {"both", "theirs"}:
        typed = joined(typed, theirs) if which == "both" else dict(theirs)
    window = window_of(request)
    window = replace(window, compared=compared) if window else None
    saved = actions.save_draft(draft=draft, typed=typed, by=user, window=window)
    form = CallForm(user=user, now=now, initial=typed)
    keep_files(request, sent, form, now)
    leases = leases_for(user, str(typed.get("contract", "")), str(typed.get("lease", "")))
    status = 409 if saved.is_behind else 200
    return call_page(request, draft, form, leases, beside=saved.beside, status=status)


def _shown_text(draft: CallDraft, compared: str) -> Mapping[str, Any] | None:
    texts: tuple[Mapping[str, Any], ...] = (draft.typed, draft.other)
    return next((each for each in texts if each and fingerprint(each) == compared), None)
