"""One payment on a later day."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from common.formats import day
from leases.plan_terms.situation import Eligibility, Situation, policy_of, refusal
from leases.schedule import ScheduleRow, State


def rescheduling(at: Situation, today: date) -> Eligibility:
    """The codes that all plans have, and `nothing_to_move`."""
    if no := refusal(at, at.program.rescheduling_days if at.program else None):
        return no
    if not movable(at, today):
        return Eligibility(_("There are no unpaid payments left to move."), "nothing_to_move")
    days = policy_of(at).rescheduling_days
    return Eligibility(
        ngettext_lazy(
            "The program lets you move a payment %(days)d day past its contract date.",
            "The program lets you move a payment up to %(days)d days past its contract date.",
            days,
        ),
        params={"days": days},
    )


def last_day(at: Situation, row: ScheduleRow) -> date:
    """The last day a payment can move to: counted from the contract's own day, even if it moved
    before.
    """
    return row.agreed_on + timedelta(days=policy_of(at).rescheduling_days)


def movable(at: Situation, today: date) -> list[ScheduleRow]:
    return [row for row in at.standing.rows if _why_not(at, row, today) is None]


def _why_not(at: Situation, row: ScheduleRow, today: date) -> ValidationError | None:
    if row.left <= 0:
        return ValidationError(_("This payment has already been made."), code="instalment_paid")
    if row.state == State.OVERDUE and at.recovery_runs:
        return ValidationError(
            _("This payment is past due and part of the recovery plan."), code="in_recovery"
        )
    last = last_day(at, row)
    if last < today or last <= row.due_on:
        return ValidationError(
            _("The latest date for this payment was %(day)s."),
            code="day_limit",
            params={"day": day(last)},
        )
    return None


def check_move(at: Situation, number: int, to: date, today: date) -> ScheduleRow:
    """The payment to move. ValidationError: those of `rescheduling`, `no_instalment`,
    `instalment_paid`, `in_recovery`, `day_limit`, `day_past`, `not_later`.
    """
    rescheduling(at, today).check()
    row = next((row for row in at.standing.rows if row.number == number), None)
    if row is None:
        raise ValidationError(_("This lease doesn’t have that payment."), code="no_instalment")
    if error := _why_not(at, row, today):
        raise error
    if to < today:
        raise ValidationError(_("This date has passed. Choose today or later."), code="day_past")
    if to <= row.due_on:
        raise ValidationError(
            _("The payment is due on %(day)s. Choose a later date."),
            code="not_later",
            params={"day": day(row.due_on)},
        )
    if to > last_day(at, row):
        raise ValidationError(
            _("The latest date for this payment is %(day)s."),
            code="day_limit",
            params={"day": day(last_day(at, row))},
        )
    return row
