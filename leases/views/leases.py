from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import lease_readers_only, signed_in
from accounts.models import User
from common.pages import Page, page_of_parts
from leases.enums import LeaseStatus
from leases.models import Lease
from leases.money_list_words import MONEY_LISTS
from leases.queries.by_money import MoneyList, leases_by_money
from leases.queries.find import find_leases, too_long


@require_safe
@lease_readers_only
def leases(request: HttpRequest) -> HttpResponse:
    """All leases, newest first; those with one effective status; or those past due or paid off."""
    user, now = signed_in(request), timezone.now()
    searched = request.GET.get("q", "").strip()
    status, after = request.GET.get("status", ""), request.GET.get("after", "")
    money = None
    if searched:
        shown: Page[Any] = Page(find_leases(searched, user=user), "", True)
    elif status in MONEY_LISTS:
        money = leases_by_money(MoneyList(status), user=user, now=now, after=after)
        shown = money.page
    else:
        shown = _by_status(status, user, now, after)
    return render(
        request,
        "leases/leases.html",
        {
            "page": shown,
            "money": money,
            "searched": searched,
            "problem": too_long(searched),
            "status": status,
            "statuses": LeaseStatus.choices,
            "money_lists": MONEY_LISTS.items(),
            "now": now,
        },
    )


def _by_status(status: str, user: User, now: datetime, after: str) -> Page[Lease]:
    found = Lease.objects.visible_to(user).with_parties()
    known = status in LeaseStatus.values
    parts = found.effectively_in_parts(status, now) if known else [found]
    return page_of_parts(parts, order=("-applied_at", "-id"), after=after)
