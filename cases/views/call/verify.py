"""Asking a caller who they are, during the call. Nothing typed elsewhere is lost."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

from accounts.access import signed_in
from cases import actions
from cases.enums import CallerRelation
from cases.forms import CallForm
from cases.forms.caller import VerificationForm
from cases.models import CallDraft
from cases.views.call.find import keep_files
from cases.views.call.leases import Leases, leases_for
from cases.views.call.page_state import CallPageState
from cases.views.call.shown import ABOUT, call_page
from cases.views.call.typed import typed_in
from cases.views.call.windows import window_of
from common.form_errors import add_refusal
from leases.queries.ssn_digits import has_ssn_digits


def verified(request: HttpRequest, draft: CallDraft, sent: CallForm, now: datetime) -> HttpResponse:
    """Whether what was heard is what we have: `verify` is `right` or `wrong`."""
    user = signed_in(request)
    typed = typed_in(request)
    saved = actions.save_draft(draft=draft, typed=typed, by=user, window=window_of(request))
    leases = leases_for(user, typed["contract"], typed["lease"])
    refused = _refused(request, draft, leases, now)
    form = CallForm(user=user, now=now, initial=typed)
    if not request.headers.get("HX-Request"):
        keep_files(request, sent, form, now)
    state = CallPageState(part=ABOUT, verifying=refused, beside=saved.beside)
    return call_page(request, draft, form, leases, state, status=422 if refused else 200)


def _refused(
    request: HttpRequest, draft: CallDraft, leases: Leases, now: datetime
) -> VerificationForm | None:
    lease = leases.chosen
    if lease is None:
        return None  # the page asks for one first
    form = VerificationForm(
        request.POST, asks_ssn=has_ssn_digits(lease), email=lease.customer.email
    )
    if form.is_valid():
        try:
            actions.verify_caller(
                lease=lease,
                draft=draft,
                relation=request.POST.get("relation") or CallerRelation.CUSTOMER,
                is_right=request.POST.get("verify") == "right",
                by=signed_in(request),
                now=now,
                **form.answers(),
            )
        except ValidationError as error:
            add_refusal(form, error)
    return form if form.errors else None
