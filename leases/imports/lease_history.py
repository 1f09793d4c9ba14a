from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from leases import clocks
from leases.enums import Actor, Rule
from leases.enums import LeaseStatus as S
from leases.imports.lease_checks import BEFORE_APPROVAL
from leases.models import Lease, StatusEvent


def history(lease: Lease, *, reason: str, now: datetime) -> list[StatusEvent]:
    """The way that leads to the status, with the days of the file."""
    first = lease.status if lease.status in BEFORE_APPROVAL else S.APPROVED
    if first == S.IN_PROCESS:  # typically to overturn a denial
        first = S.DENIED
    steps = [("", first, Rule.APPLICATION, lease.approved_at or lease.applied_at)]

    def step(to: S, rule: Rule, at: datetime | None) -> None:
        if at is not None:
            steps.append((steps[-1][1], to, rule, at))

    step(S.CONTRACTS, Rule.INVOICE, lease.contracts_at)
    if lease.status != S.CONTRACTS:
        step(S.CONTRACTS_RECEIVED, Rule.SIGNATURE, lease.signed_at)
        if lease.status != S.CONTRACTS_RECEIVED:
            step(S.LEASE_ACCEPTED, Rule.ACCEPTANCE, lease.signed_at)
    step(S.FUNDED, Rule.DELIVERY, lease.delivered_at)
    if lease.status == S.IN_PROCESS:
        step(S.IN_PROCESS, Rule.REVIEW, lease.applied_at)
    started = None
    if lease.status in {S.APPROVAL_EXPIRED, S.CONTRACTS_EXPIRED}:
        by_contract = lease.status == S.CONTRACTS_EXPIRED
        started = lease.contracts_at if by_contract else lease.approved_at
        rule = Rule.CONTRACTS_AGE if by_contract else Rule.APPROVAL_AGE
        days = lease.days().contracts if by_contract else lease.days().approval
        assert started is not None  # noqa: S101 - NEEDS
        ended = min(clocks.add_days(started, days, ZoneInfo(settings.BUSINESS_TIME_ZONE)), now)
        step(S(lease.status), rule, max(ended, steps[-1][3]))
    expired = len(steps) - 1 if started else -1
    return [
        StatusEvent(
            lease=lease,
            from_status=start,
            to_status=to,
            rule=rule,
            actor=Actor.CLOCK if place == expired else Actor.MERCHANT,
            clock_started_at=started if place == expired else None,
            reason=reason,
            at=at,
        )
        for place, (start, to, rule, at) in enumerate(steps)
    ]
