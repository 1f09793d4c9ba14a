from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import case_workers_only, signed_in
from cases import actions
from cases.forms.outside import OutsideAnswerForm, OutsideForm, OutsideMoreForm
from cases.models import OutsideDeadline
from cases.views.case.page import case_page, found_case
from cases.views.case.refused import RefusedCaseForm
from common.company_day import business_day
from common.form_errors import try_action
from common.formats import day


@require_POST
@case_workers_only
def deadlines(request: HttpRequest, number: str) -> HttpResponse:
    user = signed_in(request)
    found = found_case(user, number)
    now = timezone.now()
    form = OutsideForm(request.POST, now=now)
    opened: list[OutsideDeadline] = []
    if try_action(
        form,
        lambda: opened.append(
            actions.open_outside_deadline(case=found, **form.cleaned_data, by=user, now=now)
        ),
    ):
        last = {"day": day(opened[0].due_on)}
        messages.success(request, _("Deadline recorded: respond by %(day)s.") % last)
        return redirect("case", number=number)
    return case_page(request, found, refused=RefusedCaseForm(outside=form), status=422)


@require_POST
@case_workers_only
def answer(request: HttpRequest, number: str, outside_id: int) -> HttpResponse:
    user = signed_in(request)
    found = found_case(user, number)
    now = timezone.now()
    deadline = get_object_or_404(
        OutsideDeadline.objects.select_related("case"), case=found, pk=outside_id
    )
    form = OutsideAnswerForm(request.POST, deadline=deadline, today=business_day(now))
    noted: list[bool] = []
    if not try_action(
        form,
        lambda: noted.append(
            actions.answer_outside_deadline(
                deadline=deadline, **form.cleaned_data, by=user, now=now
            )
        ),
    ):
        return case_page(request, found, refused=RefusedCaseForm(answering=form), status=422)
    if not any(noted):
        messages.info(request, _("Someone else already recorded a response."))
    else:
        messages.success(request, _("Response recorded."))
    return redirect("case", number=number)


@require_POST
@case_workers_only
def extension(request: HttpRequest, number: str, outside_id: int) -> HttpResponse:
    user = signed_in(request)
    found = found_case(user, number)
    now = timezone.now()
    deadline = get_object_or_404(
        OutsideDeadline.objects.select_related("case"), case=found, pk=outside_id
    )
    form = OutsideMoreForm(request.POST, deadline=deadline, today=business_day(now))
    extended: list[OutsideDeadline] = []
    if not try_action(
        form,
        lambda: extended.append(
            actions.extend_outside_deadline(
                deadline=deadline, **form.cleaned_data, by=user, now=now
            )
        ),
    ):
        return case_page(request, found, refused=RefusedCaseForm(extending=form), status=422)
    last = {"day": day(extended[0].due_on)}
    messages.success(request, _("Deadline extended: respond by %(day)s.") % last)
    return redirect("case", number=number)
