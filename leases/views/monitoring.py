from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.timesince import timesince
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accounts.access import lease_readers_only, signed_in
from common.company_day import business_day, company_zone
from leases import clocks, worklist_words
from leases.enums import LeaseStatus
from leases.models import Lease
from leases.queries import monitoring as queries
from leases.queries.clock_line import SOON
from leases.queries.monitoring import Worklist
from leases.worklist_words import WorklistWords

#: With fewer days left than this, nothing can wait any longer.
LAST = 3


class Line(NamedTuple):
    """One lease of a list: `time` says how long it has waited or has left."""

    lease: Lease
    status: LeaseStatus
    next: str | Promise
    time: str
    day: datetime | None
    tone: str


@require_safe
@lease_readers_only
def monitoring(request: HttpRequest) -> HttpResponse:
    """Every watchlist and how many leases are on it."""
    user, now = signed_in(request), timezone.now()
    counts = {each: queries.count_worklist(each, user=user, now=now) for each in Worklist}
    lists = [
        {
            "slug": each.value,
            "address": reverse("worklist", args=[each.value]),
            "words": worklist_words.WORDS[each.value],
            "count": queries.capped(count),
            "rings": bool(each.is_alert and count),
        }
        for each, count in counts.items()
    ]
    owed, returned = queries.count_refunds(user=user), queries.count_returns(user=user)
    lists += [
        _beside("refunds", reverse("refunds_owed"), worklist_words.REFUNDS, owed),
        _beside("returns", reverse("open_returns"), worklist_words.RETURNS, returned),
    ]
    return render(request, "leases/monitoring.html", {"lists": lists})


def _beside(slug: str, address: str, words: WorklistWords, count: int) -> dict[str, Any]:
    """A list with a page of its own."""
    return {
        "slug": slug, "address": address, "words": words, "count": queries.capped(count),
        "rings": False,
    }  # fmt: skip


@require_safe
@lease_readers_only
def worklist(request: HttpRequest, slug: str) -> HttpResponse:
    try:
        which = Worklist(slug)
    except ValueError as error:
        raise Http404 from error
    user, now = signed_in(request), timezone.now()
    page = queries.worklist_page(which, user=user, now=now, after=request.GET.get("after", ""))
    return render(
        request,
        "leases/worklist.html",
        {
            "slug": slug,
            "words": worklist_words.WORDS[slug],
            "is_alert": which.is_alert,
            "page": page,
            "lines": [_line(which, lease, now) for lease in page.rows],
        },
    )


def _line(which: Worklist, lease: Lease, now: datetime) -> Line:
    status = lease.status_at(now)
    todo = worklist_words.next_step(which.value, status)
    if which in {Worklist.EXPIRING, Worklist.INVOICES} and lease.expires_at:
        left = clocks.days_left(lease.expires_at, now, company_zone())
        tone = "bad" if left < LAST else "warn" if left <= SOON else ""
        return Line(lease, status, todo, _days_left(left), lease.expires_at, tone)
    if which == Worklist.PROMISES:
        return Line(lease, status, todo, "", None, "")
    since = getattr(lease, "since", lease.applied_at)
    tone = "bad" if which.is_alert else ""
    return Line(lease, status, todo, _age(since, now), since, tone)


def _days_left(days: int) -> str:
    return ngettext("%(days)d day left", "%(days)d days left", days) % {"days": days}


def _age(since: datetime, now: datetime) -> str:
    days = (business_day(now) - business_day(since)).days
    if days < 1:
        return timesince(since, now)
    return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}
