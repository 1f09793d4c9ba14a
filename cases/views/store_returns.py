"""Items that went back and wait: for their stores' answers, or for us to settle them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from accounts.access import case_workers_only, signed_in
from cases.queries.store_returns import count_waiting, waiting_returns, with_days
from leases.queries.monitoring import capped


@require_safe
@case_workers_only
def waiting(request: HttpRequest) -> HttpResponse:
    user, now = signed_in(request), timezone.now()
    is_confirmed = request.GET.get("step") == "confirmed"
    page = waiting_returns(user=user, is_confirmed=is_confirmed, after=request.GET.get("after", ""))
    tabs = [
        (name, label, capped(count_waiting(user=user, is_confirmed=bool(name))))
        for name, label in (
            ("", pgettext("return", "Waiting for the store")),
            ("confirmed", pgettext("return", "To be settled by us")),
        )
    ]
    context = {
        "page": page,
        "lines": with_days(page.rows, now),
        "tabs": tabs,
        "step": "confirmed" if is_confirmed else "",
    }
    return render(request, "cases/returns.html", context)
