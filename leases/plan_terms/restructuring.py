"""Lowers the next payments and puts the difference on others: the total stays, to the cent."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_DOWN, Decimal
from math import ceil
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from leases.enums import Frequency, Spread
from leases.money import CENT, ZERO
from leases.plan_terms.recovery import shares
from leases.plan_terms.situation import Eligibility, Situation, policy_of, refusal
from leases.schedule import ScheduleRow, due_days

#: A payment is lowered by half at most.
MOST_PERCENT = 50


class Change(NamedTuple):
    """What a restructuring does to one payment; `id` None is a payment it adds."""

    id: int | None
    number: int
    due_on: date
    before: Decimal
    after: Decimal


def restructuring(at: Situation, today: date) -> Eligibility:
    """The codes that all plans have, `runs` and `nothing_to_lower`."""
    if no := refusal(at, at.program.restructuring_payments if at.program else None):
        return no
    coming = _coming(at, today)
    if any(row.amount < row.agreed_amount for row in coming):
        return Eligibility(
            _("Some payments that were already lowered haven’t come due yet."), "runs"
        )
    if not coming:
        return Eligibility(_("There are no upcoming payments."), "nothing_to_lower")
    most = policy_of(at).restructuring_payments
    return Eligibility(
        ngettext_lazy(
            "The program lets you lower the next payment by up to %(percent)d%%.",
            "The program lets you lower the next %(most)d payments by up to %(percent)d%%.",
            most,
        ),
        params={"most": most, "percent": MOST_PERCENT},
    )


def _coming(at: Situation, today: date) -> list[ScheduleRow]:
    return [row for row in at.standing.rows if row.due_on >= today and row.left > 0]


def lowered(
    at: Situation, *, count: int, percent: int, spread: str, frequency: str, today: date
) -> list[Change]:
    """The next `count` payments lowered by `percent`, and the same amount added to others.

    ValidationError: those of `restructuring`, `lower_count`, `lower_percent`, `no_later` (nothing
    to spread over), `nothing_to_lower`.
    """
    restructuring(at, today).check()
    coming = _coming(at, today)
    most = min(policy_of(at).restructuring_payments, len(coming))
    if not 1 <= count <= most:
        raise ValidationError(
            ngettext_lazy(
                "Only the next payment can be lowered.",
                "You can lower the next 1 to %(most)d payments.",
                most,
            ),
            code="lower_count",
            params={"most": most},
        )
    if not 1 <= percent <= MOST_PERCENT:
        raise ValidationError(
            _("Enter a percentage from 1 to %(most)d."),
            code="lower_percent",
            params={"most": MOST_PERCENT},
        )
    chosen, later = coming[:count], coming[count:]
    cuts = [min(_percent(row.amount, percent), row.left) for row in chosen]
    difference = sum(cuts, ZERO)
    if not difference:
        raise ValidationError(
            _("The payments are too small to lower by that percentage."), code="nothing_to_lower"
        )
    down = [_change(row, -cut) for row, cut in zip(chosen, cuts, strict=True) if cut]
    if Spread(spread) == Spread.END:
        largest = max(row.amount for row in chosen)
        return down + _extra(at, difference, largest, Frequency(frequency))
    if not later:
        raise ValidationError(
            _("There are no later payments to add the rest to. Add payments at the end."),
            code="no_later",
        )
    parts = zip(later, shares(difference, len(later)), strict=True)
    return down + [_change(row, part) for row, part in parts if part]


def _percent(amount: Decimal, percent: int) -> Decimal:
    """Rounded down: never more than stated, and two halves fit into one payment."""
    return (amount * percent / 100).quantize(CENT, ROUND_DOWN)


def _change(row: ScheduleRow, by: Decimal) -> Change:
    return Change(row.id, row.number, row.due_on, row.amount, row.amount + by)


def _extra(at: Situation, total: Decimal, largest: Decimal, frequency: Frequency) -> list[Change]:
    """As many payments as keep each no larger than those lowered, continuing the schedule."""
    rows = at.standing.rows
    count = ceil(total / largest)
    first = min(row.agreed_on for row in rows)
    last = max(row.due_on for row in rows if row.amount)  # not one that was added and taken back
    known = due_days(first, frequency, len(rows) * 2 + count + 2)
    days = [each for each in known if each > last][:count]
    number = max(row.number for row in rows)
    return [
        Change(None, number + place, on, ZERO, part)
        for place, (on, part) in enumerate(zip(days, shares(total, count), strict=True), start=1)
    ]
