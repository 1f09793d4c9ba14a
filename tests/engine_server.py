"""A decision engine on this machine."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

from tests.patience import PATIENCE


class Engine:
    """A real server on this machine that answers what it's told to."""

    def __init__(self) -> None:
        self.status = 200
        self.answer = b'{"approvalStatus": "approved", "approvalLimit": "1200.00"}'
        self.asked: list[tuple[dict[str, Any], str | None]] = []
        self.go_on = threading.Event()
        self.go_on.set()
        engine = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                engine.asked.append((json.loads(body), self.headers["Authorization"]))
                engine.go_on.wait(PATIENCE)
                self.send_response(engine.status)
                self.end_headers()
                self.wfile.write(engine.answer)

            def log_message(self, *_args: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/v1/applications?kind=lease"
        self.thread = threading.Thread(target=self.server.serve_forever, args=[0.01])
        self.thread.start()

    def stop(self) -> None:
        self.go_on.set()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@contextmanager
def engine_at_work(settings: Any) -> Iterator[Engine]:
    started = Engine()
    settings.DECISION_ENGINE_URL = started.url
    settings.DECISION_ENGINE_TOKEN = "secret"
    try:
        yield started
    finally:
        started.stop()
