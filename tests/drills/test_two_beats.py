"""Two schedulers at once, both silent for days before; clocks that jump: one event, one mail."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from celery.beat import PersistentScheduler
from django.utils import timezone

from accounts.models import User
from cases import actions
from cases.enums import Event
from cases.models import Case, Entry, FollowUp
from config.celery import app
from leases import actions as lease_actions
from leases.enums import LeaseStatus
from leases.models import Lease, StatusEvent
from mail.models import Email
from tests.cases.conftest import Inbox
from tests.drills.checker import arrived, check
from tests.drills.conftest import all_sent
from tests.drills.scale import scaled
from tests.drills.servers import Servers
from tests.mail.processes import Program, running, wait_for

pytestmark = [pytest.mark.drill, pytest.mark.django_db(transaction=True)]

LEASES = scaled(20, 500)
CASES = scaled(5, 50)
#: The long form waits until everything has been rung for again.
LONGER = scaled(0.0, 130.0)
WORKER = (
    "-m", "celery", "-A", "config", "worker", "--concurrency", "2", "--loglevel", "INFO",
    "--without-gossip", "--without-mingle",
)  # fmt: skip
BEAT = ("-m", "celery", "-A", "config", "beat", "--loglevel", "INFO", "--pidfile=")
TASKS = ("send-follow-ups", "expire-leases", "notify-expiring")


def silent_for_days(schedule: Path) -> None:
    scheduler = PersistentScheduler(app, schedule_filename=str(schedule))
    for entry in scheduler.schedule.values():
        entry.last_run_at = app.now() - timedelta(days=3)
    scheduler.close()


@pytest.fixture
def due(
    make_leases: Callable[..., list[Lease]], make_cases: Callable[[int], list[Case]], ana: User
) -> None:
    """Leases that are over, leases that soon will be, and follow-ups."""
    now = timezone.now()
    make_leases(LEASES, now=now - timedelta(days=100))
    make_leases(LEASES, now=now - timedelta(days=85))
    planned = now - timedelta(days=3)
    for case in make_cases(CASES):
        on = planned.date() + timedelta(days=1)
        actions.set_follow_up(case=case, on=on, message="¿Llegó?", by=ana, now=planned)


def once_each() -> None:
    expired = StatusEvent.objects.filter(to_status=LeaseStatus.APPROVAL_EXPIRED)
    assert expired.count() == LEASES
    assert expired.values("lease").distinct().count() == LEASES
    sent = Entry.objects.filter(event=Event.FOLLOW_UP_SENT)
    assert sent.count() == CASES
    assert sent.values("case").distinct().count() == CASES
    languages = Email.objects.filter(template__key="follow_up").values_list("language", flat=True)
    assert set(languages) == {"en", "es"}
    mails = Email.objects.values_list("template__key", flat=True)
    counted = {key: list(mails).count(key) for key in set(mails)}
    assert counted == {
        "approval_expired": LEASES,
        "approval_expiring": LEASES,
        "case_opened": CASES,
        "follow_up": CASES,
    }


@pytest.mark.requirement("R5", "R6")
def test_two_beats(due: None, inbox: Inbox, valkey: Servers, tmp_path: Path) -> None:
    with ExitStack() as stack:

        def start(name: str, *arguments: str) -> Program:
            return stack.enter_context(running(*arguments, log=tmp_path / f"{name}.log"))

        worker = start("worker", *WORKER)
        beats = []
        for name in ("one", "two"):
            schedule = tmp_path / f"schedule-{name}"
            silent_for_days(schedule)
            beats.append(start(name, *BEAT, f"--schedule={schedule}"))

        def both_rang(times: int) -> bool:
            return all(
                beat.log.read_text().count(f"Sending due task {task}") >= times
                for beat in beats
                for task in TASKS[: 3 if times == 1 else 2]
            )

        wait_for(lambda: both_rang(1), what="the first round of both schedulers")
        wait_for(lambda: Email.objects.count() >= 2 * (LEASES + CASES), what="the mails' rows")
        wait_for(all_sent, what="the delivery of all mails")
        if LONGER:
            wait_for(lambda: both_rang(3), what="their third round", seconds=2 * LONGER)
            wait_for(all_sent, what="the delivery of all mails")
        assert [beat.end() for beat in beats] == [0, 0]
        wait_for(lambda: worker.log.read_text().count("succeeded in") >= 6, what="the tasks' end")
        assert worker.end() == 0
    once_each()
    check("two schedulers", arrived(inbox.folder))


@pytest.mark.requirement("R6")
def test_clock_that_jumps(due: None) -> None:
    now = timezone.now()
    for jump in ({}, {"days": -2}, {"minutes": 1}, {"hours": -30}, {"days": 1}, {"days": -60}):
        at: datetime = now + timedelta(**jump)
        lease_actions.expire_leases(now=at)
        actions.send_follow_ups(now=at)
        lease_actions.notify_expiring(now=at)
    assert not FollowUp.objects.pending().exists()
    once_each()
