"""The owner of a plan is in its own row, however the case is moved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from accounts.models import User
from cases import actions
from cases.enums import Channel
from cases.models import Case, FollowUp
from cases.queries.calendar import calls_due
from common.company_day import business_day


@pytest.fixture
def call(open_case: Callable[..., Case], ana: User, now: datetime) -> FollowUp:
    case = open_case()
    planned = actions.set_follow_up(
        case=case, on=business_day(now), channel=Channel.PHONE, by=ana, now=now
    )
    FollowUp.objects.filter(pk=planned.pk).update(on=business_day(now), send_at=now)
    return FollowUp.objects.get(pk=planned.pk)


def test_a_plan_begins_with_whoever_has_the_case(call: FollowUp, ana: User) -> None:
    assert call.assignee == ana


def test_it_goes_with_the_case(call: FollowUp, ana: User, ben: User, now: datetime) -> None:
    actions.assign(case=call.case, to=ben, by=ana, now=now)
    call.refresh_from_db()
    assert call.assignee == ben
    assert calls_due(ben, now).get() == call
    assert calls_due(ana, now).get() == call  # who planned it
    Case.objects.update(assignee=None)  # in bulk, bypassing every action
    call.refresh_from_db()
    assert call.assignee is None
    assert not calls_due(ben, now).exists()


def test_what_nobody_here_has_is_everybodys(
    call: FollowUp, ana: User, ben: User, now: datetime
) -> None:
    assert not calls_due(ben, now).exists()
    User.objects.filter(pk=ana.pk).update(is_active=False)
    assert calls_due(ben, now).get() == call
    Case.objects.update(assignee=None)
    assert calls_due(ben, now).get() == call
