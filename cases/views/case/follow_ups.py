from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import case_workers_only, signed_in
from cases import actions
from cases.forms import CallMadeForm, FollowUpForm, MoveForm
from cases.models import Case, FollowUp
from cases.views.case.page import case_page, found_case
from cases.views.case.refused import RefusedCaseForm
from cases.views.correspondence.follow_ups import shown_week
from cases.views.follow_up_words import tell_when
from common.company_day import business_day
from common.form_errors import add_refusal


@require_POST
@case_workers_only
def follow_ups(request: HttpRequest, number: str) -> HttpResponse:
    user = signed_in(request)
    found = found_case(user, number)
    now = timezone.now()
    form = FollowUpForm(request.POST, case=found, now=now)
    if form.is_valid():
        try:
            made = actions.set_follow_up(case=found, **form.plan, by=user, now=now)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            tell_when(request, made, asked=form.cleaned_data["on"])
            return redirect("case", number=number)
    return case_page(request, found, refused=RefusedCaseForm(follow_up=form), status=422)


@require_POST
@case_workers_only
def day(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Moves it to another day. A move that comes too late answers 409 and says what happened."""
    user = signed_in(request)
    found = found_case(user, number)
    follow_up = _of(found, pk)
    form = MoveForm(request.POST, follow_up=follow_up, today=business_day(timezone.now()))
    if not form.is_valid():
        return case_page(request, found, refused=RefusedCaseForm(moving=form), status=422)
    try:
        moved = actions.move_follow_up(
            follow_up=follow_up, **form.cleaned_data, by=user, now=timezone.now()
        )
    except ValidationError as error:
        add_refusal(form, error)
        is_stale = isinstance(error, actions.StaleFollowUp)
        return case_page(
            request, found, refused=RefusedCaseForm(moving=form), status=409 if is_stale else 422
        )
    tell_when(request, moved, asked=form.cleaned_data["to"])
    return redirect("case", number=number)


@require_POST
@case_workers_only
def completion(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """The call was made, said here or in the calendar, which is then shown again.

    If that comes too late, what was typed is in the composer.
    """
    user = signed_in(request)
    found = found_case(user, number)
    form = CallMadeForm(request.POST, follow_up=_of(found, pk))
    if not form.is_valid():
        return case_page(request, found, refused=RefusedCaseForm(calling=form), status=422)
    told = form.cleaned_data
    words = told["words"]
    try:
        actions.finish_follow_up(follow_up=form.follow_up, **told, by=user, now=timezone.now())
    except ValidationError as error:
        add_refusal(form, error)
        is_stale = isinstance(error, actions.StaleFollowUp)
        status = 409 if is_stale else 422
        return case_page(
            request, found, refused=RefusedCaseForm(calling=form), words=words, status=status
        )
    messages.success(request, _("Call marked as completed."))
    return redirect(shown_week(request.POST) or reverse("case", args=[number]))


@require_POST
@case_workers_only
def cancellation(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    user = signed_in(request)
    follow_up = _of(found_case(user, number), pk)
    if actions.cancel_follow_up(follow_up=follow_up, by=user, now=timezone.now()):
        messages.success(request, _("Follow-up canceled."))
    else:
        messages.info(request, _("This follow-up was already sent or canceled."))
    return redirect("case", number=number)


def _of(case: Case, pk: int) -> FollowUp:
    return get_object_or_404(FollowUp.objects.select_related("case"), case=case, pk=pk)
