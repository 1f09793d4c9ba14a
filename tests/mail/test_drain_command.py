"""`manage.py drain_outbox` as people and process supervisors run it."""

from __future__ import annotations

import signal
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import pytest
from django.core.management import BaseCommand, CommandError, call_command
from django.db import connection
from django.utils import timezone

from common.loop import Stop, until_stopped
from config.celery import app
from mail import tasks
from mail.enums import EmailState
from mail.models import Email
from mail.outbound import smtp
from mail.outbound.drain import SECONDS, SHARE_OF_CLAIM
from tests.mail.conftest import Inbox
from tests.mail.processes import DRAIN, LOOP, database_url, running, wait_for
from tests.mail.smtp_server import ScriptedServer
from tests.patience import PATIENCE


def is_sent(mail: Email) -> bool:
    mail.refresh_from_db()
    return mail.state == EmailState.SENT


@pytest.mark.django_db
def test_once(post: Callable[..., Email], inbox: Inbox, capsys: Any) -> None:
    mail = post()
    call_command("drain_outbox")
    assert is_sent(mail)
    assert "sent=1" in capsys.readouterr().out
    call_command("drain_outbox")
    assert "Nothing is due." in capsys.readouterr().out


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "day"), [(2, "{:%A}"), (9, "{:%Y-%m-%d}")])
def test_what_waits_is_told(days: int, day: str, post: Callable[..., Email], capsys: Any) -> None:
    chicago = timezone.now().astimezone(ZoneInfo("America/Chicago"))
    first = (chicago + timedelta(days=days)).replace(hour=9, minute=5)
    post(now=first + timedelta(hours=1))
    post(now=first)
    call_command("drain_outbox")
    words = f"2 emails are waiting, the first until {day.format(first)}, 9:05 {first:%Z}."
    assert f"Nothing is due. {words}" in capsys.readouterr().out


@pytest.mark.django_db
def test_mail_server_away_is_told_by_the_exit_code(
    post: Callable[..., Email], server: ScriptedServer
) -> None:
    post()
    server.close()
    with pytest.raises(CommandError, match="open ConnectionRefusedError") as caught:
        call_command("drain_outbox")
    assert caught.value.returncode == 3


@pytest.mark.django_db
@pytest.mark.parametrize("every", ["x", "0", "-1", "nan", "4000"])
def test_senseless_interval_is_refused(every: str) -> None:
    with pytest.raises(CommandError, match="isn’t a number of seconds"):
        call_command("drain_outbox", "--loop", "--every", every)


@pytest.mark.django_db
def test_task_delegates(post: Callable[..., Email], inbox: Inbox) -> None:
    mail = post(now=timezone.now())
    tasks.drain_outbox()
    assert is_sent(mail)


def test_task_ends_before_the_worker_ends_it(settings: Any) -> None:
    """Even if its last mail takes a connection and all the time a mail is given."""
    last = (
        settings.EMAIL_TIMEOUT * (1 + smtp.PATIENCE)
        + settings.OUTBOX_CLAIM_SECONDS * SHARE_OF_CLAIM
    )
    assert SECONDS + last < app.conf.task_soft_time_limit


@pytest.mark.drill
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_loop_ends_cleanly_when_asked(
    number: int, post: Callable[..., Email], inbox: Inbox, tmp_path: Path
) -> None:
    with running(*LOOP, log=tmp_path / "log") as loop:
        mail = post()
        wait_for(lambda: is_sent(mail), what="the mail's delivery")
        assert loop.end(number) == 0
        assert loop.said("Stopped.")
    assert not Email.objects.exclude(owner=None).exists()


@pytest.mark.drill
@pytest.mark.django_db(transaction=True)
def test_loop_outlives_its_database(
    post: Callable[..., Email], inbox: Inbox, tmp_path: Path
) -> None:
    with running(*LOOP, log=tmp_path / "log") as loop:
        first = post()
        wait_for(lambda: is_sent(first), what="the first mail's delivery")
        name = connection.settings_dict["NAME"]
        own = connection.connection.info.backend_pid
        with psycopg.connect(database_url("postgres"), autocommit=True) as elsewhere:
            elsewhere.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
            try:
                elsewhere.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = %s AND pid <> %s",
                    [name, own],
                )
                wait_for(lambda: loop.said("The database doesn’t respond"), what="the message")
            finally:
                elsewhere.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
        second = post()
        wait_for(lambda: is_sent(second), what="the second mail's delivery")
        wait_for(lambda: loop.said("The database is responding again."), what="the message")
        assert loop.end() == 0


def test_loop_outlives_whatever_fails(caplog: pytest.LogCaptureFixture) -> None:
    """A second time after a longer wait; and says that it works again."""

    class Watched(Stop):
        def __init__(self) -> None:
            super().__init__()
            self.waits: list[float] = []

        def wait(self, seconds: float) -> None:
            self.waits.append(seconds)

    def work() -> str:
        tries.append("x")
        if len(tries) < 3:
            raise UnicodeEncodeError("ascii", "contraseña", 7, 8, "no")
        stop.asked = True
        return "sent=1"

    tries: list[str] = []
    said, complained = StringIO(), StringIO()
    command = BaseCommand(stdout=said, stderr=complained, no_color=True)
    with Watched() as stop:
        until_stopped(command, work, stop=stop, every=7)
    assert said.getvalue().split() == ["sent=1", "Stopped."]
    assert "Something failed (UnicodeEncodeError). Trying again in 2 s." in complained.getvalue()
    assert complained.getvalue().endswith("It’s working again.\n")
    assert stop.waits == [1, 2, 7]
    assert "loop_failed error=UnicodeEncodeError" in caplog.text


@pytest.mark.drill
@pytest.mark.django_db(transaction=True)
def test_no_database_is_told_by_the_exit_code(inbox: Inbox, tmp_path: Path) -> None:
    nowhere = "postgresql://puente@127.0.0.1:1/puente"
    with running(*DRAIN, log=tmp_path / "log", DATABASE_URL=nowhere) as program:
        assert program.process.wait(PATIENCE) == 1
        assert program.said("The database doesn’t respond")
        assert not program.said("Traceback")
