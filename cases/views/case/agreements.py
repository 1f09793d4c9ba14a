from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import case_workers_only, signed_in
from cases import actions
from cases.enums import Party, PromiseOutcome
from cases.forms.agreements import AgreementForm, SettlementForm
from cases.models import Promise
from cases.views.case.page import case_page, found_case, told
from cases.views.case.refused import RefusedCaseForm
from common.form_errors import try_action


@require_POST
@case_workers_only
def agreements(request: HttpRequest, number: str) -> HttpResponse:
    user = signed_in(request)
    found = found_case(user, number)
    form = AgreementForm(request.POST, case=found)
    if try_action(
        form,
        lambda: actions.make_promise(case=found, agreed=form.agreed, by=user, now=timezone.now()),
    ):
        messages.success(request, told(found, _("%(name)s will get it in writing.")))
        return redirect("case", number=number)
    return case_page(request, found, refused=RefusedCaseForm(agreement=form), status=422)


@require_POST
@case_workers_only
def settlement(request: HttpRequest, number: str, promise_id: int) -> HttpResponse:
    user = signed_in(request)
    found = found_case(user, number)
    promises = Promise.objects.select_related(
        "case__lease__customer", "case__lease__store", "case__contact"
    )
    promise = get_object_or_404(promises, case=found, pk=promise_id)
    form = SettlementForm(request.POST, promise=promise)
    settled: list[bool] = []
    if not try_action(
        form,
        lambda: settled.append(
            actions.settle_promise(
                promise=promise,
                outcome=form.cleaned_data["outcome"],
                reason=form.cleaned_data["reason"],
                by=user,
                now=timezone.now(),
            )
        ),
    ):
        return case_page(request, found, refused=RefusedCaseForm(settlement=form), status=422)
    if not any(settled):
        messages.info(request, _("Someone else already closed this agreement."))
    else:
        messages.success(request, _noted(promise, form.cleaned_data["outcome"]))
    return redirect("case", number=number)


def _noted(promise: Promise, outcome: str) -> str:
    if outcome == PromiseOutcome.KEPT:
        return _("Saved: the agreement was kept.")
    if outcome == PromiseOutcome.WITHDRAWN:
        return told(promise.case, _("Agreement withdrawn. %(name)s will be told by email."))
    if promise.party == Party.CUSTOMER:
        words = _("Saved: the agreement wasn’t kept. %(name)s will be told by email.")
        return told(promise.case, words)
    return _("Saved: the agreement wasn’t kept.")
