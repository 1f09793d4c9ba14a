"""What merchant services decides about a lease: reviews, answers, stuck signatures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Literal

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import merchant_services_only, signed_in
from accounts.models import User
from common.form_errors import add_refusal
from leases import actions
from leases.enums import LeaseStatus as S
from leases.forms import DecisionForm, ReviewForm
from leases.lifecycle import INITIAL, TRANSITIONS, UNDECIDED, allows
from leases.models import Lease
from leases.queries.clock_line import clock_of
from leases.queries.find import leases_numbered

#: The order in which answers are offered.
ANSWERS = [S.APPROVED, S.PRE_APPROVED, S.PREQUALIFIED, S.DENIED]

#: What merchant services may do with a lease; `place` and `end` belong to a review.
DecisionName = Literal["decide", "place", "end", "accept"]


def decision_forms(lease: Lease, user: User, now: datetime) -> dict[DecisionName, forms.Form]:
    """What this person may do with the lease now.

    Empty for anyone but merchant services, and for a lease that a newer application replaced.
    """
    status = lease.status_at(now)
    offered: dict[DecisionName, forms.Form] = {}
    if not user.decides_leases:
        return offered
    if status in UNDECIDED:
        offered["decide"] = _form("decide", status)
    if status == S.IN_PROCESS:
        offered["end"] = _form("end", status)
    if allows(status, S.IN_PROCESS):
        offered["place"] = _form("place", status)
    if status == S.CONTRACTS_RECEIVED:
        offered["accept"] = _form("accept", status)
    if offered and Lease.objects.filter(supersedes=lease).exists():
        return {}
    return offered


def _form(name: DecisionName, status: S, data: Any = None) -> forms.Form:
    """A choice that was allowed when the page was made is left to the action, which says
    why not.
    """
    settings: dict[str, Any] = {"auto_id": f"{name}-%s"}
    if name in {"decide", "end"}:
        legal = INITIAL if data is not None else TRANSITIONS[status]
        offered = [each for each in ANSWERS if each in legal]
        if name == "end":
            offered = [S.APPROVED, S.DENIED]
        return DecisionForm(data, offered=offered, **settings)
    return (ReviewForm if name == "place" else forms.Form)(data, **settings)


@require_POST
@merchant_services_only
def review(request: HttpRequest, account_number: str) -> HttpResponse:
    """Starts or ends a review; the form says which, so that a second click can't mix them up."""
    user, now = signed_in(request), timezone.now()
    lease = get_object_or_404(leases_numbered(account_number, user=user))
    name: DecisionName = "end" if request.POST.get("step") == "end" else "place"
    form = _form(name, lease.status_at(now), request.POST)

    def act(typed: dict[str, Any]) -> Lease:
        if name == "place":
            return actions.place_in_review(lease=lease, reason=typed["reason"], by=user, now=now)
        return actions.end_review(
            lease=lease,
            approval_limit=typed["approval_limit"],
            reason=typed["reason"],
            by=user,
            now=now,
        )

    return _answer(request, lease, name, form, act, now)


@require_POST
@merchant_services_only
def decision(request: HttpRequest, account_number: str) -> HttpResponse:
    """The answer to an application that is still open."""
    user, now = signed_in(request), timezone.now()
    lease = get_object_or_404(leases_numbered(account_number, user=user))
    form = _form("decide", lease.status_at(now), request.POST)

    def act(typed: dict[str, Any]) -> Lease:
        return actions.decide(
            lease=lease,
            decision=S(typed["decision"]),
            approval_limit=typed["approval_limit"],
            reason=typed["reason"],
            by=user,
            now=now,
        )

    return _answer(request, lease, "decide", form, act, now)


@require_POST
@merchant_services_only
def acceptance(request: HttpRequest, account_number: str) -> HttpResponse:
    """Moves on a signed lease that got stuck."""
    user, now = signed_in(request), timezone.now()
    lease = get_object_or_404(leases_numbered(account_number, user=user))
    form = _form("accept", lease.status_at(now), request.POST)
    return _answer(
        request,
        lease,
        "accept",
        form,
        lambda typed: actions.accept_signed(lease=lease, by=user, now=now),
        now,
    )


def _answer(
    request: HttpRequest,
    lease: Lease,
    name: DecisionName,
    form: forms.Form,
    act: Callable[[dict[str, Any]], Lease],
    now: datetime,
) -> HttpResponse:
    """Back to the lease, or 422 with what was typed."""
    if form.is_valid():
        try:
            moved = act(form.cleaned_data)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            status = moved.status_at(now).label
            messages.success(request, _("The lease is now “%(status)s.”") % {"status": status})
            return redirect("lease", account_number=lease.account_number)
    return render(
        request,
        "leases/decide.html",
        {
            "lease": lease,
            "clock": clock_of(lease, now),
            "decisions": decision_forms(lease, signed_in(request), now) | {name: form},
            "page_address": reverse("lease", args=[lease.account_number]),
        },
        status=422,
    )
