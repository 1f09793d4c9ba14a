"""Buying early: today's figure explained, quotes in writing, and the purchase."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import case_workers_only, lease_readers_only, signed_in
from common.company_day import business_day
from common.form_errors import add_refusal
from leases import quote_words
from leases.actions.buy_out import buy_out
from leases.actions.send_quote import send_quote
from leases.documents.quote import quote_pdf
from leases.forms.buyout import PurchaseForm
from leases.models import BuyoutQuote, Customer, Lease
from leases.queries.buyout import ListedQuote, quote_today, with_states
from leases.views.frame import lease_frame

SHOWN = 20


@require_safe
@lease_readers_only
def buyout(request: HttpRequest, account_number: str) -> HttpResponse:
    return _page(request, account_number)


def _page(request: HttpRequest, account_number: str, *, status: int = 200) -> HttpResponse:
    now = timezone.now()
    lease, context = lease_frame(request, account_number, "lease_buyout", now=now)
    quotes = lease.quotes.select_related("by")[:SHOWN]
    context["quotes"] = with_states(lease, quotes, business_day(now))
    context["page_address"] = reverse("lease_buyout", args=[account_number])
    try:
        today = quote_today(lease, now)
    except ValidationError as error:
        context["problem"] = error
    else:
        context |= {"quote": today, "both": explained(today, lease.customer)}
    return render(request, "leases/buyout.html", context, status=status)


def explained(quote: BuyoutQuote, customer: Customer) -> list[quote_words.QuoteWords]:
    """In the reader's language, and in the customer's if it's another one."""
    languages = dict.fromkeys((translation.get_language()[:2], customer.language))
    return [quote_words.in_language(each, quote.rule, quote.inputs) for each in languages]


@require_POST
@case_workers_only
def quotes(request: HttpRequest, account_number: str) -> HttpResponse:
    """A quote in writing: stored as it is, and mailed to the customer."""
    now = timezone.now()
    lease, _context = lease_frame(request, account_number, "lease_buyout", now=now)
    try:
        quote, is_new = send_quote(lease=lease, by=signed_in(request), now=now)
    except ValidationError:
        return _page(request, account_number, status=422)  # it says why there is no figure
    if is_new:
        messages.success(request, _("Done. The customer will get the quote by email."))
    else:
        messages.info(request, _("Today’s quote was already sent and is still valid."))
    return redirect("lease_quote", account_number, quote.pk)


@require_safe
@lease_readers_only
def quote(request: HttpRequest, account_number: str, quote_id: int) -> HttpResponse:
    return _quote_page(request, account_number, quote_id)


@require_POST
@case_workers_only
def purchase(request: HttpRequest, account_number: str, quote_id: int) -> HttpResponse:
    """The quote was paid: the lease is settled."""
    now = timezone.now()
    lease, _context = lease_frame(request, account_number, "lease_buyout", now=now)
    _listed(lease, quote_id, now)
    form = PurchaseForm(request.POST)
    if form.is_valid():
        try:
            buy_out(
                lease=lease,
                quote_id=quote_id,
                on=form.cleaned_data["on"],
                method=form.cleaned_data["method"],
                reference=form.cleaned_data["reference"],
                by=signed_in(request),
                now=now,
            )
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("Done. The lease is paid in full by early purchase."))
            return redirect("lease_quote", account_number, quote_id)
    return _quote_page(request, account_number, quote_id, form=form, status=422)


def _listed(lease: Lease, pk: int, now: datetime) -> ListedQuote:
    found = with_states(lease, lease.quotes.filter(pk=pk).select_related("by"), business_day(now))
    if not found:
        raise Http404
    return found[0]


def _quote_page(
    request: HttpRequest,
    account_number: str,
    pk: int,
    *,
    form: PurchaseForm | None = None,
    status: int = 200,
) -> HttpResponse:
    now = timezone.now()
    lease, context = lease_frame(request, account_number, "lease_buyout", now=now)
    found = _listed(lease, pk, now)
    context |= {
        "listed": found,
        "quote": found.quote,
        "form": form or PurchaseForm.empty(business_day(now)),
        "page_address": reverse("lease_quote", args=[account_number, pk]),
        "both": explained(found.quote, lease.customer),
    }
    return render(request, "leases/quote.html", context, status=status)


@require_safe
@lease_readers_only
def pdf(request: HttpRequest, account_number: str, quote_id: int) -> HttpResponse:
    lease, _context = lease_frame(request, account_number, "lease_buyout")
    quote = get_object_or_404(lease.quotes, pk=quote_id)
    return quote_pdf(lease, quote, request.GET.get("language", "")).download()
