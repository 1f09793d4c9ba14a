from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import case_workers_only, signed_in
from cases import actions
from cases.forms.tags import TagForm
from cases.models import Tag
from cases.views.case.page import case_page, found_case
from cases.views.case.refused import RefusedCaseForm
from common.form_errors import try_action


@require_POST
@case_workers_only
def tags(request: HttpRequest, number: str) -> HttpResponse:
    user = signed_in(request)
    found = found_case(user, number)
    form = TagForm(request.POST)
    if try_action(
        form,
        lambda: actions.tag_case(
            case=found, name=form.cleaned_data["tag"], by=user, now=timezone.now()
        ),
    ):
        messages.success(request, _("Tag added."))
        return redirect("case", number=number)
    return case_page(request, found, refused=RefusedCaseForm(tagging=form), status=422)


@require_POST
@case_workers_only
def removal(request: HttpRequest, number: str, tag_id: int) -> HttpResponse:
    user = signed_in(request)
    found = found_case(user, number)
    tag = get_object_or_404(Tag, pk=tag_id)
    if actions.untag_case(case=found, tag=tag, by=user, now=timezone.now()):
        messages.success(request, _("Tag removed."))
    else:
        messages.info(request, _("This case doesn’t have that tag anymore."))
    return redirect("case", number=number)
