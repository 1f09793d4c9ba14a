"""Which leases may have to be charged a late fee, and by which rule."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q, Sum

from leases.enums import LeaseStatus, Part
from leases.late_fees import LateFeeRule
from leases.models import Lease, StateRule


def late_fee_rules() -> dict[str, LateFeeRule]:
    """By state; a state that has no percentage has no late fees."""
    return {
        rule.state: LateFeeRule(
            state=rule.state,
            percent=rule.late_fee_percent,
            of=rule.late_fee_of,
            least_weekly=rule.late_fee_least_weekly,
            least_longer=rule.late_fee_least_longer,
            most=rule.late_fee_most,
            grace_weekly=rule.grace_days_weekly,
            grace_longer=rule.grace_days_longer,
            source=rule.source,
        )
        for rule in StateRule.objects.filter(late_fee_percent__gt=0)
        if rule.late_fee_percent is not None
    }


def behind(rules: dict[str, LateFeeRule], today: date, *, chunk: int) -> Iterator[list[Lease]]:
    """Delivered leases with rent unpaid beyond the shortest grace period, in chunks by id.

    One grouped query each. Which instalment, and whether it has its fee, is then asked of the
    ledger itself.
    """
    if not rules:
        return
    grace = min(min(rule.grace_weekly, rule.grace_longer) for rule in rules.values())
    late = Q(ledger__part=Part.RENT) & (
        Q(ledger__instalment=None, ledger__effective_on__lte=today)
        | Q(
            ledger__instalment__isnull=False, ledger__effective_on__lt=today - timedelta(days=grace)
        )
    )
    leases = (
        Lease.objects.filter(status=LeaseStatus.FUNDED, terms__state__in=list(rules))
        .annotate(behind=Sum("ledger__amount", filter=late))
        .filter(behind__gt=0)
        .order_by("pk")
    )
    last = 0
    while found := list(leases.filter(pk__gt=last)[:chunk]):
        yield found
        last = found[-1].pk
