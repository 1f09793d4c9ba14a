"""A recovery plan: promises that cover the arrears, to the cent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple, Protocol

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from common.formats import day, money
from leases.enums import Frequency, PromiseState
from leases.money import CENT, ZERO, is_in_cents
from leases.plan_terms.situation import Eligibility, Situation, policy_of, refusal
from leases.schedule import due_days


class Promised(Protocol):
    @property
    def due_on(self) -> date: ...
    @property
    def amount(self) -> Decimal: ...


class Payment(NamedTuple):
    """A promised payment."""

    due_on: date
    amount: Decimal


def recovery(at: Situation) -> Eligibility:
    """Codes: `not_funded`, `no_program`, `program_refuses`, `no_schedule`, `no_arrears`, `runs`."""
    if no := refusal(at, at.program.recovery_payments if at.program else None):
        return no
    most = policy_of(at).recovery_payments
    if at.standing.arrears <= 0:
        return Eligibility(_("Nothing is past due."), "no_arrears")
    if at.recovery_runs:
        return Eligibility(
            _("A recovery plan is already in effect. To agree on another, cancel it first."), "runs"
        )
    return Eligibility(
        ngettext_lazy(
            "%(arrears)s is past due. The program allows %(most)d payment.",
            "%(arrears)s is past due. The program allows up to %(most)d payments.",
            most,
        ),
        params={"most": most, "arrears": money(at.standing.arrears)},
    )


def shares(total: Decimal, count: int) -> list[Decimal]:
    """`total` in `count` parts that differ by a cent at most, the larger ones last."""
    each, rest = divmod(int(total / CENT), count)
    return [each * CENT] * (count - rest) + [(each + 1) * CENT] * rest


def proposed(arrears: Decimal, count: int, first_on: date, step: str) -> list[Payment]:
    """Equal payments over the arrears; fewer than `count` if there are fewer cents."""
    count = max(1, min(count, int(arrears / CENT)))
    days = due_days(first_on, Frequency(step), count)
    return [Payment(*each) for each in zip(days, shares(arrears, count), strict=True)]


def check_promises(at: Situation, promises: Sequence[Promised], today: date) -> None:
    """ValidationError: those of `recovery`, `promises_count`, `promise_amount`, `promise_past`,
    `promises_order`, `promises_total` (not the arrears to the cent).
    """
    recovery(at).check()
    most = policy_of(at).recovery_payments
    if not 1 <= len(promises) <= most:
        raise ValidationError(
            ngettext_lazy(
                "The program allows %(most)d payment.",
                "The program allows 1 to %(most)d payments.",
                most,
            ),
            code="promises_count",
            params={"most": most},
        )
    if not all(is_in_cents(each.amount) and each.amount > 0 for each in promises):
        raise ValidationError(
            _("Enter amounts above zero, with no more than two decimal places."),
            code="promise_amount",
        )
    days = [each.due_on for each in promises]
    if min(days) < today:
        raise ValidationError(
            _("%(day)s is in the past. Choose today or a later date."),
            code="promise_past",
            params={"day": day(min(days))},
        )
    if any(later <= earlier for earlier, later in pairwise(days)):
        raise ValidationError(
            _("Each payment needs a later date than the one before it."), code="promises_order"
        )
    total = sum((each.amount for each in promises), ZERO)
    if total != at.standing.arrears:
        raise ValidationError(
            _("The payments add up to %(total)s, but %(arrears)s is past due."),
            code="promises_total",
            params={"total": money(total), "arrears": money(at.standing.arrears)},
        )


def promise_states(
    promises: Iterable[Promised], received_since: Decimal, today: date
) -> list[PromiseState]:
    """A promise is kept once what was received since then covers it and all before it."""
    states, promised = [], ZERO
    for each in promises:
        promised += each.amount
        if received_since >= promised:
            states.append(PromiseState.KEPT)
        elif each.due_on < today:
            states.append(PromiseState.MISSED)
        else:
            is_today = each.due_on == today
            states.append(PromiseState.DUE if is_today else PromiseState.UPCOMING)
    return states
