"""A call that a colleague began goes on as the reader’s own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.access import case_workers_only, signed_in
from accounts.models import User
from cases import actions
from cases.forms import CallForm
from cases.forms.call import TakeOverForm
from cases.forms.evidence import hold_good_files
from cases.models import CallDraft
from cases.views.call.find import keep_files
from cases.views.call.leases import leases_for
from cases.views.call.page_state import CallPageState
from cases.views.call.shown import begun_page, call_page
from cases.views.call.typed import found_draft, says_something, typed_in
from cases.views.call.windows import window_of
from common.form_errors import add_refusal
from leases.said import plain

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

_TAKEN = gettext_lazy("Call %(number)s is yours now.")
_BACK = gettext_lazy("You’re back in call %(number)s.")


@require_POST
@case_workers_only
def take_over(request: HttpRequest, number: str) -> HttpResponse:
    """An unfinished call becomes the reader's own; 409 if someone else was faster."""
    user, now = signed_in(request), timezone.now()
    draft = found_draft(user, number)
    form = TakeOverForm(request.POST)
    status = 422
    if form.is_valid():
        try:
            actions.take_over_call(draft=draft, of=form.cleaned_data["of"], by=user, now=now)
        except actions.CallTaken as error:
            add_refusal(form, error)
            status = 409
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _TAKEN % {"number": draft.spoken_number})
            return redirect("call", number=number)
    if draft.case or draft.discarded_at:
        return redirect("call", number=number)  # which says what became of it
    return begun_page(request, found_draft(user, number), now, taking=form, status=status)


def taken_instead(
    request: HttpRequest, draft: CallDraft, sent: CallForm, now: datetime
) -> HttpResponse:
    """Goes on in another call about the same customer. `take_over`: its number, and whose it
    was on the page. What was typed in this one stays with the unfinished calls; one in which
    nothing was said is discarded.
    """
    user, typed = signed_in(request), typed_in(request)
    number, _space, of = request.POST["take_over"].partition(" ")
    other, form = found_draft(user, plain(number)), TakeOverForm({"of": of})
    saved = actions.save_draft(draft=draft, typed=typed, by=user, window=window_of(request))
    is_own = other.agent == user and not (other.case_id or other.discarded_at)
    if form.is_valid():
        try:
            if not is_own:
                actions.take_over_call(draft=other, of=form.cleaned_data["of"], by=user, now=now)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            hold_good_files(sent, now)
            begins = _BACK if is_own else _TAKEN
            messages.success(request, _leave(draft, other, begins, sent, typed, user, now))
            return redirect("call", number=other.number)
    shown = CallForm(user=user, now=now, initial=typed)
    keep_files(request, sent, shown, now)
    leases = leases_for(user, typed["contract"], typed["lease"])
    state = CallPageState(beside=saved.beside, taking=form)
    return call_page(request, draft, shown, leases, state, status=409)


def _leave(
    draft: CallDraft, other: CallDraft, begins: StrPromise, sent: CallForm,
    typed: Mapping[str, Any], user: User, now: datetime,
) -> str:  # fmt: skip
    """What becomes of the call that was left, in words."""
    numbers = {"number": other.spoken_number, "before": draft.spoken_number}
    told = begins % numbers
    if says_something(typed) or draft.phone_call or sent.held:
        before = _("What you typed before is in call %(before)s.") % numbers
        return f"{told} {before}"
    reason = _("The conversation went on in call %(number)s.") % numbers
    actions.discard_call(draft=draft, reason=reason, by=user, now=now)
    return told
