"""Which leases may have to be charged a late fee, and by which rule."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q

from leases.enums import Frequency
from leases.late_fees import LateFeeRule
from leases.models import StateRule, Terms


def late_fee_rules() -> dict[str, LateFeeRule]:
    """By state; a state without a percentage has no late fees."""
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


def behind(rules: dict[str, LateFeeRule], today: date) -> list[int]:
    """Leases, by id, with a payment late beyond its grace period that has had no fee.

    As far as `Terms.late_from` knows; the ledger itself says which payment, and whether.
    """
    late = Q()
    for state, rule in rules.items():
        for frequency in Frequency.values:
            last = today - timedelta(days=rule.grace(frequency))
            late |= Q(state=state, frequency=frequency, late_from__lt=last)
    found = Terms.objects.filter(late) if rules else Terms.objects.none()
    return list(found.order_by("lease").values_list("lease", flat=True))
