from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from tests.cases.conftest import inbox as inbox  # the mails that arrive


class Clock:
    def __init__(self, now: datetime) -> None:
        self.now = now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def clock(now: datetime, monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The time that all of Puente sees."""
    clock = Clock(now)
    monkeypatch.setattr(timezone, "now", lambda: clock.now)
    return clock
