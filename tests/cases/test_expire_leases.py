"""The customer is told of every expiration, in the same transaction, once, at a decent hour."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from common.company_day import business_day
from config.celery import app
from leases import actions as lease_actions
from leases.enums import LeaseStatus
from leases.mails.base import lease_facts
from leases.models import Customer, Lease, StatusEvent
from leases.tasks import expire_leases as task
from mail import outbox
from mail.enums import EmailState
from mail.models import Email
from tests.cases.conftest import Inbox
from tests.mails import edited, forget, install
from tests.threads import at_once

S = LeaseStatus


def due(lease: Lease) -> datetime:
    found = Lease.objects.get(pk=lease.pk).expires_at
    assert found is not None
    return found


def mail_of(lease: Lease) -> Email:
    found = Email.objects.exclude(template__key__endswith="delivery_confirmed")
    return found.get(leasemail__lease=lease)


@pytest.mark.requirement("R6", "R65")
def test_an_expired_approval_is_told_in_the_customers_language(
    lease: Lease, dans_lease: Lease, inbox: Inbox
) -> None:
    late = due(lease)
    assert lease_actions.expire_leases(now=late) == 2
    for each, language in ((lease, "es"), (dans_lease, "en")):
        mail = mail_of(each)
        event = each.status_events.get(to_status=S.APPROVAL_EXPIRED)
        assert mail.key == f"expired:{each.pk}:{event.pk}"
        assert (mail.language, mail.to) == (language, each.customer.email)
        assert mail.template.key == "approval_expired"
    opening = mail_of(lease).next_attempt_at  # Carla's hours; Dan's are open then
    assert outbox.drain(now=lambda: opening).sent == 2
    texts = {each.recipients[0]: each.text for each in inbox.messages}
    assert "Puede hacer otra solicitud en la tienda" in texts["carla@example.com"]
    assert "104477312" in texts["carla@example.com"]
    assert "You can apply again at the store" in texts["dan@example.com"]


@pytest.mark.requirement("R97")
def test_an_expiry_that_a_late_report_took_back_is_not_told(
    lease: Lease, now: datetime, mateo: User, sofia: User, inbox: Inbox
) -> None:
    lease_actions.submit_invoice(lease=lease, number="F-1", total=Decimal(900), by=None, now=now)
    lease_actions.sign(lease=lease, by=None, now=now)
    late = due(lease) + timedelta(hours=1)
    lease_actions.expire_leases(now=late)
    report = lease_actions.report_late_delivery(
        lease=lease, delivered_on=business_day(now), reason="Avisó tarde.", by=mateo, now=late
    )
    lease_actions.decide_late_report(report=report, approved=True, by=sofia, now=late)
    opening = mail_of(lease).next_attempt_at
    done = outbox.drain(now=lambda: opening)
    assert (done.sent, done.withdrawn) == (1, 1)  # what was approved is told, in another mail
    assert mail_of(lease).state == EmailState.WITHDRAWN


@pytest.mark.requirement("R68")
@pytest.mark.parametrize("signed", [False, True])
def test_expired_contracts_are_told_signed_or_not(
    lease: Lease, now: datetime, signed: bool
) -> None:
    lease_actions.submit_invoice(lease=lease, number="F-1", total=Decimal(900), by=None, now=now)
    if signed:
        lease_actions.sign(lease=lease, by=None, now=now)
    lease_actions.expire_leases(now=due(lease))
    assert mail_of(lease).template.key == "contracts_expired"


def test_an_approval_that_ends_under_contract_is_told_as_such(lease: Lease, now: datetime) -> None:
    lease_actions.submit_invoice(
        lease=lease, number="F-1", total=Decimal(900), by=None, now=now + timedelta(days=60)
    )
    lease_actions.expire_leases(now=due(lease))
    assert mail_of(lease).template.key == "approval_expired"


def test_the_rows_are_those_of_a_single_lease_mail(lease: Lease) -> None:
    deadline = due(lease)
    lease_actions.expire_leases(now=deadline)
    assert mail_of(lease).params == {**lease_facts(lease), "expired_at": deadline.isoformat()}


def test_the_mail_waits_for_the_customers_hours(
    lease: Lease, dans_lease: Lease, inbox: Inbox
) -> None:
    deadline = due(lease)  # ten in the morning; Carla is there from five on
    lease_actions.expire_leases(now=deadline)
    assert mail_of(lease).next_attempt_at == deadline.replace(hour=23)
    assert mail_of(dans_lease).next_attempt_at == deadline
    assert outbox.drain(now=lambda: deadline).sent == 1


def test_nobody_is_written_to_at_night(dans_lease: Lease) -> None:
    night = due(dans_lease).replace(hour=9) + timedelta(days=1)
    lease_actions.expire_leases(now=night)
    assert mail_of(dans_lease).next_attempt_at == night.replace(hour=15)


def test_the_version_of_the_text_is_the_current_one(lease: Lease, now: datetime) -> None:
    texts = {
        f"{field}_{language}": "{account_number}"
        for field in ("subject", "body")
        for language in ("en", "es")
    }
    edited("approval_expired", now=now, **texts)
    lease_actions.expire_leases(now=due(lease))
    assert mail_of(lease).template.version == 2


def state_of(lease: Lease) -> dict[str, Any]:
    """All that an expiration leaves behind, except the time of the event row and what follows from
    it.
    """
    event = lease.status_events.latest("pk")
    kept = ("from_status", "to_status", "rule", "actor", "by", "reason", "clock_started_at")
    mail = mail_of(lease)
    now = Lease.objects.get(pk=lease.pk)
    return {
        "event": [getattr(event, name) for name in kept],
        "lease": [now.status, now.expires_at, now.expires_as, now.approved_at],
        "mail": [mail.template.key, mail.params | {"account_number": ""}, mail.language, mail.to],
        "counts": [lease.status_events.count(), Email.objects.filter(to=mail.to).count()],
    }


@pytest.mark.requirement("R6")
def test_a_scheduler_dead_for_three_days_changes_only_the_time_of_the_event(
    lease: Lease, make_lease: Callable[..., Lease], dan: Customer, carla: Customer
) -> None:
    deadline = due(lease)
    lease_actions.expire_leases(now=deadline)
    in_time = state_of(lease)
    forget()
    other = make_lease(carla, "104477313")
    late = deadline + timedelta(days=3)
    lease_actions.expire_leases(now=late)
    assert state_of(other) == in_time
    assert [lease.status_events.latest("pk").at, other.status_events.latest("pk").at] == [
        deadline, late,
    ]  # fmt: skip


def test_duplicate_beats_tell_nothing_twice(lease: Lease) -> None:
    late = due(lease)
    assert [lease_actions.expire_leases(now=late) for _ in range(3)] == [1, 0, 0]
    assert Email.objects.count() == 1
    assert lease.status_events.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_beats_at_once_make_one_event_and_one_mail(lease: Lease, dans_lease: Lease) -> None:
    late = due(lease)
    expired = at_once(*[lambda: lease_actions.expire_leases(now=late)] * 4)
    assert sorted(expired) == [0, 0, 0, 2]
    assert Email.objects.count() == 2
    assert StatusEvent.objects.filter(to_status=S.APPROVAL_EXPIRED).count() == 2


@pytest.mark.django_db(transaction=True)
def test_without_its_mail_nothing_expires(lease: Lease) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE mail_email ADD CONSTRAINT no_mail CHECK (key NOT LIKE 'expired:%')"
        )
    try:
        with pytest.raises(DatabaseError):
            lease_actions.expire_leases(now=due(lease))
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE mail_email DROP CONSTRAINT no_mail")
    assert Lease.objects.get().status == S.APPROVED
    assert lease.status_events.count() == 1


def test_many_take_as_many_statements_as_one(
    make_lease: Callable[..., Lease], carla: Customer, dan: Customer, now: datetime
) -> None:
    install(now=now)

    def statements(late: datetime) -> int:
        with CaptureQueriesContext(connection) as queries:
            lease_actions.expire_leases(now=late)
        return len([each for each in queries if "SAVEPOINT" not in each["sql"]])

    make_lease(carla, "9000000")
    one = statements(now + timedelta(days=91))
    for place in range(30):
        make_lease(carla if place % 2 else dan, f"90000{place:02d}1")
    assert statements(now + timedelta(days=91)) == one
    assert Email.objects.filter(state=EmailState.PENDING).count() == 31


def test_a_backlog_has_more_time_than_a_page(lease: Lease) -> None:
    lease_actions.expire_leases(now=due(lease))
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('statement_timeout')::interval")
        assert cursor.fetchone() == (timedelta(seconds=90),)
    assert app.conf.task_soft_time_limit > 90


@pytest.mark.requirement("R6")
def test_the_beat_schedule_runs_it_and_nothing_else_expires(lease: Lease) -> None:
    scheduled = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert task.name in scheduled
    assert [name for name in scheduled if "expire" in name] == [task.name]
    Lease.objects.filter(pk=lease.pk).update(expires_at=timezone.now())
    task.apply(throw=True)
    assert Lease.objects.get().status == S.APPROVAL_EXPIRED
    assert Email.objects.count() == 1
