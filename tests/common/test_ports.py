"""A port is ours from the moment it's chosen, and so is the server behind it."""

from __future__ import annotations

import http.server
import os
import secrets
import socket
import subprocess
import sys
import threading
from contextlib import ExitStack
from pathlib import Path

import pytest

from common import ports
from tools.demo import answers
from tools.processes import Child, stop_children, wait_until_ready

ROOT = Path(__file__).parents[2]
HOLD = """
import sys
from common import ports
held = ports.hold(int(sys.argv[1]), "web server")
print(ports.port_of(held), file=sys.stderr, flush=True)
sys.stdin.read()
"""


def test_a_held_port_is_nobody_elses(capsys: pytest.CaptureFixture[str]) -> None:
    with ports.hold(0, "web server") as first:
        wanted = ports.port_of(first)
        with ports.hold(wanted, "mail inbox") as second:
            assert ports.port_of(second) > wanted
            said = f"Port {wanted} is taken, so the mail inbox uses {ports.port_of(second)}.\n"
            assert capsys.readouterr().out == said


def test_not_even_a_server_that_shares_its_ports() -> None:
    """As granian does by itself."""
    with ports.hold(0, "web server") as held, socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        with pytest.raises(OSError, match="in use"):
            other.bind(held.getsockname())


def test_five_at_once_have_five_ports() -> None:
    with ports.hold(0, "web server") as held, ExitStack() as running:
        command = [sys.executable, "-c", HOLD, str(ports.port_of(held))]
        pipe = subprocess.PIPE
        holders = [
            running.enter_context(
                subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe, text=True)
            )
            for _ in range(5)
        ]
        found = []
        for each in holders:
            assert each.stderr
            found.append(int(each.stderr.readline()))
        assert len({*found, ports.port_of(held)}) == 6


def test_a_port_that_cannot_be_had_is_an_error_with_advice() -> None:
    with pytest.raises(ports.PortError, match="Choose another"):
        ports.hold(70_000, "web server")


def test_the_inbox_says_so_without_a_traceback() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tools.inbox", "--port", "70000"],
        cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr == "There’s no free port from 70000 up for the mail inbox. Choose another.\n"


def test_somebody_elses_server_is_not_taken_for_ours() -> None:
    class Stranger(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("X-Puente-Instance", "another")
            self.end_headers()

        def log_message(self, *arguments: object) -> None:
            pass

    with http.server.HTTPServer((ports.LOCAL, 0), Stranger) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        assert answers(server.server_port, "another")
        assert not answers(server.server_port, "ours")
        server.shutdown()


def test_the_web_server_takes_the_held_socket(tmp_path: Path) -> None:
    """Whoever connects before it's ready waits instead of being refused."""
    instance = secrets.token_hex(8)
    with ports.hold(0, "web server") as held:
        early = socket.create_connection(held.getsockname(), timeout=60)
        early.sendall(b"GET /health/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        web = Child(
            "web server",
            [sys.executable, "-m", "config.web", str(held.fileno())],
            tmp_path / "web.log",
            lambda _: answers(ports.port_of(held), instance),
            {**os.environ, "PUENTE_INSTANCE": instance},
            keep_open=[held.fileno()],
        )
        try:
            wait_until_ready([web], seconds=120)
            with early, early.makefile("rb") as answer:
                assert b"200 OK" in answer.readline()
        finally:
            stop_children([web], seconds=60)
        assert web.process.returncode == 0
