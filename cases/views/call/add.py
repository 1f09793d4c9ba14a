"""A call about an open case: added to it instead of opening another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from accounts.access import signed_in
from accounts.models import User
from cases import actions
from cases.forms import CallForm
from cases.forms.call import AddCallForm
from cases.forms.evidence import Holding, hold_good_files
from cases.models import CallDraft, Case
from cases.queries.call_windows import WindowText
from cases.views.call.leases import leases_for
from cases.views.call.listed import ended_page
from cases.views.call.page_state import CallPageState
from cases.views.call.shown import call_page
from cases.views.call.typed import typed_in
from cases.views.call.windows import window_of
from cases.views.case.call_done import remember_call
from cases.views.case.language import doubt_language
from common.form_errors import add_refusal


def added(request: HttpRequest, draft: CallDraft, to: str, now: datetime) -> HttpResponse:
    """`to`: the number of the case."""
    user = signed_in(request)
    case = _found_case(user, to)
    holding = Holding(user, request.path)
    form = AddCallForm(request.POST, request.FILES, case=case, now=now, holding=holding)
    if form.is_valid():
        said = form.cleaned_data
        window = window_of(request, is_final=True)
        saved = actions.save_draft(draft=draft, typed=typed_in(request), by=user, window=window)
        if not saved.is_kept:
            return ended_page(request, draft)
        if saved.beside:
            return _refused(request, draft, form, now, beside=saved.beside)
        try:
            case = actions.add_call_to_case(
                draft=draft,
                case=case,
                call=form.call(),
                files=said["evidence"],
                by=user,
                now=now,
                saved=saved.version,
            )
        except ValidationError as error:
            add_refusal(form, error)
        else:
            if case.changed_at != now:  # someone was faster
                return ended_page(request, draft)
            doubt_language(request, case, text=said["summary"], language=said["language"])
            remember_call(request, draft)
            return redirect("case", number=case.number)
    return _refused(request, draft, form, now)


def _found_case(user: User, number: str) -> Case:
    """404 for one this person may not see."""
    if "\x00" in number:  # PostgreSQL rejects such a text, even for a comparison
        raise Http404
    return get_object_or_404(Case.objects.visible_to(user).with_parties(), number=number)


def _refused(
    request: HttpRequest,
    draft: CallDraft,
    form: AddCallForm,
    now: datetime,
    *,
    beside: Sequence[WindowText] | None = None,
) -> HttpResponse:
    """`beside`: what other windows have, which would be gone with the end of the call."""
    user = signed_in(request)
    typed = typed_in(request)
    if beside is None:
        window = window_of(request)
        beside = actions.save_draft(draft=draft, typed=typed, by=user, window=window).beside
    hold_good_files(form, now)
    shown = CallForm(user=user, now=now, initial=typed)
    shown.show_files_of(form)
    if form.lacks_only_words:
        shown.fields["summary"].widget.attrs |= {
            "autofocus": True,
            "aria-invalid": "true",
            "aria-describedby": "errors",
        }
    leases = leases_for(user, typed["contract"], typed["lease"])
    state = CallPageState(adding=form, beside=beside, is_ending=bool(beside))
    return call_page(request, draft, shown, leases, state, status=409 if beside else 422)
