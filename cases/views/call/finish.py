"""The end of a call: its case, or what is still missing."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.access import signed_in
from cases import actions
from cases.enums import EntryKind
from cases.forms import CallForm
from cases.forms.evidence import hold_good_files
from cases.models import CallDraft
from cases.views.call.doubts import asks_about_stop
from cases.views.call.leases import leases_for
from cases.views.call.listed import ended_page
from cases.views.call.page_state import CallPageState
from cases.views.call.shown import call_page
from cases.views.call.typed import searches_anew, typed_in
from cases.views.call.windows import window_of
from cases.views.case.call_done import remember_call
from cases.views.case.language import doubt_language
from common.form_errors import add_refusal


def finished(request: HttpRequest, draft: CallDraft, form: CallForm, now: datetime) -> HttpResponse:
    user = signed_in(request)
    is_valid = form.is_valid()
    if _means_another(request):
        form.find_lease({"contract": request.POST["contract"]}, is_seen=False)
        return _refused(request, draft, form, now, leaves_lease=True)
    if not is_valid:
        return _refused(request, draft, form, now)
    if asks_about_stop(form, draft, user=user, now=now):
        return _refused(request, draft, form, now)
    said = form.cleaned_data
    window = window_of(request, is_final=True)
    saved = actions.save_draft(draft=draft, typed=typed_in(request), by=user, window=window)
    if not saved.is_kept:
        return ended_page(request, draft)
    if saved.beside:
        return _compared(request, draft, form, now, saved)
    try:
        case = actions.open_case(
            draft=draft,
            call=form.call(),
            files=said["evidence"],
            by=user,
            now=now,
            saved=saved.version,
        )
    except ValidationError as error:
        add_refusal(form, error)
        return _refused(request, draft, form, now)
    if (case.opened_by_id, case.opened_at) != (user.pk, now):  # someone was faster
        return ended_page(request, draft)
    remember_call(request, draft)
    doubt_language(
        request, case, text=said["summary"], language=said["language"], kind=EntryKind.CALL
    )
    return redirect("case", number=case.number)


def _means_another(request: HttpRequest) -> bool:
    """Someone else was typed in after the lease was chosen, and not looked for yet."""
    typed, shown = typed_in(request), request.POST.get("searched")
    return bool(typed["lease"]) and shown is not None and searches_anew(typed, shown)


def _refused(
    request: HttpRequest,
    draft: CallDraft,
    form: CallForm,
    now: datetime,
    *,
    leaves_lease: bool = False,
) -> HttpResponse:
    user, typed = signed_in(request), typed_in(request)
    if leaves_lease:
        typed["lease"] = ""
    saved = actions.save_draft(
        draft=draft, typed=typed, by=user, window=window_of(request), leaves_lease=leaves_lease
    )
    hold_good_files(form, now)
    chosen = "" if leaves_lease else str(form["lease"].value() or "")
    leases = leases_for(user, request.POST.get("contract", ""), chosen)
    state = CallPageState(beside=saved.beside)
    return call_page(request, draft, form, leases, state, status=422)


def _compared(
    request: HttpRequest, draft: CallDraft, sent: CallForm, now: datetime, saved: actions.SavedCall
) -> HttpResponse:
    """Another window has words that would be gone: both are shown before the call ends."""
    user, typed = signed_in(request), typed_in(request)
    form = CallForm(user=user, now=now, initial=typed)
    hold_good_files(sent, now)
    form.show_files_of(sent)
    leases = leases_for(user, typed["contract"], typed["lease"])
    state = CallPageState(beside=saved.beside, is_ending=True)
    return call_page(request, draft, form, leases, state, status=409)
