"""Senders are killed again and again: every mail arrives, at most one twice for each kill."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import pytest

from mail.models import Email
from tests.cases.conftest import Inbox
from tests.drills.bell import Bell
from tests.drills.checker import arrived, check
from tests.drills.conftest import all_sent
from tests.drills.scale import scaled
from tests.drills.servers import Servers
from tests.mail.processes import LOOP, Program, running, wait_for

pytestmark = [pytest.mark.drill, pytest.mark.django_db(transaction=True)]

MAILS = scaled(400, 10_000)
KILLS = scaled(5, 100)
#: One in this many kills takes a whole program; the others take a worker's process, which its
#: parent replaces.
WHOLE = 5
POOL = 2
WORKER = (
    "-m", "celery", "-A", "config", "worker", "--concurrency", str(POOL), "--loglevel", "INFO",
    "--without-gossip", "--without-mingle",
)  # fmt: skip
KINDS = {"loop": (LOOP, "Ctrl-C to stop"), "worker": (WORKER, " ready.")}


def children(program: Program) -> list[int]:
    table = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, check=True)
    pairs = (map(int, line.split()) for line in table.stdout.splitlines())
    return [pid for pid, parent in pairs if parent == program.process.pid]


@pytest.mark.requirement("R5")
def test_killed_workers_and_loops(
    post_mails: Callable[[int], None], inbox: Inbox, valkey: Servers, tmp_path: Path
) -> None:
    """A loop and a Celery worker with two processes; one of them dies in the middle of its
    mails.
    """
    portion = MAILS // KILLS
    numbers = count()

    def came() -> int:
        return sum(1 for _ in inbox.folder.iterdir())

    with ExitStack() as stack, Bell():

        def start(kind: str) -> tuple[str, Program]:
            log = tmp_path / f"{kind}-{next(numbers)}.log"
            return kind, stack.enter_context(running(*KINDS[kind][0], log=log))

        def pool() -> list[int]:
            """None while it starts: then Celery takes the death of one for its own."""
            worker = next(program for kind, program in alive if kind == "worker")
            return children(worker) if worker.said(KINDS["worker"][1]) else []

        alive = [start(kind) for kind in KINDS]
        for kill in range(KILLS):
            mark = came() + portion // 3
            post_mails(portion)
            wait_for(lambda mark=mark: came() >= mark, what=f"the arrival of {mark} mails")
            if kill % WHOLE == WHOLE - 1:
                kind, program = alive.pop(0)
                program.kill()
                alive.append(start(kind))
            else:
                found: list[int] = []
                wait_for(lambda found=found: found.extend(pool()) or found, what="the processes")
                os.kill(found[kill % len(found)], signal.SIGKILL)
        wait_for(all_sent, what="the delivery of all mails")
        for kind, program in alive:
            ready = KINDS[kind][1]
            wait_for(lambda p=program, r=ready: p.said(r), what=f"the start of the last {kind}")
            assert program.end() == 0
    taken_over = Email.objects.filter(attempts__gt=1).count()
    print(f"{taken_over} mails were being handed over as their process died")
    check(f"{KILLS} kills", arrived(inbox.folder), twice=KILLS)
