"""What waits on the lease watchlists: late reports, returns, an unfinished signature."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import User
from common.company_day import business_day
from leases import actions
from leases.actions.move import locked, move
from leases.enums import LeaseStatus
from leases.models import Lease
from tools.company import contracts

REASON = "La tienda entregó a tiempo y avisó después: su sistema estaba caído."
#: How long ago the merchandise came back: one return is getting old.
RETURNED = (timedelta(days=3), timedelta(days=16))


@transaction.atomic
def leave_signed(lease: Lease, *, now: datetime) -> Lease:
    """As after a crash between a signature and its acceptance, which are one transaction."""
    return move(
        locked(lease), LeaseStatus.CONTRACTS_RECEIVED, by=None, now=now, signed_at=now
    )  # fmt: skip


def report_late(leases: Sequence[Lease], *, by: User, approver: User, now: datetime) -> None:
    """Leases that expired without a signature on record. The last one is decided; the
    others wait.
    """
    for lease in leases:
        deadline = lease.ended(now)
        assert deadline is not None  # noqa: S101
        day = business_day(deadline) - timedelta(days=6)
        report = actions.report_late_delivery(
            lease=lease, signed_on=day, delivered_on=day, tracking_id="1Z 999 AA1 01",
            reason=REASON, by=by, now=now - timedelta(hours=5),
        )  # fmt: skip
    actions.decide_late_report(report=report, approved=True, by=approver, now=now)
    contracts.pay(Lease.objects.get(pk=report.lease_id), missed=0, now=now)


def bring_back(*, by: User, now: datetime) -> None:
    """Returns merchandise of funded leases, starting with those that have a case about it."""
    funded = Lease.objects.filter(status=LeaseStatus.FUNDED, plans=None).order_by("pk")
    about = funded.filter(cases__kind__goes_back=True).distinct()
    chosen = [*about[: len(RETURNED)], *funded.exclude(pk__in=about)][: len(RETURNED)]
    for lease, ago in zip(chosen, RETURNED, strict=True):
        returned_on = business_day(now - ago)
        actions.return_merchandise(lease=lease, returned_on=returned_on, by=by, now=now)
