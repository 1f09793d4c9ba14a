"""All of Puente through PgBouncer in transaction mode, with its time limits."""

from __future__ import annotations

import http.client
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from cases.models import Case
from common import ports
from tests.cases.conftest import Inbox
from tests.drills.bouncer import FEW, in_front_of, reconnect
from tests.drills.checker import arrived, check
from tests.drills.conftest import all_sent
from tests.drills.scale import scaled
from tests.drills.servers import Servers
from tests.drills.web import Writer, all_told, web, writing
from tests.mail.processes import LOOP, WORKER, running, wait_for

pytestmark = [pytest.mark.drill, pytest.mark.django_db(transaction=True)]

CLIENTS = 2 * FEW
PAGES = scaled(30, 300)
WRITES = scaled(10, 100)
LIMITS = ("-m", "config.time_limits")


def test_through_pgbouncer(
    postgres: Servers,
    valkey: Servers,
    make_cases: Callable[[int], list[Case]],
    session: Callable[[], str],
    listener: socket.socket,
    inbox: Inbox,
    tmp_path: Path,
) -> None:
    cases, cookie, port = make_cases(CLIENTS), session(), ports.port_of(listener)
    writers = [Writer(port, cookie, case.number, every=0.1) for case in cases]
    with in_front_of(postgres) as url:
        through = {"DATABASE_URL": url, "PGBOUNCER": "true", "STATEMENT_TIMEOUT": "5"}
        give_the_role_its_limits(postgres, through, tmp_path)
        with psycopg.connect(url) as client, pytest.raises(psycopg.errors.QueryCanceled):
            client.execute("SELECT pg_sleep(600)")
        with (
            web(listener, tmp_path / "web.log", **through) as server,
            running(*WORKER, log=tmp_path / "worker.log", **through) as worker,
            running(*LOOP, log=tmp_path / "loop.log", **through) as loop,
        ):
            with writing(writers):
                seen = look_at_pages(port, cookie, [case.number for case in cases])
                wait_for(
                    lambda: all(len(writer.told) >= WRITES for writer in writers),
                    what="the writes of all clients",
                )
            wait_for(all_sent, what="the delivery of all mails")
            assert (loop.end(), worker.end(), server.end()) == (0, 0, 0)
    assert seen == [200] * PAGES
    told = all_told(writers)
    assert [each for each in told if not each.saved] == []
    check(f"{CLIENTS} clients over {FEW} connections", arrived(inbox.folder), told=told)


def give_the_role_its_limits(postgres: Servers, through: dict[str, str], folder: Path) -> None:
    """As in the documentation; before that nothing starts."""
    for number, (program, code, words) in enumerate(
        [
            (("-m", "config.wsgi"), 1, "Run: python -m config.time_limits set"),
            ((*LIMITS, "check"), 4, "Missing limits: idle_in_transaction_session_timeout, lock_"),
            ((*LIMITS, "set"), 0, "RECONNECT"),
        ]
    ):
        assert ends(program, folder / f"{number}.log", words, **through) == code
    reconnect(postgres)
    assert ends((*LIMITS, "check"), folder / "set.log", "All time limits are set.", **through) == 0
    # Whoever forgets the setting is told which one.
    unset = through | {"PGBOUNCER": "false"}
    assert ends(("-m", "config.wsgi"), folder / "no.log", "Set PGBOUNCER=true", **unset) == 1


def ends(program: tuple[str, ...], log: Path, words: str, **changes: str) -> int:
    with running(*program, log=log, **changes) as ran:
        ran.is_expected_to_run = False
        code = ran.process.wait(120)
    assert ran.said(words), log.read_text()
    return code


def look_at_pages(port: int, cookie: str, numbers: list[str]) -> list[int]:
    """The pages of cases, several at once: their forms are read by cursors."""

    def look(number: int) -> int:
        connection = http.client.HTTPConnection(ports.LOCAL, port, timeout=120)
        try:
            path = f"/cases/{numbers[number % len(numbers)]}/"
            connection.request("GET", path, headers={"Cookie": f"sessionid={cookie}"})
            return connection.getresponse().status
        finally:
            connection.close()

    with ThreadPoolExecutor(CLIENTS) as pool:
        return list(pool.map(look, range(PAGES)))
