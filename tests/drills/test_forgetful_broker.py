"""The broker forgets everything, or is gone: no mail is lost and no request fails."""

from __future__ import annotations

import signal
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone

from cases.models import Case
from common import ports
from mail.models import Email
from tests.cases.conftest import Inbox
from tests.drills.bell import Bell
from tests.drills.checker import arrived, check
from tests.drills.conftest import all_sent
from tests.drills.scale import FULL, scaled
from tests.drills.servers import Servers
from tests.drills.web import Writer, all_told, p99, web, writing
from tests.mail.processes import LOOP, WORKER, running, wait_for

pytestmark = [pytest.mark.drill, pytest.mark.django_db(transaction=True)]

FLUSHES = 5
AT_ONCE = scaled(60, 500)
BEAT = ("-m", "celery", "-A", "config", "beat", "--loglevel", "INFO", "--pidfile=")
BEFORE = scaled(2.0, 30.0)
AWAY = scaled(3.0, 120.0)
#: More than this, and a customer would notice the broker's absence.
SLOWER = 0.25


@pytest.mark.requirement("R5")
def test_broker_emptied_while_a_worker_sends(
    post_mails: Callable[[int], None], inbox: Inbox, valkey: Servers, tmp_path: Path
) -> None:
    """Each time more mails have just been rung for."""
    beat = [*BEAT, f"--schedule={tmp_path / 'schedule'}"]
    with (
        valkey.connect_valkey() as broker,
        running(*WORKER, log=tmp_path / "worker.log") as worker,
        running(*beat, log=tmp_path / "beat.log") as scheduler,
    ):
        for flush in range(FLUSHES):
            post_mails(AT_ONCE)
            mark = flush * AT_ONCE + AT_ONCE // 3

            def enough(mark: int = mark) -> bool:
                return sum(arrived(inbox.folder).values()) >= mark

            if flush % 2:  # the wake-up itself is forgotten, or it already happened
                wait_for(enough, what=f"the arrival of {mark} mails")
            broker.flushall()
        wait_for(all_sent, what="the delivery of all mails")
        assert (scheduler.end(), worker.end()) == (0, 0)
    check(f"broker emptied {FLUSHES} times", arrived(inbox.folder))


def test_broker_away(
    make_cases: Callable[[int], list[Case]],
    session: Callable[[], str],
    listener: socket.socket,
    inbox: Inbox,
    valkey: Servers,
    tmp_path: Path,
) -> None:
    port = ports.port_of(listener)
    writers = [
        Writer(port, session(), case.number, every=0.25) for case in make_cases(scaled(2, 3))
    ]
    with (
        web(listener, tmp_path / "web.log") as server,
        running(*WORKER, log=tmp_path / "worker.log") as worker,
    ):
        with running(*LOOP, log=tmp_path / "loop.log") as loop:
            wait_for(lambda: worker.said(" ready."), what="the start of the worker")
            with writing(writers):
                wait_for(lambda: len(all_told(writers)) > 10, what="the first answers")
                warm = time.monotonic()
                time.sleep(BEFORE)  # time is what is measured
                valkey.end(valkey.valkey)
                began, since = time.monotonic(), timezone.now()
                time.sleep(AWAY)
                meanwhile = Email.objects.filter(created_at__gt=since, sent_at__isnull=False)
                wait_for(meanwhile.exists, what="a mail by the loop")
                ended = time.monotonic()
                valkey.start_valkey()
            wait_for(all_sent, what="the delivery of all mails by the loop")
            assert loop.end() == 0
        # The broker is back: the worker reconnects by itself.
        before = worker.log.read_text().count("drain_outbox")
        with Bell():
            wait_for(
                lambda: worker.log.read_text().count("drain_outbox") > before,
                what="the worker's return to the broker",
            )
        assert writers[0].write().saved
        with Bell():
            wait_for(all_sent, what="the delivery of the last mail by the worker")
        assert (worker.end(signal.SIGTERM), server.end()) == (0, 0)
    told = all_told(writers)
    check("broker away", arrived(inbox.folder), told=told)
    assert [each for each in told if not each.saved] == []
    usual = p99([each for each in told if warm <= each.began and each.ended <= began])
    away = p99([each for each in told if began <= each.began <= ended])
    print(
        f"broker away for {ended - began:.0f} s: p99 of a write {usual * 1000:.0f} ms before, "
        f"{away * 1000:.0f} ms meanwhile"
    )
    if FULL:
        assert away <= usual + SLOWER
