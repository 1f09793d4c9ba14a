"""Refunds of a case: promised, recorded as paid, or withdrawn."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import case_workers_only, signed_in
from accounts.models import User
from cases import actions
from cases.forms.refund import (
    RefundPaidForm,
    RefundPromiseForm,
    RefundWithdrawalForm,
    refund_asked,
)
from cases.models import Case
from cases.queries.refunds import refunds_of
from cases.views.case.page import found_case, told
from common.company_day import business_day
from common.form_errors import try_action
from leases.models import Refund
from leases.queries.refunds import money_back


@require_http_methods(["GET", "HEAD", "POST"])
@case_workers_only
def refunds(request: HttpRequest, number: str) -> HttpResponse:
    """All of the case. A POST promises one, for supervisors."""
    user, now = signed_in(request), timezone.now()
    found = found_case(user, number)
    if found.lease is None:
        raise Http404
    if request.method != "POST":
        return _list(request, found, now)
    if not user.supervises:
        raise Http404
    form = RefundPromiseForm(request.POST, today=business_day(now))
    if form.is_valid() and try_action(
        form,
        lambda: actions.promise_refund(
            case=found, amount=form.cleaned_data["amount"], owed=form.owed, by=user, now=now
        ),
    ):
        messages.success(request, told(found, _("Promised. %(name)s will get an email about it.")))
        return redirect("case_refunds", number=found.number)
    return _list(request, found, now, form)


def _list(
    request: HttpRequest, found: Case, now: datetime, form: RefundPromiseForm | None = None
) -> HttpResponse:
    user = signed_in(request)
    rows = list(refunds_of(found, user=user))
    may_promise = found.is_active and user.supervises
    if may_promise and form is None:
        # What was asked for may be promised already: nothing leads to promising it twice.
        asked = {} if rows else refund_asked(found)
        form = RefundPromiseForm(initial=asked, today=business_day(now))
    context = {
        "case": found,
        "refunds": rows,
        "form": form,
        "may_promise": may_promise,
        "back": money_back(found.lease) if form and found.lease else None,
    }
    status = 422 if form and form.is_bound else 200
    return render(request, "cases/refunds.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@case_workers_only
def refund(request: HttpRequest, number: str, refund_id: int) -> HttpResponse:
    """One of them. A POST records it as paid."""
    user, now = signed_in(request), timezone.now()
    found, row = _found(user, number, refund_id)
    if request.method != "POST":
        return _page(request, found, row, now)
    form = RefundPaidForm(request.POST, today=business_day(now))
    if form.is_valid() and try_action(
        form,
        lambda: actions.pay_refund(case=found, refund=row, **form.cleaned_data, by=user, now=now),
    ):
        words = _("The refund is recorded as paid. %(name)s will get an email about it.")
        messages.success(request, told(found, words))
        return redirect("case_refunds", number=found.number)
    return _page(request, found, row, now, paying=form)


@require_POST
@case_workers_only
def refund_withdrawal(request: HttpRequest, number: str, refund_id: int) -> HttpResponse:
    """For supervisors."""
    user, now = signed_in(request), timezone.now()
    found, row = _found(user, number, refund_id)
    if not user.supervises:
        raise Http404
    form = RefundWithdrawalForm(request.POST, case=found)
    if form.is_valid() and try_action(
        form,
        lambda: actions.withdraw_refund(
            case=found, refund=row, reason=form.cleaned_data["reason"], by=user, now=now
        ),
    ):
        words = _("Withdrawn. %(name)s will get an email about it.")
        messages.success(request, told(found, words))
        return redirect("case_refunds", number=found.number)
    return _page(request, found, row, now, withdrawing=form)


def _found(user: User, number: str, refund_id: int) -> tuple[Case, Refund]:
    """404 for a refund of another case."""
    found = found_case(user, number)
    return found, get_object_or_404(refunds_of(found, user=user), pk=refund_id)


def _page(
    request: HttpRequest,
    found: Case,
    row: Refund,
    now: datetime,
    *,
    paying: RefundPaidForm | None = None,
    withdrawing: RefundWithdrawalForm | None = None,
) -> HttpResponse:
    """What was refused may have ended meanwhile: the form stays, with what was typed."""
    user = signed_in(request)
    may_withdraw = row.is_owed and not row.charge_id and user.supervises
    if may_withdraw and withdrawing is None:
        withdrawing = RefundWithdrawalForm(case=found)
    if row.is_owed and paying is None:
        paying = RefundPaidForm(today=business_day(now))
    context = {"case": found, "refund": row, "form": paying, "withdrawing": withdrawing}
    is_refused = any(each and each.is_bound for each in (paying, withdrawing))
    return render(request, "cases/refund.html", context, status=422 if is_refused else 200)
