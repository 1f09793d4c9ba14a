"""What is planned for a case."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple

from cases.forms import CallMadeForm, FollowUpForm, MoveForm
from cases.models import Case, FollowUp
from cases.queries.follow_ups import follow_ups_of, mails_of
from cases.views.case.refused import RefusedCaseForm
from common.company_day import business_day
from mail.models import Email
from mail.queries.outbox import alert_after


class FollowUpRow(NamedTuple):
    """A follow-up; the forms only while it's pending, its mail once there is one."""

    follow_up: FollowUp
    mail: Email | None
    move: MoveForm | None
    made: CallMadeForm | None


def follow_up_panel(found: Case, *, now: datetime, refused: RefusedCaseForm) -> dict[str, Any]:
    return {
        "follow_up": FollowUpForm(case=found, now=now),
        "follow_ups": _planned(found, business_day(now), refused),
        "late_before": now - alert_after(),
    }


def _planned(found: Case, today: date, refused: RefusedCaseForm) -> list[FollowUpRow]:
    follow_ups = follow_ups_of(found)
    mails = mails_of(follow_ups)
    return [
        _one_planned(each, today, refused)
        if each.is_pending
        else FollowUpRow(each, mails.get(each.pk), None, None)
        for each in follow_ups
    ]


def _one_planned(follow_up: FollowUp, today: date, refused: RefusedCaseForm) -> FollowUpRow:
    move, made = MoveForm(follow_up=follow_up, today=today), CallMadeForm(follow_up=follow_up)
    if refused.moving and refused.moving.follow_up == follow_up:
        move = refused.moving
    if refused.calling and refused.calling.follow_up == follow_up:
        made = refused.calling
    return FollowUpRow(follow_up, None, move, made)
