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
from cases.views.call.leases import leases_for
from cases.views.call.shown import call_page
from cases.views.call.typed import typed_in
from cases.views.case.language import doubt_language
from common.form_errors import add_refusal


def finished(request: HttpRequest, draft: CallDraft, form: CallForm, now: datetime) -> HttpResponse:
    user = signed_in(request)
    if not form.is_valid():
        return _refused(request, draft, form, now)
    said = form.cleaned_data
    try:
        case = actions.open_case(
            draft=draft, call=form.call(), files=said["evidence"], by=user, now=now
        )
    except ValidationError as error:
        add_refusal(form, error)
        return _refused(request, draft, form, now)
    doubt_language(
        request, case, text=said["summary"], language=said["language"], kind=EntryKind.CALL
    )
    return redirect("case", number=case.number)


def _refused(request: HttpRequest, draft: CallDraft, form: CallForm, now: datetime) -> HttpResponse:
    user = signed_in(request)
    actions.save_draft(draft=draft, typed=typed_in(request), by=user)
    hold_good_files(form, now)
    chosen = str(form["lease"].value() or "")
    leases = leases_for(user, request.POST.get("contract", ""), chosen)
    return call_page(request, draft, form, leases, status=422)
