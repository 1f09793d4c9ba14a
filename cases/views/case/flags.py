from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import case_workers_only, signed_in, supervisors_only
from cases import actions
from cases.forms.flags import FLAG_FORMS, LiftForm
from cases.models import CaseFlag
from cases.views.case.page import case_page, found_case
from cases.views.case.refused import RefusedCaseForm
from common.form_errors import try_action


@require_POST
@case_workers_only
def flags(request: HttpRequest, number: str) -> HttpResponse:
    user = signed_in(request)
    found = found_case(user, number)
    of_kind = FLAG_FORMS.get(request.POST.get("kind", ""))
    if of_kind is None:
        return HttpResponseBadRequest()
    form = of_kind(request.POST)
    if try_action(
        form, lambda: actions.flag_case(case=found, **form.told, by=user, now=timezone.now())
    ):
        messages.success(request, _("Flag added. The supervisors will be told by email."))
        return redirect("case", number=number)
    return case_page(request, found, refused=RefusedCaseForm(flagging=form), status=422)


@require_POST
@supervisors_only
def lifting(request: HttpRequest, number: str, flag_id: int) -> HttpResponse:
    user = signed_in(request)
    found = found_case(user, number)
    flag = get_object_or_404(CaseFlag.objects.select_related("case"), case=found, pk=flag_id)
    form = LiftForm(request.POST, flag=flag)
    lifted: list[bool] = []
    if not try_action(
        form,
        lambda: lifted.append(
            actions.lift_flag(flag=flag, **form.cleaned_data, by=user, now=timezone.now())
        ),
    ):
        return case_page(request, found, refused=RefusedCaseForm(lifting=form), status=422)
    if any(lifted):
        messages.success(request, _("Flag removed."))
    else:
        messages.info(request, _("Someone else already removed this flag."))
    return redirect("case", number=number)
