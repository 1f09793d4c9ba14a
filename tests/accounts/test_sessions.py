"""Expired sessions are deleted from the database automatically."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.contrib.sessions.models import Session

from accounts import sessions
from accounts.sessions import forget_expired_sessions
from config.celery import app

pytestmark = pytest.mark.django_db


@pytest.fixture
def session() -> Callable[[str, datetime], Session]:
    def made(key: str, expires: datetime) -> Session:
        return Session.objects.create(session_key=key, session_data="", expire_date=expires)

    return made


def test_what_is_over_goes_and_what_runs_stays(
    session: Callable[[str, datetime], Session], now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sessions, "BATCH", 2)
    for number in range(5):
        session(f"over-{number}", now - timedelta(seconds=1 + number))
    session("runs", now)
    assert forget_expired_sessions(now=now) == 5
    assert [each.pk for each in Session.objects.all()] == ["runs"]
    assert forget_expired_sessions(now=now) == 0


def test_the_schedule_does_it() -> None:
    tasks = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert "accounts.tasks.forget_sessions" in tasks
