"""The payment history: any period up to today, on the page, as PDF, as a table, by mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import case_workers_only, lease_readers_only, signed_in
from accounts.models import User
from common.company_day import business_day
from leases import ledger_words
from leases.actions.send_payment_history import send_payment_history
from leases.documents.document_file import language_or
from leases.documents.statement import statement_csv, statement_pdf
from leases.enums import LedgerKind
from leases.forms.ledger import AdjustmentForm, PaymentForm, PeriodForm, ReasonForm, WaiverForm
from leases.models import Lease, LedgerEntry
from leases.queries.ledger import standing_of
from leases.queries.statement import Statement, statement_of
from leases.views.frame import lease_frame


@dataclass(frozen=True, kw_only=True)
class RefusedMovementForm:
    """The form on the page that was refused; it's shown with what was typed."""

    payment: PaymentForm | None = None
    adjustment: AdjustmentForm | None = None
    reversal: ReasonForm | None = None
    waiver: WaiverForm | None = None


NONE_REFUSED = RefusedMovementForm()


@require_safe
@lease_readers_only
def statement(request: HttpRequest, account_number: str) -> HttpResponse:
    now = timezone.now()
    lease, context = lease_frame(request, account_number, "lease_statement", now=now)
    return statement_page(request, lease, context, now)


def statement_page(
    request: HttpRequest,
    lease: Lease,
    context: dict[str, object],
    now: datetime,
    *,
    status: int = 200,
    entry_id: str = "",
    refused: RefusedMovementForm = NONE_REFUSED,
) -> HttpResponse:
    user, today = signed_in(request), business_day(now)
    period, asked = PeriodForm.read(request.GET, today)
    found = statement_of(lease, **asked)
    if period.errors:
        status = 422
    owed = standing_of(lease, today)
    context |= {
        "money": owed,
        "letter": lease.paid_off_letters.in_force().first() if owed.balance <= 0 else None,
        "terms": getattr(lease, "terms", None),
        "period": period,
        "statement": found,
        "query": _query(found, request.GET),
        "page_address": reverse("lease_statement", args=[lease.account_number]),
    }
    if owed.rows and user.works_cases:
        first_day = business_day(lease.applied_at)
        context["payment"] = refused.payment or PaymentForm(
            initial={"on": today}, first_day=first_day
        )
        context |= _corrections(user, lease, entry_id or request.GET.get("entry", ""), refused)
    return render(request, "leases/statement.html", context, status=status)


def _corrections(
    user: User, lease: Lease, entry_id: str, refused: RefusedMovementForm
) -> dict[str, Any]:
    if not user.supervises:
        return {}
    shown: dict[str, Any] = {"adjustment": refused.adjustment or AdjustmentForm()}
    entry = _entry(lease, entry_id)
    was_refused = refused.reversal or refused.waiver
    if entry is not None and (was_refused or correctable(entry)):
        shown |= {"correcting": entry, "reversal": refused.reversal or ReasonForm(prefix="r")}
        if entry.kind == LedgerKind.FEE:
            shown["waiver"] = refused.waiver or WaiverForm(initial={"amount": entry.amount})
    return shown


def _entry(lease: Lease, entry_id: str) -> LedgerEntry | None:
    if not entry_id.isdecimal() or len(entry_id) > 18:
        return None
    related = ("instalment", "reversed_by", "reverses")
    return lease.ledger.select_related(*related).filter(pk=int(entry_id)).first()


def correctable(entry: LedgerEntry) -> bool:
    """What a plan agreed is undone by canceling the plan; a refund that was paid stays."""
    return (
        entry.kind not in {LedgerKind.CHARGE, LedgerKind.REVERSAL}
        and entry.plan_id is None
        and not hasattr(entry, "reversed_by")
        and not ledger_words.is_refund(entry)
    )


def _query(found: Statement, asked: QueryDict) -> str:
    """The period shown, for the links to the downloads."""
    query = QueryDict(mutable=True)
    if asked.get("since"):
        query["since"] = found.since.isoformat()
    query["until"] = found.until.isoformat()
    if found.part:
        query["part"] = found.part
    return query.urlencode()


# --- downloads and mail ------------------------------------------------------------------------


@require_safe
@lease_readers_only
def pdf(request: HttpRequest, account_number: str) -> HttpResponse:
    now = timezone.now()
    lease, context = lease_frame(request, account_number, "lease_statement", now=now)
    form, asked = PeriodForm.read(request.GET, business_day(now))
    if form.errors:
        return statement_page(request, lease, context, now)
    language = language_or(lease.customer.language, asked=request.GET.get("language", ""))
    found = statement_of(lease, **asked)
    paper = statement_pdf(lease, found, language=language, now=now, for_customer=False)
    return paper.download()


@require_safe
@lease_readers_only
def table(request: HttpRequest, account_number: str) -> HttpResponse:
    """The full record of the movements: every column, for a dispute."""
    now = timezone.now()
    lease, context = lease_frame(request, account_number, "lease_statement", now=now)
    form, asked = PeriodForm.read(request.GET, business_day(now))
    if form.errors:
        return statement_page(request, lease, context, now)
    page_language = translation.get_language()[:2]
    language = language_or(page_language, asked=request.GET.get("language", ""))
    return statement_csv(lease, statement_of(lease, **asked), language=language).download()


@require_POST
@case_workers_only
def sending(request: HttpRequest, account_number: str) -> HttpResponse:
    """Mails the period shown to the customer."""
    now = timezone.now()
    lease, context = lease_frame(request, account_number, "lease_statement", now=now)
    form, asked = PeriodForm.read(request.GET, business_day(now))
    if form.errors:
        return statement_page(request, lease, context, now)
    found = statement_of(lease, **asked)
    try:
        is_new = send_payment_history(lease=lease, found=found, now=now)
    except ValidationError as error:
        context["problem"] = error
        return statement_page(request, lease, context, now, status=422)
    if is_new:
        messages.success(request, _("Done. The customer will get the payment history by email."))
    else:
        messages.info(
            request, _("This payment history was already sent today, and nothing has changed.")
        )
    page = reverse("lease_statement", args=[account_number])
    return redirect(f"{page}?{_query(found, request.GET)}")
