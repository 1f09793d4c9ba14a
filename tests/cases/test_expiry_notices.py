"""Ten and two days before a lease expires its customer is told, once, at decent hours."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from config.celery import app
from leases import actions as lease_actions
from leases.mails.base import lease_facts
from leases.models import Customer, Lease
from leases.tasks import notify_expiring as task
from mail import outbox
from mail.enums import EmailState
from mail.models import Email
from tests.cases.conftest import Inbox
from tests.mails import install
from tests.threads import at_once

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


def due(lease: Lease) -> datetime:
    found = Lease.objects.get(pk=lease.pk).expires_at
    assert found is not None
    return found


NOTICES = ["approval_expiring", "contracts_expiring"]


def steps() -> list[str]:
    """Template and step of every notice, as in the keys."""
    notices = Email.objects.filter(template__key__in=NOTICES).order_by("created_at")
    keys = (key.split(":") for key in notices.values_list("key", flat=True))
    return [f"{key[0]} {key[3]}" for key in keys]


@pytest.mark.requirement("R5", "R65")
def test_ten_and_two_days_ahead(dans_lease: Lease, inbox: Inbox) -> None:
    deadline = due(dans_lease)
    assert lease_actions.notify_expiring(now=deadline - 10 * DAY - SECOND) == 0
    assert lease_actions.notify_expiring(now=deadline - 10 * DAY) == 1
    assert lease_actions.notify_expiring(now=deadline - 9 * DAY) == 0
    assert lease_actions.notify_expiring(now=deadline - 2 * DAY - SECOND) == 0
    assert lease_actions.notify_expiring(now=deadline - 2 * DAY) == 1
    assert lease_actions.notify_expiring(now=deadline - SECOND) == 0
    assert steps() == ["approval_expiring 10", "approval_expiring 2"]
    assert outbox.drain(now=lambda: deadline - 2 * DAY).sent == 2
    assert "Your approval is good until February 16, 2027" in inbox.messages[0].subject


def test_the_rows_are_those_of_a_single_lease_mail(dans_lease: Lease) -> None:
    deadline = due(dans_lease)
    lease_actions.notify_expiring(now=deadline - 2 * DAY)
    mail = Email.objects.get()
    assert mail.params == {**lease_facts(dans_lease), "expires_at": deadline.isoformat()}
    assert (mail.language, mail.to) == ("en", "dan@example.com")


@pytest.mark.requirement("R5", "R68")
def test_a_contract_has_notices_of_its_own(lease: Lease, now: datetime, inbox: Inbox) -> None:
    lease_actions.submit_invoice(lease=lease, number="F-1", total=Decimal(900), by=None, now=now)
    evening = (due(lease) - 10 * DAY).replace(hour=23)  # five o'clock for Carla
    assert lease_actions.notify_expiring(now=evening) == 1
    assert steps() == ["contracts_expiring 10"]
    outbox.drain(now=lambda: evening)
    [arrived] = inbox.messages
    assert arrived.subject == "Su artículo debe entregarse a más tardar el 17 de enero de 2027"
    assert "17 de enero de 2027 a las 10:00\u202fa.m. (hora estándar central)" in arrived.text


def test_a_customer_is_written_to_when_the_window_opens(lease: Lease) -> None:
    reached = due(lease) - 10 * DAY  # a Saturday morning; Carla: weekdays from five on
    assert reached.weekday() == 5
    monday = (reached + 2 * DAY).replace(hour=22, minute=59)
    for moment in (reached, reached + DAY, monday):
        assert lease_actions.notify_expiring(now=moment) == 0
    assert lease_actions.notify_expiring(now=monday + timedelta(minutes=1)) == 1


def test_hours_that_open_too_late_give_way_to_the_companys(
    make_lease: Callable[..., Lease], dan: Customer
) -> None:
    Customer.objects.filter(pk=dan.pk).update(available_days=["mon"])
    lease = make_lease(dan)
    deadline = due(lease)  # a Tuesday at ten
    lease_actions.notify_expiring(now=deadline - 8 * DAY)  # a Monday
    Lease.objects.filter(pk=lease.pk).update(expires_at=deadline - 2 * DAY)  # Sunday
    friday = deadline - 4 * DAY
    assert lease_actions.notify_expiring(now=friday.replace(hour=9)) == 0  # three in the morning
    assert lease_actions.notify_expiring(now=friday) == 1
    assert steps() == ["approval_expiring 10", "approval_expiring 2"]


@pytest.mark.parametrize(
    ("late", "expected"),
    [(0, ["approval_expiring 2"]), (1, ["approval_expiring 2"]), (2, []), (30, [])],
)
def test_a_scheduler_dead_for_days_sends_only_what_still_helps(
    dans_lease: Lease, late: int, expected: list[str]
) -> None:
    lease_actions.notify_expiring(now=due(dans_lease) - 2 * DAY + late * DAY)
    assert steps() == expected


def test_back_to_approved_is_told_again_only_for_a_new_deadline(
    dans_lease: Lease, now: datetime
) -> None:
    approval = due(dans_lease)
    lease_actions.submit_invoice(
        lease=dans_lease, number="F-1", total=Decimal(900), by=None, now=now
    )
    lease_actions.sign(lease=dans_lease, by=None, now=now)
    contract = due(dans_lease)
    lease_actions.notify_expiring(now=contract - 2 * DAY)
    lease_actions.return_merchandise(
        lease=Lease.objects.get(), returned_on=now.date(), by=None, now=contract - DAY
    )
    assert due(dans_lease) == approval
    lease_actions.notify_expiring(now=contract - DAY)
    lease_actions.notify_expiring(now=approval - 10 * DAY)
    assert steps() == ["contracts_expiring 2", "approval_expiring 10"]


def test_a_new_deadline_has_notices_of_its_own(dans_lease: Lease) -> None:
    for deadline in (due(dans_lease), due(dans_lease) + 15 * DAY):
        Lease.objects.update(expires_at=deadline)
        assert lease_actions.notify_expiring(now=deadline - 10 * DAY) == 1
    assert steps() == ["approval_expiring 10"] * 2


def test_a_notice_whose_lease_moved_on_is_withdrawn(
    dans_lease: Lease, now: datetime, inbox: Inbox
) -> None:
    moment = due(dans_lease) - 10 * DAY
    lease_actions.notify_expiring(now=moment)
    lease_actions.submit_invoice(
        lease=dans_lease, number="F-1", total=Decimal(900), by=None, now=moment
    )
    done = outbox.drain(now=lambda: moment)
    assert (done.sent, done.withdrawn) == (0, 1)
    mail = Email.objects.get()
    assert (mail.state, mail.error, mail.owner) == (EmailState.WITHDRAWN, "obsolete", None)
    assert inbox.messages == []
    # the contract runs to the same day, and says what must happen now
    lease_actions.notify_expiring(now=moment)
    assert outbox.drain(now=lambda: moment).sent == 1


def test_a_notice_of_a_deadline_that_moved_is_withdrawn(dans_lease: Lease, inbox: Inbox) -> None:
    moment = due(dans_lease) - 2 * DAY
    lease_actions.notify_expiring(now=moment)
    Lease.objects.update(expires_at=moment + 5 * DAY)
    assert outbox.drain(now=lambda: moment).withdrawn == 1


@pytest.mark.parametrize("late", [0, 1])
def test_a_notice_is_not_sent_after_the_deadline(
    dans_lease: Lease, inbox: Inbox, late: int
) -> None:
    deadline = due(dans_lease)
    lease_actions.notify_expiring(now=deadline - DAY)
    done = outbox.drain(now=lambda: deadline - SECOND + late * SECOND)
    assert (done.sent, done.withdrawn) == (1 - late, late)


def test_funded_leases_are_not_warned(dans_lease: Lease, now: datetime) -> None:
    lease_actions.submit_invoice(
        lease=dans_lease, number="F-1", total=Decimal(900), by=None, now=now
    )
    lease_actions.sign(lease=dans_lease, by=None, now=now)
    lease_actions.confirm_delivery(lease=dans_lease, by=None, now=now)
    for days in range(100):
        assert lease_actions.notify_expiring(now=now + days * DAY) == 0


@pytest.mark.parametrize(
    ("applied", "warned"),
    [
        # deadline Wednesday 17 March 2027 at ten CDT; ten days before, CST: ten as well
        ("2026-12-17 16:00", "2027-03-07 16:00"),
        # deadline Friday 12 November 2027 at ten CST; ten days before, CDT
        ("2027-08-14 15:00", "2027-11-02 15:00"),
    ],
)
def test_ten_days_are_calendar_days_when_the_clocks_change(
    make_lease: Callable[..., Lease], dan: Customer, applied: str, warned: str
) -> None:
    make_lease(dan, now=datetime.fromisoformat(applied).replace(tzinfo=UTC))
    moment = datetime.fromisoformat(warned).replace(tzinfo=UTC)
    assert lease_actions.notify_expiring(now=moment - SECOND) == 0
    assert lease_actions.notify_expiring(now=moment) == 1


def test_the_days_are_a_setting(dans_lease: Lease, settings: Any) -> None:
    settings.EXPIRY_NOTICE_DAYS = [30]
    assert lease_actions.notify_expiring(now=due(dans_lease) - 30 * DAY) == 1
    assert steps() == ["approval_expiring 30"]


@pytest.mark.django_db(transaction=True)
def test_two_at_once_tell_once(dans_lease: Lease) -> None:
    moment = due(dans_lease) - 2 * DAY
    assert sum(at_once(*[lambda: lease_actions.notify_expiring(now=moment)] * 4)) == 1
    assert Email.objects.count() == 1


def test_many_take_as_many_statements_as_one(
    make_lease: Callable[..., Lease], dan: Customer, now: datetime
) -> None:
    install(now=now)

    def statements() -> int:
        with CaptureQueriesContext(connection) as queries:
            lease_actions.notify_expiring(now=now + 85 * DAY)
        return len([each for each in queries if "SAVEPOINT" not in each["sql"]])

    make_lease(dan, "9000000")
    one = statements()
    for place in range(30):
        make_lease(dan, f"90000{place:02d}1")
    assert statements() == one
    assert Email.objects.count() == 31


@pytest.mark.requirement("R5")
def test_the_beat_schedule_runs_it(db: None) -> None:
    assert task.name in {entry["task"] for entry in app.conf.beat_schedule.values()}
    task.apply(throw=True)
    assert "approval_expiring" not in steps()
