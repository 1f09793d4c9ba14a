"""A case is snoozed until a day, and brought back before it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import case_workers_only, signed_in
from cases import actions
from cases.views.case.page import case_page, found_case
from cases.views.case.refused import RefusedCaseForm
from cases.views.case.snooze_panel import snooze_form
from common.form_errors import try_action
from common.formats import day_head


@require_POST
@case_workers_only
def snooze(request: HttpRequest, number: str) -> HttpResponse:
    user, now = signed_in(request), timezone.now()
    found = found_case(user, number)
    form = snooze_form(found, now, request.POST)
    if try_action(
        form, lambda: actions.snooze_case(case=found, **form.cleaned_data, by=user, now=now)
    ):
        said = {"day": day_head(form.cleaned_data["until"])}
        messages.success(
            request, _("Snoozed until %(day)s. You’ll find it under “Snoozed.”") % said
        )
        return redirect("case", number=number)
    return case_page(request, found, refused=RefusedCaseForm(snoozing=form), status=422)


@require_POST
@case_workers_only
def end(request: HttpRequest, number: str) -> HttpResponse:
    user = signed_in(request)
    found = found_case(user, number)
    if actions.bring_back(case=found, by=user, now=timezone.now()):
        messages.success(request, _("The case is back in the queue."))
    return redirect("case", number=number)
