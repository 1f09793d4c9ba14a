"""Who sends is killed again and again: every mail arrives, at most one twice per death."""

from __future__ import annotations

import signal
from collections.abc import Callable
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import pytest

from tests.cases.conftest import Inbox
from tests.cases.mail.processes import LOOP, WORKER, Program, running, wait_for
from tests.drills.bell import Bell
from tests.drills.checker import arrived, check
from tests.drills.conftest import all_sent
from tests.drills.scale import scaled
from tests.drills.servers import Servers

pytestmark = [pytest.mark.drill, pytest.mark.django_db(transaction=True)]

MAILS = scaled(400, 10_000)
KILLS = scaled(4, 100)


@pytest.mark.requirement("R5")
def test_killed_workers_and_loops(
    post_mails: Callable[[int], None], inbox: Inbox, valkey: Servers, tmp_path: Path
) -> None:
    """A loop and a Celery worker; whoever is older dies in the middle of its mails."""
    post_mails(MAILS)
    kinds = {"loop": (LOOP, "Ctrl-C stops"), "worker": (WORKER, " ready.")}
    numbers = count()

    def came() -> int:
        return sum(1 for _ in inbox.folder.iterdir())

    with ExitStack() as stack, Bell():

        def start(kind: str) -> tuple[str, Program]:
            log = tmp_path / f"{kind}-{next(numbers)}.log"
            return kind, stack.enter_context(running(*kinds[kind][0], log=log))

        alive = [start(kind) for kind in kinds]
        for kill in range(KILLS):
            mark = MAILS * (kill + 1) // (KILLS + 2)
            wait_for(lambda mark=mark: came() >= mark, what=f"the arrival of {mark} mails")
            kind, program = alive.pop(0)
            assert program.end(signal.SIGKILL) == -signal.SIGKILL
            alive.append(start(kind))
        wait_for(all_sent, what="the delivery of all mails")
        for kind, program in alive:
            ready = kinds[kind][1]
            wait_for(lambda p=program, r=ready: p.said(r), what=f"the start of the last {kind}")
            assert program.end() == 0
    check(f"{KILLS} kills", arrived(inbox.folder), twice=KILLS)
