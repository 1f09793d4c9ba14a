"""An item goes back to its store: handed in, answered by the store, settled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import case_workers_only, signed_in
from accounts.models import User
from cases import actions
from cases.enums import StoreAnswer
from cases.forms.store_returns import CREDITED, CreditForm, HandInForm, StoreAnswerForm
from cases.models import Case, StoreReturn
from cases.queries.store_returns import returns_of
from cases.views.case.page import found_case, told
from common.company_day import business_day
from common.form_errors import try_action
from leases.queries.ledger import exchange_of, standing_of


@dataclass(frozen=True, kw_only=True)
class RefusedReturnForm:
    """What was typed into the form that was refused."""

    handing: HandInForm | None = None
    answering: StoreAnswerForm | None = None
    crediting: CreditForm | None = None
    withdrawing: forms.Form | None = None


_NONE = RefusedReturnForm()


@require_http_methods(["GET", "HEAD", "POST"])
@case_workers_only
def page(request: HttpRequest, number: str) -> HttpResponse:
    """A POST says that the customer handed the item in."""
    user, now = signed_in(request), timezone.now()
    found = found_case(user, number)
    if request.method != "POST":
        return _page(request, found, now)
    form = HandInForm(request.POST, today=business_day(now))
    if form.is_valid() and try_action(
        form,
        lambda: actions.hand_in_return(case=found, **form.cleaned_data, by=user, now=now),
    ):
        return _saved(request, found, _("Recorded. %(name)s will get an email about it."))
    return _page(request, found, now, RefusedReturnForm(handing=form))


@require_POST
@case_workers_only
def answer(request: HttpRequest, number: str, store_return_id: int) -> HttpResponse:
    user, now = signed_in(request), timezone.now()
    found, row = _found(user, number, store_return_id)
    form = StoreAnswerForm(request.POST, today=business_day(now))
    if form.is_valid():
        said = form.cleaned_data | {"answer": StoreAnswer(form.cleaned_data["answer"])}
        if try_action(form, lambda: actions.answer_return(row=row, **said, by=user, now=now)):
            return _saved(request, found, _("Recorded. %(name)s will get an email about it."))
    return _page(request, found, now, RefusedReturnForm(answering=form))


@require_POST
@case_workers_only
def credit(request: HttpRequest, number: str, store_return_id: int) -> HttpResponse:
    """For supervisors; others may look."""
    user, now = signed_in(request), timezone.now()
    found, row = _found(user, number, store_return_id)
    if not user.supervises:
        raise Http404
    form = CreditForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        amount = said["credit"] if said["result"] == CREDITED else None
        if try_action(
            form, lambda: actions.credit_return(row=row, credit=amount, by=user, now=now)
        ):
            return _saved(request, found, _("Settled. %(name)s will get an email about it."))
    return _page(request, found, now, RefusedReturnForm(crediting=form))


@require_POST
@case_workers_only
def withdrawal(request: HttpRequest, number: str, store_return_id: int) -> HttpResponse:
    user, now = signed_in(request), timezone.now()
    found, row = _found(user, number, store_return_id)
    form = forms.Form(request.POST)
    if try_action(form, lambda: actions.withdraw_return(row=row, by=user, now=now)):
        messages.success(request, _("Taken back: the return was recorded by mistake."))
        return redirect("case_return", number=found.number)
    return _page(request, found, now, RefusedReturnForm(withdrawing=form))


def _found(user: User, number: str, store_return_id: int) -> tuple[Case, StoreReturn]:
    """404 for a return of another case."""
    found = found_case(user, number)
    row = next((each for each in returns_of(found, user=user) if each.pk == store_return_id), None)
    if row is None:
        raise Http404
    row.case = found
    return found, row


def _saved(request: HttpRequest, found: Case, words: str) -> HttpResponse:
    messages.success(request, told(found, words))
    return redirect("case_return", number=found.number)


def _page(
    request: HttpRequest, found: Case, now: datetime, refused: RefusedReturnForm = _NONE
) -> HttpResponse:
    user, today = signed_in(request), business_day(now)
    if not (found.lease and found.kind.goes_back):
        raise Http404
    rows = returns_of(found, user=user)
    current = next((each for each in rows if each.is_open), None)
    may_credit = bool(current and current.answer and user.supervises)
    context = {
        "case": found,
        "lease": found.lease,
        "store": found.lease.store,
        "current": current,
        "past": [each for each in rows if each is not current],
        "days": (today - current.handed_in_on).days if current else 0,
        "exchange": exchange_of(found.lease, now),
        "standing": standing_of(found.lease, today) if may_credit else None,
        "handing": refused.handing or HandInForm(today=today),
        "answering": refused.answering or StoreAnswerForm(today=today),
        "crediting": refused.crediting or (CreditForm() if may_credit else None),
        "withdrawing": refused.withdrawing,
    }
    return render(request, "cases/return.html", context, status=200 if refused is _NONE else 422)
