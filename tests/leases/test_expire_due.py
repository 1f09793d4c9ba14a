"""Expirations: one statement, with history, however often and however late it runs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leases import actions
from leases.enums import Actor, LeaseStatus, Rule
from leases.models import Customer, Lease

S = LeaseStatus
SECOND = timedelta(seconds=1)


@pytest.mark.requirement("R6", "R65", "R70")
def test_an_approval_expires_after_ninety_days(lease: Lease) -> None:
    assert lease.expires_at is not None
    assert actions.expire_due(now=lease.expires_at - SECOND) == []
    assert [each.at for each in actions.expire_due(now=lease.expires_at)] == [lease.expires_at]
    lease_after = Lease.objects.get()
    assert (lease_after.status, lease_after.expires_at) == (S.APPROVAL_EXPIRED, None)
    event = lease.status_events.last()
    assert event is not None
    assert (event.from_status, event.to_status) == (S.APPROVED, S.APPROVAL_EXPIRED)
    assert (event.rule, event.actor, event.by) == (Rule.APPROVAL_AGE, Actor.CLOCK, None)
    assert event.clock_started_at == lease.approved_at


@pytest.mark.requirement("R66", "R68")
@pytest.mark.parametrize("signed", [False, True])
def test_contracts_expire_sixty_days_after_the_invoice_signed_or_not(
    lease: Lease, now: datetime, signed: bool
) -> None:
    invoiced = now + timedelta(days=3)
    actions.submit_invoice(lease=lease, number="F-1", total=Decimal(900), by=None, now=invoiced)
    if signed:
        actions.sign(lease=lease, by=None, now=invoiced + timedelta(days=20))
    due = Lease.objects.get().expires_at
    assert due is not None
    assert due.date() == (invoiced + timedelta(days=60)).date()
    actions.expire_due(now=due)
    event = lease.status_events.last()
    assert event is not None
    assert (event.to_status, event.rule) == (S.CONTRACTS_EXPIRED, Rule.CONTRACTS_AGE)
    assert event.clock_started_at == invoiced


def test_a_second_beat_changes_nothing(lease: Lease) -> None:
    late = lease.expires_at + timedelta(days=3)  # type: ignore[operator]
    assert len(actions.expire_due(now=late)) == 1
    assert actions.expire_due(now=late) == []
    assert lease.status_events.count() == 2


def test_a_stopped_scheduler_shows_no_live_approval(lease: Lease) -> None:
    assert lease.expires_at is not None
    late = lease.expires_at
    assert lease.status == S.APPROVED
    assert lease.status_at(late - SECOND) == S.APPROVED
    assert lease.status_at(late) == S.APPROVAL_EXPIRED
    assert Lease.objects.effectively(S.APPROVAL_EXPIRED, late).get() == lease
    assert not Lease.objects.effectively(S.APPROVED, late).exists()
    with pytest.raises(ValidationError) as error:
        actions.submit_invoice(lease=lease, number="F-1", total=Decimal(9), by=None, now=late)
    assert error.value.error_list[0].code == "lease_transition"


def test_all_that_is_due_goes_in_one_statement(
    make_lease: Callable[..., Lease], carla: Customer, now: datetime
) -> None:
    for place in range(25):
        make_lease(carla, f"90000{place:02d}")
    late = now + timedelta(days=91)
    with CaptureQueriesContext(connection) as queries:
        assert len(actions.expire_due(now=late)) == 25
    statements = [each["sql"] for each in queries if "SAVEPOINT" not in each["sql"]]
    assert len(statements) == 1


def test_funded_leases_never_expire(lease: Lease, now: datetime) -> None:
    actions.submit_invoice(lease=lease, number="F-1", total=Decimal(900), by=None, now=now)
    actions.sign(lease=lease, by=None, now=now)
    actions.confirm_delivery(lease=lease, by=None, now=now)
    assert actions.expire_due(now=now + timedelta(days=4000)) == []
