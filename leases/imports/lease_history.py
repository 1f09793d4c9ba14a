from __future__ import annotations

from datetime import datetime

from common.company_day import company_zone
from leases import clocks
from leases.enums import Actor, Rule
from leases.enums import LeaseStatus as S
from leases.imports.lease_checks import BEFORE_APPROVAL
from leases.models import Lease, StatusEvent


def history(lease: Lease, *, reason: str, now: datetime) -> list[StatusEvent]:
    """The steps that lead to the status, with the dates from the file."""
    first = lease.status if lease.status in BEFORE_APPROVAL else S.APPROVED
    if first == S.IN_PROCESS:  # usually to overturn a denial
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
    started = _clock_started_at(lease)
    if started:
        by_contract = lease.status == S.CONTRACTS_EXPIRED
        rule = Rule.CONTRACTS_AGE if by_contract else Rule.APPROVAL_AGE
        step(S(lease.status), rule, lease.ended_at)
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
            happened_at=at if place == expired else None,
        )
        for place, (start, to, rule, at) in enumerate(steps)
    ]


def ended_at(lease: Lease, now: datetime) -> datetime | None:
    """When its clock ended an expired lease: the deadline, but not before what the file says about
    it, nor after now.
    """
    started = _clock_started_at(lease)
    if started is None:
        return None
    by_contract = lease.status == S.CONTRACTS_EXPIRED
    days = lease.days().contracts if by_contract else lease.days().approval
    deadline = clocks.add_days(started, days, company_zone())
    last = max(at for at in (started, lease.contracts_at, lease.signed_at) if at)
    return max(min(deadline, now), last)


def _clock_started_at(lease: Lease) -> datetime | None:
    if lease.status == S.CONTRACTS_EXPIRED:
        return lease.contracts_at
    return lease.approved_at if lease.status == S.APPROVAL_EXPIRED else None
