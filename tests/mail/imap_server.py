"""A real IMAP server for the tests: twisted's, in its own process, over mails in memory.

It prints its port. A line on its standard input is a command, answered with one line: `put FILE`,
`seen` (how many are), `fetched`, `drop` (hang up when the next one is to be marked), or a mood and
the number of the mail it's about (0: all), until the next one: `hangs_up` and `refuses` when the
mail is fetched, `refuses_mark`, `gone` after its size was sent, `well`. The server can only tell a
fetch of one mail from a search if there are several.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

USER, PASSWORD = "replies@puente.example", "p:/@ss"


class ImapServer:
    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.mail.imap_process"],
            cwd=Path(__file__).parents[2],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout
        self.port = int(self._process.stdout.readline())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._process.communicate()

    def put(self, raw: bytes) -> None:
        with tempfile.NamedTemporaryFile() as file:  # a pipe takes megabytes only in small pieces
            file.write(raw)
            file.flush()
            assert self._ask(f"put {file.name}") == "ok"

    @property
    def seen(self) -> int:
        return int(self._ask("seen"))

    def drop(self) -> None:
        """Hangs up when the next mail is to be marked."""
        assert self._ask("drop") == "ok"

    def be(self, mood: str, mail: int) -> None:
        assert self._ask(f"{mood} {mail}") == "ok"

    def fetched(self) -> int:
        """How many bytes of mails were sent."""
        return int(self._ask("fetched"))

    def _ask(self, line: str) -> str:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        return self._process.stdout.readline().strip()
