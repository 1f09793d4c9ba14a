"""Automatic payments: state, the next charges, the history, and the changes an agent makes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import case_workers_only, lease_readers_only, signed_in
from common.company_day import business_day
from common.form_errors import add_refusal
from common.formats import day
from leases.actions import autopay as actions
from leases.debits import Debit
from leases.enums import AutopayChange, AutopayState
from leases.forms.autopay import AutopayForm, AutopayMethodForm
from leases.models import Autopay, AutopayEvent, Lease
from leases.queries.autopay import ask_bank_by, autopay_of, first_new_debit, next_debits
from leases.queries.ledger import standing_of
from leases.views.frame import lease_frame

TAB = "lease_autopay"
SHOWN = 4
HISTORY = 20

#: The value of a form's hidden `change` → the form and the action.
CHANGES: dict[AutopayChange, tuple[type[AutopayForm], Callable[..., AutopayEvent]]] = {
    AutopayChange.ENROLLED: (AutopayMethodForm, actions.set_up),
    AutopayChange.METHOD_CHANGED: (AutopayMethodForm, actions.change_method),
    AutopayChange.STOPPED: (AutopayForm, actions.stop),
    AutopayChange.STOP_PAYMENT: (AutopayForm, actions.flag_stop_payment),
    AutopayChange.STOP_LIFTED: (AutopayForm, actions.lift_stop),
}


class RefusedChange(NamedTuple):
    change: AutopayChange
    form: AutopayForm


@require_safe
@lease_readers_only
def autopay(request: HttpRequest, account_number: str) -> HttpResponse:
    return _page(request, account_number)


@require_POST
@case_workers_only
def changes(request: HttpRequest, account_number: str) -> HttpResponse:
    now = timezone.now()
    lease, _context = lease_frame(request, account_number, TAB, now=now)
    try:
        change = AutopayChange(request.POST.get("change", ""))
    except ValueError:
        return _page(request, account_number, status=422)
    form_class, action = CHANGES[change]
    before = _debits(lease, now)
    form = form_class(request.POST, auto_id=f"id_{change}_%s")
    if form.is_valid():
        try:
            event = action(lease=lease, by=signed_in(request), now=now, **form.cleaned_data)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("Done. The customer will get it in writing by email."))
            _warn(request, event, lease.customer.name, before)
            return redirect(TAB, account_number)
    return _page(request, account_number, status=422, refused=RefusedChange(change, form))


def _debits(lease: Lease, now: datetime) -> list[Debit]:
    today = business_day(now)
    return next_debits(autopay_of(lease.pk), standing_of(lease, today), today)


def _warn(request: HttpRequest, event: AutopayEvent, name: str, before: list[Debit]) -> None:
    """What must be said aloud after a change."""
    if not before:
        return
    first = before[0].on
    if event.change == AutopayChange.STOP_PAYMENT:
        by = ask_bank_by(first)
        if by < business_day(event.at):
            messages.warning(
                request,
                _(
                    "Tell %(name)s: the bank needs %(count)d business days, so it may not be able "
                    "to stop the payment on %(day)s. The last day to ask was %(by)s."
                )
                % {
                    "name": name,
                    "count": settings.STOP_PAYMENT_DAYS,
                    "day": day(first),
                    "by": day(by),
                },
            )
        else:
            messages.warning(
                request,
                _("Tell %(name)s: to stop the payment on %(day)s, ask the bank by %(by)s.")
                % {"name": name, "day": day(first), "by": day(by)},
            )
    elif event.change == AutopayChange.STOPPED and before[0].on_its_way:
        messages.warning(
            request,
            _(
                "Tell %(name)s: the payment on %(day)s is on its way and will still be "
                "charged. Only the bank may be able to stop it."
            )
            % {"name": name, "day": day(first)},
        )


def _page(
    request: HttpRequest,
    account_number: str,
    *,
    status: int = 200,
    refused: RefusedChange | None = None,
) -> HttpResponse:
    now = timezone.now()
    lease, context = lease_frame(request, account_number, TAB, now=now)
    today = business_day(now)
    standing = standing_of(lease, today)
    found = autopay_of(lease.pk)
    active = found is not None and found.state == AutopayState.ACTIVE
    offered: list[AutopayChange] = []
    if signed_in(request).works_cases:
        offered = _offered(active, active and found is not None and bool(found.stop_payment_on))
    forms = {
        change: CHANGES[change][0](auto_id=f"id_{change}_%s", initial=_initial(found, change))
        for change in offered
    }
    if refused:
        forms[refused.change] = refused.form
    context |= {
        "page_address": reverse(TAB, args=[account_number]),
        "autopay": found,
        "active": active,
        "debits": next_debits(found, standing, today)[:SHOWN],
        "first": first_new_debit(standing, today),
        "has_schedule": bool(standing.rows),
        "lead_days": settings.AUTOPAY_LEAD_DAYS,
        "bank_days": settings.STOP_PAYMENT_DAYS,
        "history": found.events.select_related("by")[:HISTORY] if found else [],
        "forms": forms,
        "overdraft_warning": _overdraft_warning(lease.customer.language),
    }
    return render(request, "leases/autopay.html", context, status=status)


def _overdraft_warning(language: str) -> str:
    """In the customer's language, because it is read aloud."""
    with translation.override(language):
        return _(
            "Please have enough money in the account on the date of each payment. If you "
            "don’t, your bank may charge you an overdraft fee."
        )


def _offered(active: bool, stopped_at_bank: bool) -> list[AutopayChange]:
    if not active:
        return [AutopayChange.ENROLLED]
    bank = AutopayChange.STOP_LIFTED if stopped_at_bank else AutopayChange.STOP_PAYMENT
    return [AutopayChange.METHOD_CHANGED, bank, AutopayChange.STOPPED]


def _initial(found: Autopay | None, change: AutopayChange) -> dict[str, Any]:
    return {"method": found.method} if found and change != AutopayChange.ENROLLED else {}
