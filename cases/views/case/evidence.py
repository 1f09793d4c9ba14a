"""Asks the customer for evidence, and says how to send the item back."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import case_workers_only, signed_in
from cases import actions
from cases.forms.evidence_asked import (
    EvidenceRequestForm,
    SettleEvidenceForm,
    TieFileForm,
)
from cases.kinds import slot_name
from cases.queries.asked_for import items_of
from cases.views.case.page import case_page, found_case, named, told
from cases.views.case.refused import RefusedCaseForm
from common.form_errors import try_action


@require_POST
@case_workers_only
def requests(request: HttpRequest, number: str) -> HttpResponse:
    user = signed_in(request)
    found = found_case(user, number)
    now = timezone.now()
    form = EvidenceRequestForm(request.POST, case=found, user=user, now=now)
    if try_action(
        form, lambda: actions.request_evidence(case=found, **form.request, by=user, now=now)
    ):
        messages.success(request, told(found, _("%(name)s will get an email asking for it.")))
        return redirect("case", number=number)
    return case_page(request, found, refused=RefusedCaseForm(asking=form), status=422)


@require_POST
@case_workers_only
def received(request: HttpRequest, number: str) -> HttpResponse:
    user = signed_in(request)
    found = found_case(user, number)
    form = SettleEvidenceForm(request.POST)
    settled: list[bool] = []
    if not try_action(
        form,
        lambda: settled.append(
            actions.settle_evidence(case=found, **form.cleaned_data, by=user, now=timezone.now())
        ),
    ):
        return case_page(request, found, refused=RefusedCaseForm(settling=form), status=422)
    slot = {"evidence": slot_name(form.cleaned_data["slot"])}
    if not any(settled):
        messages.info(request, _("Someone else already recorded this."))
    elif form.cleaned_data["came"]:
        messages.success(request, _("Accepted: %(evidence)s") % slot)
    else:
        messages.success(request, _("No longer needed: %(evidence)s") % slot)
    return redirect("case", number=number)


@require_POST
@case_workers_only
def answers(request: HttpRequest, number: str) -> HttpResponse:
    """Says which requested item a file is that came without a word."""
    user = signed_in(request)
    found = found_case(user, number)
    form = TieFileForm(request.POST, case=found, items=items_of(found))
    if try_action(
        form,
        lambda: actions.tie_file(
            evidence=form.cleaned_data["file"],
            slot=form.cleaned_data["slot"],
            by=user,
            now=timezone.now(),
        ),
    ):
        slot = slot_name(form.cleaned_data["slot"])
        messages.success(request, _("Received: %(evidence)s") % {"evidence": slot})
        return redirect("case", number=number)
    return case_page(request, found, refused=RefusedCaseForm(tying=form), status=422)


@require_POST
@case_workers_only
def return_steps(request: HttpRequest, number: str) -> HttpResponse:
    user = signed_in(request)
    found = found_case(user, number)
    form = forms.Form(request.POST)
    sent: list[bool] = []
    if not try_action(
        form,
        lambda: sent.append(actions.send_return_steps(case=found, by=user, now=timezone.now())),
    ):
        return case_page(request, found, refused=RefusedCaseForm(steps=form), status=422)
    if any(sent):
        messages.success(
            request, _("The return instructions are on their way to %(name)s.") % named(found)
        )
    else:
        messages.info(request, _("The return instructions were already sent today."))
    return redirect("case", number=number)
