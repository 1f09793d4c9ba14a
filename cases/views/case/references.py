from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import case_workers_only, signed_in
from cases import actions
from cases.forms.references import ReferenceForm
from cases.models import CaseReference
from cases.views.case.page import case_page, found_case
from cases.views.case.refused import RefusedCaseForm
from common.form_errors import try_action


@require_POST
@case_workers_only
def references(request: HttpRequest, number: str) -> HttpResponse:
    user = signed_in(request)
    found = found_case(user, number)
    form = ReferenceForm(request.POST)
    if try_action(
        form,
        lambda: actions.add_reference(case=found, **form.cleaned_data, by=user, now=timezone.now()),
    ):
        messages.success(request, _("Reference saved. The search finds it now."))
        return redirect("case", number=number)
    return case_page(request, found, refused=RefusedCaseForm(referring=form), status=422)


@require_POST
@case_workers_only
def removal(request: HttpRequest, number: str, reference_id: int) -> HttpResponse:
    user = signed_in(request)
    found = found_case(user, number)
    reference = get_object_or_404(
        CaseReference.objects.select_related("case"), case=found, pk=reference_id
    )
    if actions.remove_reference(reference=reference, by=user, now=timezone.now()):
        messages.success(request, _("Reference removed."))
    else:
        messages.info(request, _("Someone else already removed this reference."))
    return redirect("case", number=number)
