"""Agreeing about payments: what the contract allows and why not, proposals, what was agreed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import case_workers_only, lease_readers_only, signed_in
from accounts.models import User
from cases import actions
from cases.forms.plans import (
    CancellationForm,
    RecoveryForm,
    RestructuringForm,
    open_cases,
)
from cases.views.lease.plan_page import TAB, RefusedPlanForm, plan_page, rescheduling_form
from common.company_day import business_day
from common.form_errors import try_action
from leases.actions import plans as agreements
from leases.models import Lease
from leases.queries.plans import situation_of
from leases.views.frame import lease_frame


@require_safe
@lease_readers_only
def plans(request: HttpRequest, account_number: str) -> HttpResponse:
    """`?plan=recovery` and `?plan=restructuring` with the form's fields show a proposal."""
    return plan_page(request, account_number)


@require_POST
@case_workers_only
def recovery(request: HttpRequest, account_number: str) -> HttpResponse:
    lease = _lease(request, account_number)
    form = RecoveryForm.typed(request.POST, cases=open_cases(lease, signed_in(request)))
    return _agree(
        request, lease, form, RefusedPlanForm(recovery=form),
        lambda typed, by, now: agreements.agree_recovery(
            lease=lease, promises=form.promises(), note=typed["note"], by=by, now=now
        ),
    )  # fmt: skip


@require_POST
@case_workers_only
def rescheduling(request: HttpRequest, account_number: str) -> HttpResponse:
    lease = _lease(request, account_number)
    now = timezone.now()
    cases = open_cases(lease, signed_in(request))
    form = rescheduling_form(situation_of(lease, now), business_day(now), cases, request.POST)
    return _agree(
        request, lease, form, RefusedPlanForm(rescheduling=form),
        lambda typed, by, now: agreements.reschedule(
            lease=lease, number=typed["number"], to=typed["to"], note=typed["note"], by=by, now=now
        ),
    )  # fmt: skip


@require_POST
@case_workers_only
def restructuring(request: HttpRequest, account_number: str) -> HttpResponse:
    lease = _lease(request, account_number)
    form = RestructuringForm(request.POST, cases=open_cases(lease, signed_in(request)))
    return _agree(
        request, lease, form, RefusedPlanForm(restructuring=form),
        lambda typed, by, now: agreements.restructure(
            lease=lease, count=typed["lowered"], percent=typed["percent"], spread=typed["spread"],
            note=typed["note"], by=by, now=now,
        ),
    )  # fmt: skip


@require_POST
@case_workers_only
def cancellation(request: HttpRequest, account_number: str, plan_id: int) -> HttpResponse:
    lease = _lease(request, account_number)
    plan = lease.plans.filter(pk=plan_id).first()
    if plan is None:
        raise Http404
    form = CancellationForm(request.POST, plan=plan.pk, cases=open_cases(lease, signed_in(request)))
    if try_action(
        form,
        lambda: actions.cancel_plan(
            plan=plan, reason=form.cleaned_data["note"], case=form.cleaned_data["case"],
            by=signed_in(request), now=timezone.now(),
        ),
    ):  # fmt: skip
        messages.success(
            request, _("Done. The plan is canceled. The customer will get it in writing by email.")
        )
        return redirect(TAB, account_number)
    return plan_page(
        request, account_number, status=422, refused=RefusedPlanForm(cancellation=form)
    )


def _lease(request: HttpRequest, account_number: str) -> Lease:
    return lease_frame(request, account_number, TAB)[0]


def _agree(
    request: HttpRequest,
    lease: Lease,
    form: forms.Form,
    refused: RefusedPlanForm,
    agree: Callable[[dict[str, Any], User, datetime], agreements.Agreement],
) -> HttpResponse:
    by, now = signed_in(request), timezone.now()
    if try_action(
        form,
        lambda: actions.agree_plan(
            lambda: agree(form.cleaned_data, by, now),
            case=form.cleaned_data["case"],
            by=by,
            now=now,
        ),
    ):
        messages.success(request, _("Done. The customer will get it in writing by email."))
        return redirect(TAB, lease.account_number)
    return plan_page(request, lease.account_number, status=422, refused=refused)
