from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import case_workers_only, signed_in
from accounts.models import User
from cases import actions
from cases.forms import AssignmentForm, EscalationForm
from cases.forms.reopen import ReopenForm
from cases.models import Case
from cases.queries.people import case_workers
from cases.views.case.page import case_page, found_case, told
from cases.views.case.refused import RefusedCaseForm
from common.form_errors import try_action


@require_POST
@case_workers_only
def assignment(request: HttpRequest, number: str) -> HttpResponse:
    user = signed_in(request)
    found = found_case(user, number)
    form = AssignmentForm(request.POST, people=case_workers(), had=found.assignee_id)
    status = 422
    if form.is_valid():
        try:
            _assign(found, form, user)
        except actions.StaleAssignment as error:
            found = found_case(user, number)
            form.stale(error, had=found.assignee_id)
            status = 409
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("case", number=number)
    return case_page(request, found, refused=RefusedCaseForm(assignment=form), status=status)


def _assign(found: Case, form: AssignmentForm, by: User) -> None:
    had = form.cleaned_data["seen"]
    actions.assign(
        case=found,
        to=form.cleaned_data["to"],
        seen=None if had is None else actions.Seen(had or None),
        by=by,
        now=timezone.now(),
    )


@require_POST
@case_workers_only
def reopening(request: HttpRequest, number: str) -> HttpResponse:
    user, now = signed_in(request), timezone.now()
    found = found_case(user, number)
    if found.is_active:  # a second click, or someone was faster
        messages.info(request, _("This case is already open."))
        return redirect("case", number=number)
    form = ReopenForm(request.POST, now=now)
    if try_action(
        form, lambda: actions.reopen_case(case=found, **form.cleaned_data, by=user, now=now)
    ):
        messages.success(request, told(found, _("Reopened. %(name)s will get an email about it.")))
        return redirect("case", number=number)
    return case_page(request, found, refused=RefusedCaseForm(reopening=form), status=422)


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
