"""The embedded servers with real processes: who starts, shares and stops them."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import dj_database_url
import psycopg
import pytest
import redis
from django.core.exceptions import ImproperlyConfigured
from kombu.connection import Connection

from tests.patience import PATIENCE, wait_for
from tools import embedded, embedded_keeper

USER = """
import sys
from tools import embedded
embedded.start_servers()
print("ready", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Not in tmp_path, which the start of another pytest closes to PostgreSQL's user."""
    folder = tempfile.TemporaryDirectory(prefix="puente-")
    monkeypatch.setenv("PUENTE_HOME", f"{folder.name}/mi casa ñ")
    monkeypatch.setenv("PUENTE_ENV", "test")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("REDIS_URL", raising=False)
    with folder:
        yield embedded.home()


@contextlib.contextmanager
def using(count: int = 1) -> Iterator[list[subprocess.Popen[str]]]:
    """Processes that have called start(); they end in turn when their input closes."""
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", USER],
            cwd=embedded.BASE_DIR,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        for _ in range(count)
    ]
    try:
        for process in processes:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        yield processes
    finally:
        for process in processes:
            end(process)


def end(process: subprocess.Popen[str]) -> None:
    process.communicate(timeout=PATIENCE)


def pids(home: Path) -> list[int | None]:
    folder = str(embedded.valkey_socket().parent)
    return [
        embedded_keeper.listener(server.socket)
        for server in embedded_keeper.servers(str(home), folder)
    ]


def went_down_cleanly(home: Path) -> None:
    """The socket is gone before the last line is in the log."""
    log = home / "log" / "postgres.log"
    wait_for(
        lambda: "database system is shut down" in log.read_text(),
        what="the last line of the database's log",
    )


def connect() -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(embedded.database_url(), autocommit=True)


def kill(pid: int | None) -> None:
    assert pid
    os.kill(pid, signal.SIGKILL)


def keeper_of(home: Path) -> int:
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            words = (entry / "cmdline").read_bytes().split(b"\0") if entry.name.isdecimal() else []
            if embedded_keeper.__file__.encode() in words and os.fsencode(home) in words:
                return int(entry.name)
    raise AssertionError("no keeper runs")


def test_addresses_are_known_before_anything_runs(home: Path) -> None:
    database = dj_database_url.parse(embedded.database_url())
    assert database["HOST"] == str(embedded.valkey_socket().parent)
    assert (database["NAME"], database["USER"], database["PORT"]) == ("puente", "puente", 5432)
    assert embedded.broker_url() == embedded.broker_url()
    assert not home.exists()


@pytest.mark.parametrize("name", ["x" * 120, "a,b", "100%", "año nuevo"])
def test_any_folder_name_gives_usable_addresses(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUENTE_HOME", str(tmp_path / name))
    socket = embedded.valkey_socket()
    assert len(os.fsencode(socket.parent / ".s.PGSQL.5432")) <= embedded.LONGEST_SOCKET_PATH
    assert dj_database_url.parse(embedded.database_url())["HOST"] == str(socket.parent)


def test_a_started_home_answers_and_the_last_user_turns_the_lights_off(home: Path) -> None:
    with using(2) as (first, second):
        shared = pids(home)
        with connect() as connection:
            for extension in ("pg_trgm", "unaccent", "btree_gin"):
                connection.execute(f"CREATE EXTENSION {extension}".encode())
            row = connection.execute("SELECT lower('Ñ'), current_setting('listen_addresses')")
            assert row.fetchone() == ("ñ", "")
        with redis.Redis(unix_socket_path=str(embedded.valkey_socket())) as client:
            assert client.ping()
        with Connection(embedded.broker_url()) as broker:  # type: ignore[no-untyped-call]
            broker.ensure_connection(max_retries=1)
        end(first)
        assert None not in shared
        assert pids(home) == shared
        end(second)
        assert pids(home) == [None, None]
    went_down_cleanly(home)


def test_data_is_kept_and_other_people_on_the_machine_are_kept_out(home: Path) -> None:
    with using(), connect() as connection:
        connection.execute("CREATE TABLE kept (word text)")
    with using(), connect() as connection:
        connection.execute("SELECT * FROM kept")
        for folder in (home, home / "postgres", home / "log", embedded.valkey_socket().parent):
            assert folder.stat().st_mode & 0o067 == 0


def test_parallel_starts_make_one_pair_of_servers(home: Path) -> None:
    with using(4), connect() as connection:
        row = connection.execute("SELECT count(*) FROM pg_database WHERE datname = 'puente'")
        assert row.fetchone() == (1,)


def test_ctrl_c_reaches_the_program_and_then_the_servers_stop_cleanly(home: Path) -> None:
    with using() as (user,):
        os.killpg(user.pid, signal.SIGINT)
        assert user.wait(PATIENCE) != 0
        assert pids(home) == [None, None]
    went_down_cleanly(home)


def test_servers_of_a_killed_program_stop_too(home: Path) -> None:
    with using() as (user,):
        kill(user.pid)
        wait_for(lambda: pids(home) == [None, None], what="the end of both servers")
    went_down_cleanly(home)


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="finds the keeper in /proc")
def test_servers_without_anybody_left_are_adopted_by_the_next_program(home: Path) -> None:
    with using() as (user,):
        left = pids(home)
        kill(keeper_of(home))
        kill(user.pid)
    assert pids(home) == left
    with using():
        assert pids(home) == left
    assert pids(home) == [None, None]


def test_killed_servers_are_started_again_with_their_data(home: Path) -> None:
    with using():
        with connect() as connection:
            connection.execute("CREATE TABLE kept (word text)")
            connection.execute("CHECKPOINT")
        before = pids(home)
        for pid in before:
            kill(pid)
        # The stale file names a living stranger, as after its id was reused.
        stale = home / "postgres" / "postmaster.pid"
        stale.write_text(stale.read_text().replace(str(before[1]), str(os.getpid()), 1))
        with using(), connect() as connection:
            assert None not in pids(home)
            connection.execute("SELECT * FROM kept")


def test_a_server_that_cannot_start_says_why(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded, "_users", {})  # or the servers of this test run would stop too
    with using():
        pass
    (home / "postgres" / "PG_VERSION").write_text("9.6\n")
    with pytest.raises(RuntimeError, match="incompatible"):
        embedded.start_servers(valkey=False)
    embedded.stop_servers()


@pytest.mark.parametrize(
    ("given", "missing"),
    [({}, "DATABASE_URL"), ({"DATABASE_URL": "postgresql://x/y"}, "REDIS_URL")],
)
def test_production_brings_nothing_along(
    given: dict[str, str], missing: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUENTE_ENV", "production")
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=rf"{missing} isn’t set\. Example: {missing}="):
        embedded.start_servers()
    assert not home.parent.exists()


def test_named_servers_are_used_and_none_started(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/puente")
    monkeypatch.setenv("REDIS_URL", "redis://elsewhere:6379/0")
    embedded.start_servers()
    assert not home.exists()


@pytest.mark.parametrize(
    ("line", "needs_servers"),
    [
        ("manage.py", False),
        ("manage.py help", False),
        ("manage.py migrate --help", False),
        ("manage.py check --deploy", False),
        ("manage.py check --database default", True),
        ("manage.py makemigrations --check", False),
        ("manage.py migrate", True),
        ("manage.py drain_outbox --loop", True),
    ],
)
def test_commands_start_what_they_need(
    line: str, needs_servers: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[bool] = []
    monkeypatch.setattr(embedded, "start_servers", lambda: started.append(True))
    embedded.start_for_command(line.split())
    assert bool(started) == needs_servers
