"""Buying early, for the customer: the figure on the lease's page, quotes as PDF."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import translation
from django.views.decorators.http import require_safe

from accounts.access import customers_only, signed_in
from common.company_day import business_day
from leases import quote_words
from leases.documents.quote import quote_pdf
from leases.models import Lease
from leases.queries.buyout import quote_today, with_states
from leases.queries.find import leases_numbered


def buyout_card(lease: Lease, now: datetime) -> dict[str, object] | None:
    """The written quote while it's valid, otherwise today's figure; None if there is none."""
    try:
        quote = quote_today(lease, now)
    except ValidationError:
        return None
    written = False
    for listed in with_states(lease, lease.quotes.all()[:1], business_day(now)):
        if listed.is_valid:
            quote, written = listed.quote, True
    words = quote_words.in_language(translation.get_language()[:2], quote.rule, quote.inputs)
    return {"quote": quote, "is_written": written, "words": words}


@require_safe
@customers_only
def quote(request: HttpRequest, account_number: str, quote_id: int) -> HttpResponse:
    lease = get_object_or_404(leases_numbered(account_number, user=signed_in(request)))
    found = get_object_or_404(lease.quotes, pk=quote_id)
    return quote_pdf(lease, found, request.GET.get("language", "")).download()
