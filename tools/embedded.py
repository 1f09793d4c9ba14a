"""Starts PostgreSQL and Valkey for `make demo`, development and tests when no others are set.

Each program that uses the servers holds a shared lock on `users.lock` while it lives; the kernel
releases it even after SIGKILL. A small keeper process waits for that lock and stops the servers
after the last user (tools/embedded_keeper.py). Only one process at a time starts servers, under
`start.lock`.
"""

from __future__ import annotations

import atexit
import fcntl
import hashlib
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from urllib.parse import quote

from common import env
from tools import embedded_keeper
from tools.embedded_keeper import Server
from tools.processes import last_lines

BASE_DIR = Path(__file__).resolve().parent.parent
LONGEST_SOCKET_PATH = 100  # 104 bytes on macOS, 108 on Linux, including the terminating zero
# Commands that only look at the code.
SERVERLESS = {
    "check",
    "collectstatic",
    "compilemessages",
    "diffsettings",
    "findstatic",
    "help",
    "makemessages",
    "makemigrations",
    "startapp",
    "version",
}

_users: dict[Path, tuple[int, int]] = {}  # home → the lock held for it, and by which process
_guard = threading.Lock()


def home() -> Path:
    """Where embedded data lives. Tests have their own folder, so they never touch the demo's."""
    folder = Path(os.environ.get("PUENTE_HOME") or BASE_DIR / ".puente").absolute()
    return folder / "test" if _environment() == "test" else folder


def database_url() -> str:
    return f"postgresql://puente@{quote(str(_sockets()), safe='')}:5432/puente"


def broker_url() -> str:
    """In kombu's notation; `valkey_socket()` is for redis-py's `unix_socket_path`."""
    return f"redis+socket://{quote(str(valkey_socket()))}?virtual_host=0"


def valkey_socket() -> Path:
    return _sockets() / "valkey.sock"


def start_servers(*, postgres: bool = True, valkey: bool = True) -> None:
    """Runs the servers whose variable is unset until the last process that called this ends.

    In production nothing is ever started: an unset variable is an error.
    """
    postgres = postgres and not _given(
        "DATABASE_URL", "postgresql://puente:secret@db.example.com:5432/puente"
    )
    valkey = valkey and not _given("REDIS_URL", "redis://redis.example.com:6379/0")
    if not (postgres or valkey):
        return
    # Not at the top: it loads the database driver, which no one needs who uses their own servers.
    from tools.embedded_servers import (  # noqa: PLC0415
        ensure_database,
        log_file,
        make_home,
        private_folder,
        start_postgres,
        start_valkey,
    )

    folder, sockets = home(), _sockets()
    make_home(folder)
    with _guard, (folder / "start.lock").open("a") as starting:
        fcntl.flock(starting, fcntl.LOCK_EX)
        _be_a_user(folder)
        private_folder(sockets)
        _ensure_keeper(folder, sockets)
        of_valkey, of_postgres = embedded_keeper.servers(str(folder), str(sockets))
        if postgres:
            launch = partial(start_postgres, folder, sockets, throwaway=_environment() == "test")
            _ensure(of_postgres, launch, log_file(folder, "postgres"))
            ensure_database(sockets)
        if valkey:
            _ensure(of_valkey, partial(start_valkey, folder, sockets), log_file(folder, "valkey"))


def stop_servers() -> None:
    """Ends this process's use. If it was the last, the servers are down when this returns.

    Runs by itself at exit. If a process is killed, the keeper does this work.
    """
    with _guard:
        for folder, (held, owner) in list(_users.items()):
            if owner == os.getpid():  # in a forked child, the parent is the user
                del _users[folder]
                os.close(held)
                _stop_after_the_last(folder)


def start_for_command(argv: list[str]) -> None:
    """What manage.py needs before Django is set up."""
    if len(argv) < 2 or {"-h", "--help", "--version"} & set(argv):
        return
    if argv[1] not in SERVERLESS or "--database" in argv:
        start_servers()


def _environment() -> str:
    return os.environ.get("PUENTE_ENV", "").strip()


def _given(name: str, example: str) -> bool:
    return bool(env.text(name, None if _environment() == "production" else "", example=example))


def _sockets(of: Path | None = None) -> Path:
    """In the home folder, or elsewhere if its path is too long for a socket or has special
    characters.
    """
    folder = (of or home()) / "run"
    fits = len(os.fsencode(folder / ".s.PGSQL.5432")) <= LONGEST_SOCKET_PATH
    if fits and re.fullmatch(r"[\w/. -]+", str(folder)):
        return folder
    name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    return Path(f"/tmp/puente-{os.geteuid()}-{name}")  # noqa: S108 - private_folder() checks it


def _be_a_user(folder: Path) -> None:
    """Blocks while the keeper is stopping the servers. Forked children keep it too."""
    if folder in _users:
        return
    users = os.open(folder / "users.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    fcntl.flock(users, fcntl.LOCK_SH)
    if not _users:
        atexit.register(stop_servers)
    _users[folder] = (users, os.getpid())


def _ensure_keeper(folder: Path, sockets: Path) -> None:
    """Called before any server starts, so that there is always a keeper."""
    lock = embedded_keeper.try_lock(str(folder / "keeper.lock"))
    if lock is None:
        return
    try:
        subprocess.run(  # noqa: S603 - our own arguments, no shell
            [sys.executable, "-I", "-S", embedded_keeper.__file__, folder, sockets, str(lock)],
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            pass_fds=(lock,),
        )
    finally:
        os.close(lock)


def _ensure(server: Server, launch: Callable[[int], None], log: Path) -> None:
    """Uses a running server; starts one if no process of it is left."""
    from tools.embedded_servers import PATIENCE, EmbeddedServerError  # noqa: PLC0415

    deadline = time.monotonic() + PATIENCE
    launched = False
    while embedded_keeper.listener(server.socket) is None:
        lock = embedded_keeper.try_lock(server.lock)
        try:
            if (lock is not None and launched) or time.monotonic() > deadline:
                raise EmbeddedServerError(f"The {log.stem} server didn’t start. {last_lines(log)}")
            if lock is not None:
                launch(lock)
                launched = True
        finally:
            if lock is not None:
                os.close(lock)  # by now the server has its own copy
        time.sleep(0.01)


def _stop_after_the_last(folder: Path) -> None:
    with (folder / "users.lock").open("a") as users:
        while not _locked(users.fileno(), fcntl.LOCK_EX):
            if _locked(users.fileno(), fcntl.LOCK_SH):
                return  # others still use them
            time.sleep(0.01)  # the keeper was faster and is stopping them
        embedded_keeper.stop_all(str(folder), str(_sockets(folder)))


def _locked(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
