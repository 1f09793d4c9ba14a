"""The page about plans, with a refused form still filled in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from accounts.access import signed_in
from cases.forms.plans import (
    CancellationForm,
    LoweringForm,
    ProposalForm,
    RecoveryForm,
    ReschedulingForm,
    RestructuringForm,
    open_cases,
)
from cases.models import Case
from common.company_day import business_day
from leases import plan_terms
from leases.enums import Frequency, PlanKind, Spread
from leases.models import Lease
from leases.queries.plan_list import ListedPlan, listed_plans
from leases.queries.plans import frequency_of, situation_of
from leases.views.frame import lease_frame

TAB = "lease_plans"


@dataclass(frozen=True, kw_only=True)
class RefusedPlanForm:
    """The form on the page that was refused; it's shown with what was typed."""

    recovery: RecoveryForm | None = None
    rescheduling: ReschedulingForm | None = None
    restructuring: RestructuringForm | None = None
    cancellation: CancellationForm | None = None


NONE_REFUSED = RefusedPlanForm()


def plan_page(
    request: HttpRequest,
    account_number: str,
    *,
    status: int = 200,
    refused: RefusedPlanForm = NONE_REFUSED,
) -> HttpResponse:
    now = timezone.now()
    lease, context = lease_frame(request, account_number, TAB, now=now)
    today = business_day(now)
    situation = situation_of(lease, now)
    user = signed_in(request)
    context |= {
        "page_address": reverse(TAB, args=[account_number]),
        "money": situation.standing,
        "terms": getattr(lease, "terms", None),
        "today": today,
        "kinds": {
            PlanKind.RECOVERY.value: plan_terms.recovery(situation),
            PlanKind.RESCHEDULING.value: plan_terms.rescheduling(situation, today),
            PlanKind.RESTRUCTURING.value: plan_terms.restructuring(situation, today),
        },
        "refused": refused,
    }
    plans = listed_plans(lease, today)
    if user.works_cases:
        cases = open_cases(lease, user)
        context |= _recovery(request, lease, situation, today, cases, refused)
        context |= _restructuring(request, lease, situation, today, cases, refused)
        context["rescheduling"] = refused.rescheduling or rescheduling_form(situation, today, cases)
        for each in plans:
            each.form = _cancellation(each, cases, refused.cancellation)
    context["plans"] = plans
    return render(request, "leases/plans.html", context, status=status)


def _recovery(
    request: HttpRequest,
    lease: Lease,
    situation: plan_terms.Situation,
    today: date,
    cases: list[Case],
    refused: RefusedPlanForm,
) -> dict[str, Any]:
    """Asks for a proposal and, once that is answered, shows the promises to confirm."""
    if refused.recovery:
        proposal = ProposalForm(initial=_usual(lease, situation, today))
        return {"proposal": proposal, "recovery": refused.recovery}
    if request.GET.get("plan") != "recovery" or not plan_terms.recovery(situation).allowed:
        return {"proposal": ProposalForm(initial=_usual(lease, situation, today))}
    form = ProposalForm(request.GET)
    if not form.is_valid():
        return {"proposal": form}
    typed = form.cleaned_data
    promises = plan_terms.proposed(
        situation.standing.arrears, typed["count"], typed["first_on"], typed["step"]
    )
    return {"proposal": form, "recovery": RecoveryForm.proposing(promises, cases=cases)}


def _usual(lease: Lease, situation: plan_terms.Situation, today: date) -> dict[str, Any]:
    most = situation.program.recovery_payments if situation.program else 1
    return {
        "count": max(1, most),
        "first_on": today + timedelta(weeks=1),
        "step": Frequency(frequency_of(lease)).value,
    }


def _restructuring(
    request: HttpRequest,
    lease: Lease,
    situation: plan_terms.Situation,
    today: date,
    cases: list[Case],
    refused: RefusedPlanForm,
) -> dict[str, Any]:
    initial = {"lowered": 1, "percent": 50, "spread": Spread.LATER.value}
    if form := refused.restructuring:
        lowering = LoweringForm(initial={name: form.data.get(name) for name in initial})
        return {"lowering": lowering, "restructuring": form}
    if request.GET.get("plan") != "restructuring":
        return {"lowering": LoweringForm(initial=initial)}
    lowering = LoweringForm(request.GET)
    if not lowering.is_valid():
        return {"lowering": lowering}
    typed = lowering.cleaned_data
    try:
        changes = plan_terms.lowered(
            situation,
            count=typed["lowered"],
            percent=typed["percent"],
            spread=typed["spread"],
            frequency=frequency_of(lease),
            today=today,
        )
    except ValidationError as error:
        lowering.add_error(None, error)
        return {"lowering": lowering}
    return {
        "lowering": lowering,
        "changes": changes,
        "restructuring": RestructuringForm(initial=typed, cases=cases),
    }


def _cancellation(
    row: ListedPlan, cases: list[Case], refused: CancellationForm | None
) -> CancellationForm | None:
    if refused and refused.plan == row.plan.pk:
        return refused
    return CancellationForm(plan=row.plan.pk, cases=cases) if row.in_force else None


def rescheduling_form(
    situation: plan_terms.Situation, today: date, cases: list[Case], data: Any = None
) -> ReschedulingForm:
    movable = []
    if plan_terms.rescheduling(situation, today).allowed:
        movable = [
            (row, plan_terms.last_day(situation, row))
            for row in plan_terms.movable(situation, today)
        ]
    return ReschedulingForm(data, movable=movable, cases=cases)
