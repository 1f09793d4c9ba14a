"""The web server dies after the commit and before its nudge gets through."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from cases.models import Case
from common import ports
from mail.models import Email
from tests.cases.conftest import Inbox
from tests.drills.checker import arrived, check
from tests.drills.conftest import all_sent
from tests.drills.scale import scaled
from tests.drills.web import Writer, all_told, web
from tests.mail.processes import LOOP, running, wait_for
from tests.patience import PATIENCE

pytestmark = [pytest.mark.drill, pytest.mark.django_db(transaction=True)]

KILLS = scaled(2, 10)
CLIENTS = 3


class DeafBroker:
    """Accepts connections and says nothing: a nudge waits here until it gives up."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"redis://127.0.0.1:{self._listener.getsockname()[1]}/0"
        self.rung = threading.Event()
        self._open: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        for each in [self._listener, *self._open]:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                self._open.append(connection)
                self.rung.set()


@pytest.mark.requirement("R5")
def test_killed_between_commit_and_nudge(
    make_cases: Callable[[int], list[Case]],
    session: Callable[[], str],
    listener: socket.socket,
    inbox: Inbox,
    tmp_path: Path,
) -> None:
    cases = make_cases(CLIENTS)
    cookie, port = session(), ports.port_of(listener)
    every: list[Writer] = []
    inside = 0
    for number in range(KILLS):
        broker = DeafBroker()
        with web(listener, tmp_path / f"web-{number}.log", REDIS_URL=broker.url) as server:
            stored = Email.objects.count()
            writers = [Writer(port, cookie, case.number, first=number + 1) for case in cases]
            for each in writers:  # otherwise a slow one would look for a page that never comes
                each.look()
            threads = [threading.Thread(target=each.write, daemon=True) for each in writers]
            for thread in threads:
                thread.start()
            assert broker.rung.wait(PATIENCE), "nobody rang"
            server.kill()  # as when the machine dies
        for thread in threads:
            thread.join(PATIENCE)
        broker.close()
        every += writers
        inside += Email.objects.count() - stored - sum(t.saved for t in all_told(writers))
    assert inside >= KILLS, "nobody died between commit and nudge"
    with running(*LOOP, log=tmp_path / "loop.log") as loop:
        wait_for(all_sent, what="the delivery of all mails")
        assert loop.end() == 0
    check(f"web killed {KILLS} times", arrived(inbox.folder), told=all_told(every))
    print(f"{inside} writes were stored by a server that died before it could say so")
