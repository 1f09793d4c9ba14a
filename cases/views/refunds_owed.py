"""Money that customers are waiting for: every refund that isn’t paid yet."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import lease_readers_only, signed_in
from cases.due_words import due_words
from cases.queries import refunds as queries
from common.company_day import business_day
from leases import worklist_words


@require_safe
@lease_readers_only
def refunds_owed(request: HttpRequest) -> HttpResponse:
    user, today = signed_in(request), business_day(timezone.now())
    page = queries.refunds_owed(user=user, after=request.GET.get("after", ""))
    cases = queries.cases_of_refunds(page.rows, user=user)
    lines = [(row, due_words(row.expected_on, today), cases.get(row.pk)) for row in page.rows]
    context = {"words": worklist_words.REFUNDS, "page": page, "lines": lines}
    return render(request, "cases/refunds_owed.html", context)
