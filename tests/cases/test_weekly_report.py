"""The supervisors' Monday mail."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from cases import actions, tasks
from cases.actions.staff_mails import send_weekly_reports
from cases.mails.weekly_report import WEEKLY_REPORT
from cases.models import Case
from cases.queries.week import Unanswered, WeekFigures, week_figures
from config.celery import app
from leases.models import Customer, Lease
from mail.models import Email
from mail.outbound.render import render
from tests.moves import move

MONDAY = datetime(2026, 11, 23, 15, 30, tzinfo=UTC)  # half past nine in Chicago


@pytest.fixture
def past_week(
    open_case: Callable[..., Case],
    carla: Customer,
    dan: Customer,
    dans_lease: Lease,
    ana: User,
    now: datetime,
) -> Case:
    """Four cases of Wednesday the 18th: one resolved, one escalated, two whose customers wait."""
    resolved, escalated, carlas = open_case(), open_case(), open_case()
    dans = open_case(lease=dans_lease, language="en")
    actions.update_case(case=resolved, version=1, update=move("resolved"), by=ana, now=now)
    actions.escalate(case=escalated, reason="Decida usted.", by=ana, now=now)
    for case, person, hours in ((carlas, carla, 1), (dans, dan, 2), (escalated, carla, 3)):
        actions.add_customer_message(
            case=case, body="?", by=person.user, now=now + timedelta(hours=hours)
        )
    actions.set_follow_up(
        case=carlas, on=(now + timedelta(days=9)).date(), message="¿Llegó?", by=ana, now=now
    )
    return carlas


@pytest.mark.django_db
def test_the_week_in_figures(past_week: Case, sofia: User, now: datetime) -> None:
    found = week_figures(datetime(2026, 11, 16).date(), user=sofia, now=MONDAY)  # noqa: DTZ001
    assert found.oldest_en
    wednesday = date(2026, 11, 18)
    assert found == WeekFigures(
        since=date(2026, 11, 16),
        until=date(2026, 11, 22),
        opened=4,
        resolved=1,
        open=3,
        overdue=0,
        escalated=1,
        oldest_es=Unanswered(number=past_week.number, since=wednesday),
        oldest_en=Unanswered(number=found.oldest_en.number, since=wednesday),
        follow_ups=1,
        uncertain=0,
        parked=0,
    )
    before = week_figures(datetime(2026, 11, 9).date(), user=sofia, now=MONDAY)  # noqa: DTZ001
    assert (before.opened, before.resolved) == (0, 0)


@pytest.mark.parametrize(
    ("at", "sent"),
    [
        (MONDAY, 1),
        (MONDAY - timedelta(hours=1), 0),  # before the day has begun
        (MONDAY - timedelta(days=1), 0),  # Sunday
        (MONDAY + timedelta(days=2), 1),  # the clock was down until Wednesday
        (MONDAY + timedelta(days=3), 0),
    ],
)
def test_it_goes_on_monday_morning(sofia: User, at: datetime, sent: int) -> None:
    assert send_weekly_reports(now=at) == sent


def test_every_supervisor_gets_it_once_in_their_language(
    past_week: Case, sofia: User, ben: User, irene: User
) -> None:
    User.objects.filter(pk=ben.pk).update(role="supervisor")
    with CaptureQueriesContext(connection) as asked:
        assert send_weekly_reports(now=MONDAY) == 2
    counted = [each for each in asked.captured_queries if '"opened_at" >=' in each["sql"]]
    assert len(counted) == 1  # once for all: over years of cases it takes seconds
    assert send_weekly_reports(now=MONDAY + timedelta(days=1)) == 0
    assert send_weekly_reports(now=MONDAY + timedelta(days=7)) == 2
    spanish = render(Email.objects.filter(to=sofia.email).earliest("created_at"))
    english = render(Email.objects.filter(to=ben.email).earliest("created_at"))
    assert "16 de noviembre de 2026" in spanish.subject
    assert "Casos abiertos esa semana: 4\nCasos resueltos esa semana: 1\n" in spanish.text
    assert f"caso {past_week}, desde el 18 de noviembre de 2026" in spanish.text
    assert "Cases opened: 4\nCases resolved: 1\n" in english.text
    assert not Email.objects.filter(to=irene.email).exists()


@pytest.mark.parametrize("days", range(7))
def test_its_preview_shows_a_week_from_monday_to_sunday(days: int) -> None:
    now = MONDAY + timedelta(days=days)
    shown = WEEKLY_REPORT.sample(now).week
    assert (shown.since, shown.until) == (date(2026, 11, 16), date(2026, 11, 22))


@pytest.mark.django_db
def test_the_beat_schedule_runs_what_the_clock_says() -> None:
    scheduled = {entry["task"] for entry in app.conf.beat_schedule.values()}
    for task in (
        tasks.remind_of_promises,
        tasks.warn_of_outside_deadlines,
        tasks.send_weekly_reports,
        tasks.wake_snoozed,
    ):
        assert task.name in scheduled
        task.apply(throw=True)
