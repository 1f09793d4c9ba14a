"""`make demo`: starts, watches and stops all of Puente on this machine."""

from __future__ import annotations

import argparse
import fcntl
import http.client
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType

from common import ports
from common.ports import LOCAL, PortError
from tools import embedded, embedded_keeper, inbox, processes
from tools.company import cast
from tools.embedded_servers import EmbeddedServerError, make_home
from tools.processes import Child, ChildEndedError

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
DATA = ("postgres", "valkey", "evidence", "inbox", "log", "static", "static.stamp", "beat")


class NotStartedError(RuntimeError):
    """The message says why it didn't start and what to do."""


def main() -> int:
    arguments = _arguments()
    for number in STOP_SIGNALS:
        signal.signal(number, _interrupt)
    home = embedded.home()
    try:
        if os.environ.get("PUENTE_ENV") == "production":
            raise NotStartedError(
                "The demo doesn’t run with PUENTE_ENV=production. Unset PUENTE_ENV."
            )
        make_home(home)
        with alone(home) as note:
            if arguments.fresh:
                throw_away(home)
            run(home, note, arguments.port, arguments.smtp_port)
    except KeyboardInterrupt:
        pass
    except (NotStartedError, PortError, ChildEndedError, EmbeddedServerError) as error:
        print(f"\n{error}\n\nPuente didn’t start, or all of it was stopped.", file=sys.stderr)
        return 1
    finally:
        # From here on everything is limited in time, and a second Ctrl-C must not leave half
        # behind.
        for number in STOP_SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        embedded.stop_servers()
    print("Stopped. The data is kept for the next start.")
    return 0


def run(home: Path, note: Path, port: int, smtp_port: int) -> None:
    """Never returns: ends with Ctrl-C, or when a child ends unexpectedly."""
    began = time.monotonic()
    with ports.hold(port, "web server") as web, ports.hold(smtp_port, "mail inbox") as smtp:
        run_on(home, note, web, smtp, began)


def run_on(home: Path, note: Path, web: socket.socket, smtp: socket.socket, began: float) -> None:
    """Runs on ports that are ours alone from here on, however long the rest takes."""
    address = f"http://{LOCAL}:{ports.port_of(web)}/"
    note.write_text(address)
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PUENTE_DEMO": "1",
        "BASE_URL": address.rstrip("/"),
        "EMAIL_URL": f"smtp://{LOCAL}:{ports.port_of(smtp)}",
        "PUENTE_INSTANCE": secrets.token_hex(8),
        "STATIC_ROOT": str(home / "static"),
        "TELEPHONE_SECRETS": os.environ.get("TELEPHONE_SECRETS", cast.PHONE_SECRET),
        "PYTHONUNBUFFERED": "1",
    }
    embedded.start_servers()
    with inbox.running(home / "inbox", smtp), ExitStack() as running:
        sign_ins = prepare_once(environment)
        children = start_programs(home / "log", home / "beat", web, environment)
        running.callback(stop_programs, children)
        processes.wait_until_ready(children, seconds=60)
        print(
            f"\nPuente is running:        {address}   (after {time.monotonic() - began:.1f} s)"
            f"\nPuente está en marcha:    {address}"
            f"\nEmail it sent:            {address}inbox/\n\n{sign_ins.rstrip()}\n"
            f"\nLogs: {home / 'log'}   Stop: Ctrl-C   Start over: make demo ARGS=--fresh\n",
            flush=True,
        )
        while True:
            for child in children:
                child.check()
            time.sleep(0.2)


def prepare_once(environment: dict[str, str]) -> str:
    print("Preparing the database, the texts and the demo data …", flush=True)
    command = [sys.executable, "-m", "tools.demo_prepare"]
    with subprocess.Popen(  # noqa: S603 - our own arguments, no shell
        command,
        cwd=embedded.BASE_DIR,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            sign_ins, _ = process.communicate()
        except KeyboardInterrupt:
            process.terminate()
            raise
    if process.returncode:
        raise NotStartedError("Preparing failed. See the reason above.")
    return sign_ins


def start_programs(
    logs: Path, schedule: Path, web: socket.socket, environment: dict[str, str]
) -> list[Child]:
    schedule.mkdir(mode=0o700, exist_ok=True)
    python, quick = [sys.executable, "-m"], ["--without-gossip", "--without-mingle"]
    celery = [*python, "celery", "-A", "config"]
    beat = ["beat", "--loglevel=INFO", "--pidfile=", f"--schedule={schedule / 'schedule'}"]
    return [
        Child(
            "web server",
            [*python, "config.web", str(web.fileno())],
            logs / "web.log",
            lambda _: answers(ports.port_of(web), environment["PUENTE_INSTANCE"]),
            environment,
            keep_open=(web.fileno(),),
        ),
        Child(
            "worker",
            [*celery, "worker", "--concurrency=2", "--loglevel=INFO", *quick],
            logs / "worker.log",
            lambda child: child.said(" ready."),
            environment,
        ),
        Child(
            "scheduler",
            [*celery, *beat],
            logs / "beat.log",
            lambda child: child.said("beat: Starting"),
            environment,
        ),
    ]


def stop_programs(children: list[Child]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    print("\nStopping …", flush=True)
    processes.stop_children(children)


def answers(port: int, instance: str) -> bool:
    """Whether our own web server answers there, and not another one."""
    connection = http.client.HTTPConnection(LOCAL, port, timeout=5)
    try:
        connection.request("GET", "/health/")
        answer = connection.getresponse()
        return answer.status == 200 and answer.getheader("X-Puente-Instance") == instance
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


@contextmanager
def alone(home: Path) -> Iterator[Path]:
    """Allows one demo at a time in a folder. Yields the file that tells the next one where
    it runs.
    """
    note = home / "demo.lock"
    with note.open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise NotStartedError(
                f"The demo is already running at {note.read_text()} from {home}. Stop it with"
                f" Ctrl-C there, or start another one with PUENTE_HOME=/another/folder make demo."
            ) from error
        yield note


def throw_away(home: Path) -> None:
    """Removes only what the demo made, and only if no one is using it."""
    deadline = time.monotonic() + embedded_keeper.PATIENCE
    while (users := embedded_keeper.try_lock(str(home / "users.lock"))) is None:
        if time.monotonic() > deadline:
            raise NotStartedError(f"Another program is using the data in {home}. Stop it first.")
        time.sleep(0.05)
    try:
        for path in (home / name for name in DATA):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
    finally:
        os.close(users)
    print(f"The demo data in {home} was deleted.", flush=True)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tools.demo",
        description="Run Puente on this machine with demo data: web server, worker, scheduler,"
        " mail inbox, PostgreSQL and Valkey. Press Ctrl-C to stop everything. The data is kept.",
        epilog="Example: python -m tools.demo --port 9000",
    )
    parser.add_argument("--port", type=int, default=8000, help="port of the web server (8000)")
    parser.add_argument("--smtp-port", type=int, default=2525, help="port of the mail inbox (2525)")
    parser.add_argument("--fresh", action="store_true", help="delete the demo data first")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
