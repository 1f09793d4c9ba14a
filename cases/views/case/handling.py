from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import case_workers_only, signed_in
from cases import actions
from cases.forms import AssignmentForm, EscalationForm
from cases.queries.people import case_workers
from cases.views.case.page import case_page, found_case
from cases.views.case.refused import RefusedCaseForm
from common.form_errors import try_action


@require_POST
@case_workers_only
def assignment(request: HttpRequest, number: str) -> HttpResponse:
    user = signed_in(request)
    found = found_case(user, number)
    form = AssignmentForm(request.POST, people=case_workers())
    if form.is_valid():
        to = form.cleaned_data["to"]
        if try_action(form, lambda: actions.assign(case=found, to=to, by=user, now=timezone.now())):
            return redirect("case", number=number)
    return case_page(request, found, refused=RefusedCaseForm(assignment=form), status=422)


@require_POST
@case_workers_only
def escalations(request: HttpRequest, number: str) -> HttpResponse:
    user = signed_in(request)
    found = found_case(user, number)
    form = EscalationForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if try_action(
            form, lambda: actions.escalate(case=found, reason=reason, by=user, now=timezone.now())
        ):
            messages.success(request, _("A supervisor will review this case first."))
            return redirect("case", number=number)
    return case_page(request, found, refused=RefusedCaseForm(escalation=form), status=422)
