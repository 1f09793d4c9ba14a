"""Writing to the ledger from the statement's page."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import case_workers_only, signed_in, supervisors_only
from common.company_day import business_day
from common.form_errors import try_action
from leases.actions.corrections import adjust, reverse, waive
from leases.actions.payments import record_payment
from leases.forms.ledger import AdjustmentForm, PaymentForm, ReasonForm, WaiverForm
from leases.models import Lease
from leases.views.frame import lease_frame
from leases.views.statement import RefusedMovementForm, statement_page


@require_POST
@case_workers_only
def payments(request: HttpRequest, account_number: str) -> HttpResponse:
    """Money the customer paid. Sending the form twice records it once."""
    now, by = timezone.now(), signed_in(request)
    lease, context = lease_frame(request, account_number, "lease_statement", now=now)
    form = PaymentForm(request.POST, first_day=business_day(lease.applied_at))
    if try_action(form, lambda: record_payment(lease=lease, **form.payment(), by=by, now=now)):
        messages.success(request, _("Payment recorded."))
        return redirect("lease_statement", account_number)
    return statement_page(
        request, lease, context, now, status=422, refused=RefusedMovementForm(payment=form)
    )


@require_POST
@supervisors_only
def adjustments(request: HttpRequest, account_number: str) -> HttpResponse:
    now, by = timezone.now(), signed_in(request)
    lease, context = lease_frame(request, account_number, "lease_statement", now=now)
    form = AdjustmentForm(request.POST)
    if try_action(form, lambda: adjust(lease=lease, **form.cleaned_data, by=by, now=now)):
        messages.success(request, _("Adjustment recorded."))
        return redirect("lease_statement", account_number)
    return statement_page(
        request, lease, context, now, status=422, refused=RefusedMovementForm(adjustment=form)
    )


@require_POST
@supervisors_only
def reversal(request: HttpRequest, account_number: str, movement_id: int) -> HttpResponse:
    """Takes a movement back, with everything recorded together with it."""
    now, by = timezone.now(), signed_in(request)
    lease, context = _of(request, account_number, movement_id, now)
    form = ReasonForm(request.POST, prefix="r")
    if try_action(
        form,
        lambda: reverse(lease=lease, entry_id=movement_id, **form.cleaned_data, by=by, now=now),
    ):
        messages.success(request, _("Transaction reversed."))
        return redirect("lease_statement", account_number)
    return statement_page(
        request,
        lease,
        context,
        now,
        status=422,
        entry_id=str(movement_id),
        refused=RefusedMovementForm(reversal=form),
    )


@require_POST
@supervisors_only
def waiver(request: HttpRequest, account_number: str, movement_id: int) -> HttpResponse:
    now, by = timezone.now(), signed_in(request)
    lease, context = _of(request, account_number, movement_id, now)
    form = WaiverForm(request.POST)
    if try_action(
        form, lambda: waive(lease=lease, entry_id=movement_id, **form.cleaned_data, by=by, now=now)
    ):
        messages.success(request, _("Fee waived."))
        return redirect("lease_statement", account_number)
    return statement_page(
        request,
        lease,
        context,
        now,
        status=422,
        entry_id=str(movement_id),
        refused=RefusedMovementForm(waiver=form),
    )


def _of(
    request: HttpRequest, account_number: str, movement_id: int, now: datetime
) -> tuple[Lease, dict[str, object]]:
    """404 for a movement of another lease; a plan's movements are undone by canceling the plan."""
    lease, context = lease_frame(request, account_number, "lease_statement", now=now)
    entry = get_object_or_404(lease.ledger, pk=movement_id)
    if entry.plan_id is not None:
        raise Http404
    return lease, context
