from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import case_workers_only, signed_in
from accounts.models import User
from cases import actions, lifecycle
from cases.enums import Kind
from cases.forms import AssignmentForm, EscalationForm, FollowUpForm, UpdateForm
from cases.models import Case, FollowUp
from cases.queries.people import case_workers
from cases.queries.timeline import timeline
from cases.views.refusals import done
from leases.enums import WEEKDAYS
from leases.exchanges import Exchange
from leases.models import BuyoutQuote
from leases.queries.buyout import quote_today
from leases.queries.clock_line import clock_of
from leases.queries.ledger import business_day, exchange_of
from leases.queries.plans import promises_in_force


def _get(user: User, number: str) -> Case:
    cases = (
        Case.objects.visible_to(user).with_parties().select_related("opened_by", "lease__program")
    )
    return get_object_or_404(cases, number=number)


@require_safe
@case_workers_only
def case(request: HttpRequest, number: str) -> HttpResponse:
    return _page(request, _get(signed_in(request), number))


@require_POST
@case_workers_only
def entries(request: HttpRequest, number: str) -> HttpResponse:
    """The composer. A save that comes too late answers 409 and keeps both texts."""
    user = signed_in(request)
    found = _get(user, number)
    form = UpdateForm(request.POST, request.FILES, case=found, user=user)
    stale = request.POST.get("version") not in {None, str(found.version)}
    if not stale and not form.is_valid():
        return _page(request, found, composer=form, status=422)
    if not stale:
        try:
            actions.update_case(
                case=found,
                version=form.cleaned_data["version"],
                update=form.update(),
                files=form.cleaned_data["evidence"],
                by=user,
                now=timezone.now(),
            )
        except actions.StaleCase:
            stale = True
            found = _get(user, number)
        except ValidationError as error:
            form.add_error(None, error)
            return _page(request, found, composer=form, status=422)
    if stale:
        return _stale_page(request, found)
    return redirect("case", number=number)


def _stale_page(request: HttpRequest, found: Case) -> HttpResponse:
    """What was typed, on top of the case as it is now; what came meanwhile is marked."""
    user = signed_in(request)
    typed = request.POST.copy()
    typed["version"] = str(found.version)
    if "due_on" not in UpdateForm(typed, case=found, user=user).changed_data:
        typed["due_on"] = found.due_on.isoformat()  # theirs, if they set another
    typed["initial-due_on"] = found.due_on.isoformat()
    form = UpdateForm(typed, case=found, user=user)
    form.add_error(None, actions.StaleCase())
    seen = request.POST.get("seen", "")[:18]
    typed["seen"] = seen
    return _page(
        request, found, composer=form, status=409, seen=int(seen) if seen.isdecimal() else None
    )


@require_POST
@case_workers_only
def assignment(request: HttpRequest, number: str) -> HttpResponse:
    user = signed_in(request)
    found = _get(user, number)
    form = AssignmentForm(request.POST, people=case_workers())
    if form.is_valid():
        to = form.cleaned_data["to"]
        if done(form, lambda: actions.assign(case=found, to=to, by=user, now=timezone.now())):
            return redirect("case", number=number)
    return _page(request, found, assignment=form, status=422)


@require_POST
@case_workers_only
def escalations(request: HttpRequest, number: str) -> HttpResponse:
    user = signed_in(request)
    found = _get(user, number)
    form = EscalationForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if done(
            form, lambda: actions.escalate(case=found, reason=reason, by=user, now=timezone.now())
        ):
            messages.success(request, _("A supervisor will see this case first."))
            return redirect("case", number=number)
    return _page(request, found, escalation=form, status=422)


@require_POST
@case_workers_only
def follow_ups(request: HttpRequest, number: str) -> HttpResponse:
    user = signed_in(request)
    found = _get(user, number)
    now = timezone.now()
    form = FollowUpForm(request.POST, now=now)
    if form.is_valid():
        typed = form.cleaned_data
        if done(form, lambda: actions.set_follow_up(case=found, **typed, by=user, now=now)):
            days = found.lease.customer.available_days
            if days and WEEKDAYS[typed["on"].weekday()] not in days:
                messages.warning(request, _("Please note: the customer is not available that day."))
            return redirect("case", number=number)
    return _page(request, found, follow_up=form, status=422)


@require_POST
@case_workers_only
def follow_up_cancellation(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    user = signed_in(request)
    found = _get(user, number)
    follow_up = get_object_or_404(FollowUp.objects.select_related("case"), case=found, pk=pk)
    if not actions.cancel_follow_up(follow_up=follow_up, by=user, now=timezone.now()):
        messages.info(request, _("This follow-up was already sent or cancelled."))
    return redirect("case", number=number)


#: Where the customer may want to keep the product: the page says what buying it costs.
BUYING_HELPS = {Kind.LATE_PAYMENT, Kind.BUYOUT, Kind.CANCELLATION}


#: Where the page says whether the merchant's program has exchanges.
EXCHANGE_MATTERS = {Kind.EXCHANGE, Kind.RETURN, Kind.DEFECTIVE}


def _exchange(found: Case, now: datetime) -> Exchange | None:
    if found.kind not in EXCHANGE_MATTERS or not found.is_active:
        return None
    return exchange_of(found.lease, business_day(now))


def _buyout(found: Case, now: datetime) -> BuyoutQuote | None:
    if found.kind not in BUYING_HELPS or not found.is_active:
        return None
    try:
        return quote_today(found.lease, now)
    except ValidationError:
        return None  # not delivered, or nothing left to buy: the lease's page says which


def _page(
    request: HttpRequest,
    found: Case,
    *,
    status: int = 200,
    composer: UpdateForm | None = None,
    assignment: AssignmentForm | None = None,
    escalation: EscalationForm | None = None,
    follow_up: FollowUpForm | None = None,
    seen: int | None = None,
) -> HttpResponse:
    """The case's page, with the form that was refused still filled in."""
    user = signed_in(request)
    now = timezone.now()
    entries = timeline(found, user=user, after=request.GET.get("after", ""))
    newest = entries.rows[0].pk if entries.rows else 0
    customer = found.lease.customer
    if composer is None:
        composer = UpdateForm(
            case=found,
            user=user,
            initial={
                "version": found.version,
                "seen": newest,
                "language": customer.language,
                "due_on": found.due_on,
            },
        )
    people = case_workers()
    agreed, promises = promises_in_force(found.lease, business_day(now))
    return render(
        request,
        "cases/case.html",
        {
            "case": found,
            # Where the language switch leads from a form that was refused under its own address.
            "page_address": reverse("case", args=[found.number]),
            "customer": customer,
            "lease": found.lease,
            "clock": clock_of(found.lease, now),
            "buyout": _buyout(found, now),
            "exchange": _exchange(found, now),
            "today": timezone.localdate(now),
            "agreed": agreed,
            "promises": promises,
            "promise_missed": any(each.missed for each in promises),
            "entries": entries,
            "seen": seen,
            "composer": composer,
            "assignment": assignment
            or AssignmentForm(people=people, initial={"to": found.assignee_id}),
            "escalation": escalation or EscalationForm(),
            "may_escalate": found.status in lifecycle.ESCALATABLE,
            "escalations": found.escalations.select_related("by")[:5],
            "follow_up": follow_up or FollowUpForm(now=now),
            "follow_ups": found.follow_ups.select_related("by")[:20],
        },
        status=status,
    )
