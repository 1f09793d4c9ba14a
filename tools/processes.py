"""Child processes of a supervisor: their logs, when they are ready, how they end.

Run as a script, it turns into the given command after asking the kernel to end it together with the
supervisor, because a killed supervisor can't do so itself. (Linux only; elsewhere the children
stay.)
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
SET_PARENT_DEATH_SIGNAL = 1  # prctl(2)


class ChildEndedError(RuntimeError):
    """A child ended that should not have; the message shows the end of its log."""


class Child:
    def __init__(
        self,
        name: str,
        command: Sequence[str],
        log: Path,
        is_ready: Callable[[Child], bool],
        environment: Mapping[str, str],
        keep_open: Sequence[int] = (),
    ) -> None:
        """Starts it outside the terminal's session, so that the supervisor ends it and not Ctrl-C.

        It inherits the descriptors in `keep_open` and no others.
        """
        self.name, self.log, self._is_ready = name, log, is_ready
        self.ready = False
        log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with log.open("wb") as output:
            self.process = subprocess.Popen(  # noqa: S603 - our own arguments, no shell
                [sys.executable, "-I", "-S", __file__, str(os.getpid()), *command],
                cwd=BASE_DIR,
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                pass_fds=keep_open,
            )

    def check(self) -> None:
        """Raises if it has ended; checks whether it is ready."""
        code = self.process.poll()
        if code is not None:
            raise ChildEndedError(
                f"The {self.name} ended unexpectedly (code {code}). {last_lines(self.log)}"
            )
        self.ready = self.ready or self._is_ready(self)

    def said(self, words: str) -> bool:
        return words in self.log.read_text(errors="replace")


def wait_until_ready(children: Sequence[Child], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not all(child.ready for child in children):
        for child in children:
            child.check()
        if time.monotonic() > deadline:
            late = next(child for child in children if not child.ready)
            raise ChildEndedError(
                f"The {late.name} didn’t respond within {seconds:.0f} s. {last_lines(late.log)}"
            )
        time.sleep(0.05)


def stop_children(children: Sequence[Child], seconds: float = 15) -> None:
    """Asks all of them to stop at once, waits, and kills the rest, each with the processes it
    started.
    """
    for child in children:
        if child.process.poll() is None:
            child.process.terminate()
    deadline = time.monotonic() + seconds
    for child in children:
        try:
            child.process.wait(max(0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(child.process.pid, signal.SIGKILL)
            child.process.wait()


def last_lines(log: Path, count: int = 20) -> str:
    text = log.read_text(errors="replace") if log.exists() else ""
    return f"{log} ends:\n" + "\n".join(text.splitlines()[-count:])


def _become(parent: int, command: list[str]) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(SET_PARENT_DEATH_SIGNAL, signal.SIGTERM)
    if os.getppid() == parent:  # otherwise it died before the kernel was asked
        os.execv(command[0], command)  # noqa: S606 - our own arguments, no shell


if __name__ == "__main__":
    _become(int(sys.argv[1]), sys.argv[2:])
