from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.access import signed_in
from leases.models import Lease
from leases.queries.clock_line import clock_of
from leases.queries.find import leases_numbered


def lease_frame(
    request: HttpRequest, account_number: str, tab: str, *, now: datetime | None = None
) -> tuple[Lease, dict[str, object]]:
    """The lease and what templates/leases/base_lease.html shows around each of its pages.

    `tab` is the page's URL name. 404 for a lease that this person may not see or that doesn't
    exist.
    """
    found = get_object_or_404(leases_numbered(account_number, user=signed_in(request)))
    now = now or timezone.now()
    return found, {
        "lease": found,
        "customer": found.customer,
        "clock": clock_of(found, now),
        "tab": tab,
        "now": now,
    }
