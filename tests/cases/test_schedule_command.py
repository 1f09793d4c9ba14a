"""`manage.py run_schedule`: an installation without a broker loses nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import User
from cases import actions
from cases.models import Case, FollowUp
from leases import actions as lease_actions
from leases.models import Customer
from mail.enums import EmailState
from mail.models import Email
from tests.cases.conftest import Inbox
from tests.mail.processes import running, wait_for
from tests.mails import forget
from tests.patience import PATIENCE

SCHEDULE = ("manage.py", "run_schedule")


@pytest.fixture
def now() -> datetime:
    """Some days ago, as after a time when nothing ran."""
    return timezone.now() - timedelta(days=3)


@pytest.fixture
def due(open_case: Callable[..., Case], carla: Customer, ana: User, now: datetime) -> FollowUp:
    Customer.objects.filter(pk=carla.pk).update(
        available_days=[], available_from=time.min, available_to=time.max
    )
    case = open_case(now=now)
    forget()
    return actions.set_follow_up(
        case=case, on=(now + timedelta(days=1)).date(), message="¿Llegó?", by=ana, now=now
    )


@pytest.mark.drill
@pytest.mark.django_db(transaction=True)
@pytest.mark.requirement("R5")
def test_a_follow_up_goes_without_a_broker(due: FollowUp, inbox: Inbox, tmp_path: Path) -> None:
    nowhere = "redis://127.0.0.1:1/0"
    with running(*SCHEDULE, "--loop", log=tmp_path / "log", REDIS_URL=nowhere) as loop:
        sent = Email.objects.filter(key=f"follow_up:{due.pk}", state=EmailState.SENT)
        wait_for(sent.exists, what="the follow-up's delivery")
        assert loop.end() == 0
        assert loop.said("Stopped.")
    (mail,) = inbox.messages
    assert mail.recipients == ("carla@example.com",)


@pytest.mark.drill
@pytest.mark.django_db(transaction=True)
def test_no_database_is_told_by_the_exit_code(tmp_path: Path) -> None:
    nowhere = "postgresql://puente@127.0.0.1:1/puente"
    with running(*SCHEDULE, log=tmp_path / "log", DATABASE_URL=nowhere) as program:
        assert program.process.wait(PATIENCE) == 1
        assert program.said("The database doesn’t respond")


@pytest.mark.django_db
def test_one_that_fails_does_not_stop_the_others(
    due: FollowUp, inbox: Inbox, monkeypatch: Any, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(**_: Any) -> int:
        raise ValueError("a row nobody can read")

    monkeypatch.setattr(lease_actions, "expire_leases", broken)
    with pytest.raises(CommandError) as failed:
        call_command("run_schedule")
    assert failed.value.returncode == 3
    assert "schedule_failed task=leases.tasks.expire_leases" in caplog.text
    due.refresh_from_db()
    assert due.done_at
