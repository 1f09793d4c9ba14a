from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import case_workers_only, signed_in
from cases import actions
from cases.forms import FollowUpForm
from cases.models import FollowUp
from cases.views.case.page import case_page, found_case
from cases.views.refusals import done
from leases.enums import WEEKDAYS


@require_POST
@case_workers_only
def follow_ups(request: HttpRequest, number: str) -> HttpResponse:
    user = signed_in(request)
    found = found_case(user, number)
    now = timezone.now()
    form = FollowUpForm(request.POST, now=now)
    if form.is_valid():
        typed = form.cleaned_data
        if done(form, lambda: actions.set_follow_up(case=found, **typed, by=user, now=now)):
            days = found.lease.customer.available_days
            if days and WEEKDAYS[typed["on"].weekday()] not in days:
                messages.warning(request, _("Please note: the customer is not available that day."))
            return redirect("case", number=number)
    return case_page(request, found, follow_up=form, status=422)


@require_POST
@case_workers_only
def cancellation(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    user = signed_in(request)
    found = found_case(user, number)
    follow_up = get_object_or_404(FollowUp.objects.select_related("case"), case=found, pk=pk)
    if not actions.cancel_follow_up(follow_up=follow_up, by=user, now=timezone.now()):
        messages.info(request, _("This follow-up was already sent or cancelled."))
    return redirect("case", number=number)
