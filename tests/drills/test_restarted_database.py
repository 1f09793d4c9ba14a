"""PostgreSQL goes down in the middle of everything: what was acknowledged is there afterwards."""

from __future__ import annotations

import signal
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from cases.models import Case
from common import ports
from tests.cases.conftest import Inbox
from tests.drills.bell import Bell
from tests.drills.checker import arrived, check
from tests.drills.conftest import all_sent
from tests.drills.scale import scaled
from tests.drills.servers import Servers
from tests.drills.web import Writer, all_told, web, write_at_once, writing
from tests.mail.processes import LOOP, WORKER, running, wait_for
from tests.patience import PATIENCE

pytestmark = [pytest.mark.drill, pytest.mark.django_db(transaction=True)]

RESTARTS = scaled(2, 5)
CLIENTS = 4
BETWEEN = scaled(1.0, 5.0)
AWAY = scaled(0.0, 40.0)
#: Seconds. A client that doubles each wait would ask 31 s into AWAY and then at 63 s: 23 s after
#: its end. If nothing is away for long, there is no such difference to see, only busy machines.
RECOVERY = scaled(PATIENCE, 20.0)
DRAINERS = 2


def restart(postgres: Servers, *, away: float = 0.0) -> float:
    """Gives no connection time to finish; returns when it answered again."""
    connection.close()
    postgres.end(postgres.postgres, signal.SIGQUIT)
    time.sleep(away)
    postgres.start_postgres()
    return time.monotonic()


@pytest.mark.requirement("R5")
def test_database_restarted_at_once(
    postgres: Servers,
    valkey: Servers,
    make_cases: Callable[[int], list[Case]],
    session: Callable[[], str],
    listener: socket.socket,
    inbox: Inbox,
    tmp_path: Path,
) -> None:
    port = ports.port_of(listener)
    writers = [Writer(port, session(), case.number, every=0.1) for case in make_cases(CLIENTS)]
    recoveries = []

    def saved_since(moment: float) -> bool:
        return all(any(t.saved and t.began > moment for t in w.told) for w in writers)

    with (
        web(listener, tmp_path / "web.log") as server,
        running(*WORKER, log=tmp_path / "worker.log") as worker,
    ):
        with running(*LOOP, log=tmp_path / "loop.log") as loop:
            with writing(writers):
                for number in range(RESTARTS):
                    began = time.monotonic()
                    wait_for(lambda m=began: saved_since(m), what="a write of each client")
                    time.sleep(BETWEEN)  # any moment
                    # A client that asks less and less often must not ask too rarely after a longer
                    # outage.
                    restarted = restart(postgres, away=AWAY if number == 0 else 0)
                    wait_for(lambda m=restarted: saved_since(m), what="a write of each client")
                    recoveries.append(time.monotonic() - restarted)
            wait_for(all_sent, what="the delivery of all mails")
            assert loop.end() == 0
        assert all(told.saved for told in write_at_once(writers))
        restart(postgres)  # while no one asks for anything: no one may notice it afterwards
        assert all(told.saved for told in write_at_once(writers))
        with Bell():
            wait_for(all_sent, what="the delivery of the last mail by the worker alone")
        assert (worker.end(), server.end()) == (0, 0)
    told = all_told(writers)
    # What was sent as the database went down couldn't be recorded.
    restarts = RESTARTS + 1
    check(
        f"database restarted {restarts} times",
        arrived(inbox.folder),
        told=told,
        twice=restarts * DRAINERS,
    )
    refused = sum(1 for each in told if not each.saved)
    print(f"each client wrote again after at most {max(recoveries):.1f} s; {refused} met a restart")
    assert max(recoveries) <= RECOVERY
