"""The steps that a merchant's system would send, for stores whose systems don't."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import merchant_services_only, signed_in
from leases import actions
from leases.actions.invoices import InvoiceItem, items_of, newest_invoice
from leases.forms import ReturnForm, TermsForm
from leases.models import Lease
from leases.money import ZERO
from leases.queries.clock_line import clock_of
from leases.queries.find import leases_numbered
from leases.views.step_forms import StepName, step_form, step_forms

#: Code of an action's error → the field it is about, if the form has it.
FIELD_OF = {
    "amount_cents": ("total", "invoice_total"),
    "after_deadline": ("delivered_on",),
    "delivered_before_signing": ("delivered_on",),
    "late_reason": ("reason",),
    "signature_missing": ("signed_on",),
    "signed_before_invoice": ("signed_on",),
    "first_due_on": ("first_due_on",),
    "frequency": ("frequency",),
    "future_date": ("delivered_on", "signed_on", "returned_on"),
    "invoice_number": ("number",),
    "invoice_total": ("total", "invoice_total"),
    "nothing_returned": ("invoice_total",),
    "price_increase": ("invoice_total",),
    "returned_too_early": ("returned_on",),
}


@require_POST
@merchant_services_only
def invoice(request: HttpRequest, account_number: str) -> HttpResponse:
    """Recorded by its total; lines that still add up to it stay."""

    def act(lease: Lease, typed: dict[str, Any], now: datetime) -> tuple[Lease, str]:
        lines = _lines_of(lease, typed["total"])
        moved = actions.submit_invoice(
            lease=lease, lines=lines, by=signed_in(request), now=now, **typed
        )
        return moved, _("Invoice saved. The lease is “%(status)s.”")

    return _answer(request, account_number, "invoice", act)


def _lines_of(lease: Lease, total: Decimal) -> list[InvoiceItem]:
    lines = items_of(newest_invoice(lease)) if lease.invoice_total is not None else []
    return lines if sum((line.line_total for line in lines), ZERO) == total else []


@require_POST
@merchant_services_only
def terms(request: HttpRequest, account_number: str) -> HttpResponse:
    """What the contract says, if no program does."""

    def act(lease: Lease, typed: dict[str, Any], now: datetime) -> tuple[Lease, str]:
        kept = actions.enter_terms(
            lease=lease, agreed=typed["agreed"], by=signed_in(request), now=now
        )
        return kept.lease, _("Terms saved. The lease is “%(status)s.”")

    return _answer(request, account_number, "terms", act)


@require_POST
@merchant_services_only
def signature(request: HttpRequest, account_number: str) -> HttpResponse:
    def act(lease: Lease, typed: dict[str, Any], now: datetime) -> tuple[Lease, str]:
        moved = actions.sign(
            lease=lease, signed_on=typed["signed_on"], reason=typed["reason"],
            by=signed_in(request), now=now,
        )  # fmt: skip
        return moved, _("The lease is now “%(status)s.”")

    return _answer(request, account_number, "signature", act)


@require_POST
@merchant_services_only
def delivery(request: HttpRequest, account_number: str) -> HttpResponse:
    def act(lease: Lease, typed: dict[str, Any], now: datetime) -> tuple[Lease, str]:
        moved = actions.confirm_delivery(lease=lease, by=signed_in(request), now=now, **typed)
        return moved, _("The lease is now “%(status)s.”")

    return _answer(request, account_number, "delivery", act)


@require_POST
@merchant_services_only
def late_delivery(request: HttpRequest, account_number: str) -> HttpResponse:
    """After the deadline: for a supervisor to decide."""

    def act(lease: Lease, typed: dict[str, Any], now: datetime) -> tuple[Lease, str]:
        report = actions.report_late_delivery(lease=lease, by=signed_in(request), now=now, **typed)
        return report.lease, _("The report was saved. A supervisor will decide on it.")

    return _answer(request, account_number, "late_delivery", act)


@require_POST
@merchant_services_only
def returns(request: HttpRequest, account_number: str) -> HttpResponse:
    def act(lease: Lease, typed: dict[str, Any], now: datetime) -> tuple[Lease, str]:
        kept = actions.return_merchandise(
            lease=lease,
            returned_on=typed["returned_on"],
            items=typed["items"],
            invoice_total=typed.get("invoice_total"),
            reason=typed["reason"],
            earlier=typed["earlier"],
            by=signed_in(request),
            now=now,
        )
        return kept.lease, _("Return saved. The lease is “%(status)s.”")

    return _answer(request, account_number, "returns", act)


@require_POST
@merchant_services_only
def reapplication(request: HttpRequest, account_number: str) -> HttpResponse:
    """Asks the engine again and leads to the lease that replaces this one."""

    def act(lease: Lease, typed: dict[str, Any], now: datetime) -> tuple[Lease, str]:
        moved = actions.apply_again(lease=lease, by=signed_in(request), now=now)
        return moved, _("This is the new application. Its status is “%(status)s.”")

    return _answer(request, account_number, "reapplication", act)


def _answer(
    request: HttpRequest,
    account_number: str,
    name: StepName,
    act: Callable[[Lease, dict[str, Any], datetime], tuple[Lease, str]],
) -> HttpResponse:
    """Leads to the lease, or answers 422 with what was typed.

    A step that was allowed when the page was made is left to the action, which says why not.
    """
    user, now = signed_in(request), timezone.now()
    lease = get_object_or_404(leases_numbered(account_number, user=user))
    form = step_form(name, lease, now, request.POST)
    if form.is_valid():
        typed = form.cleaned_data
        if isinstance(form, ReturnForm):
            typed = typed | {"items": form.items()}
        if isinstance(form, TermsForm):
            typed = {"agreed": form.agreed()}
        try:
            moved, words = act(lease, typed, now)
        except ValidationError as error:
            _refuse(form, error)
        else:
            messages.success(request, words % {"status": moved.status_at(now).label})
            return redirect("lease", account_number=moved.account_number)
    return render(
        request,
        "leases/decide.html",
        {
            "lease": lease,
            "clock": clock_of(lease, now),
            "steps": step_forms(lease, user, now) | {name: form},
            "page_address": reverse("lease", args=[lease.account_number]),
        },
        status=422,
    )


def _refuse(form: Any, error: ValidationError) -> None:
    """Each error at its field; a model's own checks may name a field that the form lacks."""
    by_field = error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error}
    for name, refusal in by_field.items():
        for each in ValidationError(refusal).error_list:
            places = (name, *FIELD_OF.get(each.code or "", ()))
            form.add_error(next((place for place in places if place in form.fields), None), each)
