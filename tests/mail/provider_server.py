"""A mail provider: an HTTP server that answers as Postmark does, or as a test tells it to."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.patience import PATIENCE

STALL, DROP = 0, -1  # instead of a status


class ProviderServer:
    def __init__(self) -> None:
        self.answers: list[tuple[int, object]] = []
        self.taken: list[dict[str, Any]] = []
        self._closing = threading.Event()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.taken.append(json.loads(body))
                status, told = outer.answers.pop(0) if outer.answers else (200, outer._good())
                if status == STALL:
                    outer._closing.wait(PATIENCE)
                if status in {STALL, DROP}:
                    self.close_connection = True
                    return
                answer = told if isinstance(told, bytes) else json.dumps(told).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, format: str, *args: object) -> None: ...

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def _good(self) -> dict[str, object]:
        return {
            "ErrorCode": 0,
            "Message": "OK",
            "MessageID": f"remote-{len(self.taken)}",
            "To": self.taken[-1]["To"],
        }

    def close(self) -> None:
        self._closing.set()
        self._server.shutdown()
        self._server.server_close()
