"""The customers' pages: their own leases and cases, in plain words, nothing internal."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages as notices
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import customers_only, signed_in
from accounts.models import User
from cases import actions, words
from cases.forms import MessageForm
from cases.forms.evidence import Holding, hold_good_files
from cases.kinds import outcome_for_customer
from cases.models import Case
from cases.portal.agreements import agreement_cards
from cases.portal.steps import steps
from cases.queries.answers import answers_of
from cases.queries.asked_for import items_of
from cases.queries.merges import merged_into
from cases.queries.next_step import turns
from cases.queries.numbered import case_numbered
from cases.queries.outcomes import outcomes_of
from cases.queries.timeline import timeline
from cases.questions import words_of
from cases.turns import Turn
from common.company_day import business_day
from common.form_errors import add_refusal
from leases.models import Customer, Lease
from leases.portal.page import lease_cards
from leases.queries.clock_line import clock_of
from leases.queries.find import leases_numbered


@require_safe
@customers_only
def home(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    now = timezone.now()
    seen = Case.objects.visible_to(user).select_related("kind", "lease__store")
    leases = Lease.objects.visible_to(user).with_parties().order_by("-applied_at", "-id")[:50]
    return render(
        request,
        "portal/home.html",
        {
            "customer": Customer.objects.visible_to(user).first(),
            "cases": _summaries(seen.order_by("-opened_at")[:50]),
            "leases": [
                {"lease": lease, "clock": clock_of(lease, now, for_customer=True)}
                for lease in leases
            ],
        },
    )


def _summaries(cases: Iterable[Case]) -> list[dict[str, object]]:
    """Cases as their customer reads them."""
    found = list(cases)
    outcomes = outcomes_of(found)
    told = turns(found, since=business_day(timezone.now()))
    return [_summary(case, outcomes.get(case.pk, ""), told[case.pk]) for case in found]


def _summary(case: Case, outcome: str, told: Turn) -> dict[str, object]:
    status, step = told
    return {
        "case": case,
        "status": words.status_for_customer(status),
        "outcome": outcome_for_customer(outcome) if outcome else "",
        "who_acts": words.who_acts_for_customer(step.party),
        "step": step,
        "steps": steps(status),
    }


def _get(user: User, number: str) -> Case:
    found = case_numbered(number, Case.objects.visible_to(user).with_parties())
    if found is None:
        raise Http404
    return found


@require_safe
@customers_only
def case(request: HttpRequest, number: str) -> HttpResponse:
    found = _get(signed_in(request), number)
    if found.number != number:  # that of a call added to it
        return redirect("portal_case", number=found.number)
    return _page(request, found, MessageForm(items=items_of(found) if found.is_active else []))


@require_POST
@customers_only
def messages(request: HttpRequest, number: str) -> HttpResponse:
    """A message or files from the customer."""
    user = signed_in(request)
    found = _get(user, number)
    form = MessageForm(
        request.POST,
        request.FILES,
        items=items_of(found) if found.is_active else [],
        holding=Holding(user, request.path),
    )
    if form.is_valid():
        try:
            written = actions.add_customer_message(
                case=found,
                body=form.cleaned_data["body"],
                files=form.cleaned_data["evidence"],
                answers=form.cleaned_data["answers"],
                by=user,
                now=timezone.now(),
            )
        except ValidationError as error:
            add_refusal(form, error)
        else:
            notices.success(request, _("We got it. You’ll find it below."))
            return redirect("portal_case", number=written.number)
    hold_good_files(form, timezone.now())
    return _page(request, found, form, status=422)


def _page(
    request: HttpRequest, found: Case, form: MessageForm, *, status: int = 200
) -> HttpResponse:
    user = signed_in(request)
    entries = timeline(found, user=user, after=request.GET.get("after", ""))
    return render(
        request,
        "portal/case.html",
        _summaries([found])[0]
        | {
            "entries": entries,
            "form": form,
            "lease": found.lease,
            "goes_on_in": merged_into(found),
            "agreements": agreement_cards(found),
            "answers": [(each, words_of(each)) for each in answers_of(found, user=user).values()],
            "missing": [each for each in form.items if each.is_missing],
            "here": [each for each in form.items if not each.is_missing],
            "page_address": reverse("portal_case", args=[found.number]),
        },
        status=status,
    )


@require_safe
@customers_only
def lease(request: HttpRequest, account_number: str) -> HttpResponse:
    user = signed_in(request)
    found = get_object_or_404(leases_numbered(account_number, user=user))
    cases = Case.objects.visible_to(user).filter(lease=found).order_by("-opened_at")
    return render(
        request,
        "portal/lease.html",
        lease_cards(found, timezone.now())
        | {"cases": _summaries(cases.select_related("kind")[:50])},
    )
