from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.company_day import company_zone
from leases import clocks, words
from leases.enums import LeaseStatus
from leases.models import Lease

#: With fewer days left than this, the line warns.
SOON = 10

#: What staff read beside the last day: the status's own name would say that it's past.
_ENDS = {
    LeaseStatus.APPROVAL_EXPIRED: gettext_lazy("Approval expires"),
    LeaseStatus.CONTRACTS_EXPIRED: gettext_lazy("Contracts expire"),
}


def clock_of(lease: Lease, now: datetime, *, for_customer: bool = False) -> dict[str, object]:
    """What the clock line shows: the effective status, and the deadline if there is one.

    Customers read plain words. Of what their lease would become, they learn only that there is a
    deadline.
    """
    status = lease.status_at(now)
    started_at = lease.clock_started_at()
    clock: dict[str, object] = {
        "status": status.value,
        "status_label": words.status_for_customer(status) if for_customer else status.label,
        "runs": False,
    }
    if ended_at := lease.ended(now):
        return clock | {"ended_at": ended_at}
    if lease.expires_at is None or started_at is None:
        return clock
    zone = company_zone()
    left = clocks.days_left(lease.expires_at, now, zone)
    return clock | {
        "runs": True,
        "started_label": _("Invoice") if started_at == lease.contracts_at else _("Approval"),
        "started_at": started_at,
        "expires_at": lease.expires_at,
        "ends_label": _("Delivery due by")
        if for_customer
        else str(_ENDS[LeaseStatus(lease.expires_as)]),
        "days_left": left,
        "percent": clocks.elapsed(started_at, lease.expires_at, now),
        "tone": "warn" if left <= SOON else "good",
    }
