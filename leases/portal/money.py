"""What a lease costs its customer: paid so far, left to pay, every movement explained, all
as PDF.
"""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from accounts.access import customers_only, signed_in
from common.company_day import business_day
from leases.documents.document_file import language_or
from leases.documents.statement import statement_pdf
from leases.enums import LedgerKind
from leases.models import Lease
from leases.queries.disputed_charges import total_under_review
from leases.queries.find import leases_numbered
from leases.queries.ledger import standing_of
from leases.queries.statement import statement_of

#: Future payments shown at once; movements, the newest first.
COMING, MOVEMENTS = 4, 12


def money_card(lease: Lease, now: datetime) -> dict[str, object] | None:
    """None for a lease without a schedule."""
    today = business_day(now)
    owed = standing_of(lease, today)
    if not owed.rows:
        return None
    entries = [each.entry for each in reversed(statement_of(lease, until=today).movements)]
    moved = [each for each in entries if each.kind != LedgerKind.CHARGE]
    return {
        "money": owed,
        "letter": lease.paid_off_letters.in_force().first() if owed.balance <= 0 else None,
        "under_review": total_under_review(entries),
        "refunds": list(lease.refunds.standing()),
        "coming": owed.to_come[:COMING],
        "movements": moved[:MOVEMENTS],
        "has_more": len(moved) > MOVEMENTS,
    }


@require_safe
@customers_only
def statement(request: HttpRequest, account_number: str) -> HttpResponse:
    """The whole payment history, in the language requested, otherwise the page's."""
    lease = get_object_or_404(leases_numbered(account_number, user=signed_in(request)))
    now = timezone.now()
    page_language = translation.get_language()[:2]
    language = language_or(page_language, asked=request.GET.get("language", ""))
    found = statement_of(lease, until=business_day(now))
    paper = statement_pdf(lease, found, language=language, now=now, for_customer=True)
    return paper.download()
