"""Processes die, the broker forgets: every mail arrives, at most one twice per death."""

from __future__ import annotations

import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from email import message_from_bytes
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import redis
from django.utils import timezone

from cases.enums import EmailState
from cases.mail import nudge
from cases.models import Email
from config import embedded
from tests.cases.mail.conftest import CASE_PARAMS, Inbox
from tests.cases.mail.processes import LOOP, WORKER, Program, running, wait_for

pytestmark = [pytest.mark.drill, pytest.mark.django_db(transaction=True)]

MAILS = 500
OWN_DATABASE = 5  # of the broker: other tests go on undisturbed


@pytest.fixture
def broker(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[redis.Redis]:
    if embedded.broker_url() == settings.REDIS_URL:
        settings.REDIS_URL = settings.REDIS_URL.replace("host=0", f"host={OWN_DATABASE}")
        connected = redis.Redis(unix_socket_path=str(embedded.valkey_socket()), db=OWN_DATABASE)
    else:  # one's own Redis
        settings.REDIS_URL = urlsplit(settings.REDIS_URL)._replace(path=f"/{OWN_DATABASE}").geturl()
        connected = redis.Redis.from_url(settings.REDIS_URL)
    nudge._publisher.cache_clear()
    monkeypatch.setattr(nudge, "_quiet_until", 0.0)
    with connected as client:
        client.flushdb()
        yield client
    nudge._publisher.cache_clear()


def arrived(inbox: Inbox) -> int:
    return sum(1 for _ in inbox.folder.glob("*.eml"))


def post_many(post: Callable[..., Email]) -> None:
    for number in range(MAILS):
        post(to=f"customer{number}@example.com", params=CASE_PARAMS, now=timezone.now())


def all_sent() -> bool:
    return not Email.objects.exclude(state=EmailState.SENT).exists()


def check(inbox: Inbox, *, kills: int) -> None:
    ids = Counter(
        message_from_bytes(path.read_bytes())["Message-ID"] for path in inbox.folder.glob("*.eml")
    )
    twice = sum(ids.values()) - len(ids)
    print(f"{len(ids)} of {MAILS} mails arrived, {twice} of them twice, after {kills} kills")
    assert len(ids) == MAILS
    assert twice <= kills


def kill_on_the_way(
    arrived: Callable[[], int],
    marks: list[int],
    programs: list[Program],
    start: Callable[[], Program],
) -> None:
    """At each mark the oldest program is killed and another one started."""
    for mark in marks:
        wait_for(lambda mark=mark: arrived() >= mark, what=f"the arrival of {mark} mails")
        assert programs.pop(0).end(signal.SIGKILL) == -signal.SIGKILL
        programs.append(start())


@pytest.mark.requirement("R5")
def test_killed_loops(post: Callable[..., Email], inbox: Inbox, tmp_path: Path) -> None:
    post_many(post)
    marks = [30, 120, 210, 300]
    with ExitStack() as stack:

        def start() -> Program:
            return stack.enter_context(running(*LOOP, log=tmp_path / "log"))

        programs = [start(), start()]
        kill_on_the_way(lambda: arrived(inbox), marks, programs, start)
        wait_for(all_sent, what="the delivery of all mails")
        assert [program.end() for program in programs] == [0, 0]
    check(inbox, kills=len(marks))


class Bell:
    """Rings as beat does, only more often."""

    EVERY = 0.3

    def __init__(self) -> None:
        self.next = 0.0

    def ring(self) -> None:
        if time.monotonic() >= self.next:
            nudge.nudge()
            self.next = time.monotonic() + self.EVERY


def test_killed_workers_and_a_broker_that_forgets(
    post: Callable[..., Email], inbox: Inbox, broker: redis.Redis, tmp_path: Path
) -> None:
    marks = [30, 200]
    bell = Bell()

    def arrived_so_far() -> int:
        bell.ring()
        return arrived(inbox)

    def all_sent_by_now() -> bool:
        bell.ring()
        return all_sent()

    with ExitStack() as stack:

        def start() -> Program:
            broker.flushdb()
            return stack.enter_context(running(*WORKER, log=tmp_path / "log"))

        post_many(post)
        programs = [start()]
        kill_on_the_way(arrived_so_far, marks, programs, start)
        wait_for(lambda: arrived_so_far() >= 350, what="the arrival of 350 mails")
        broker.flushdb()
        wait_for(all_sent_by_now, what="the delivery of all mails")
        assert [program.end() for program in programs] == [0]
    check(inbox, kills=len(marks))
