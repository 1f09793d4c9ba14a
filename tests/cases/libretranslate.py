"""A translation service on this machine that behaves like LibreTranslate."""

from __future__ import annotations

import json
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.patience import PATIENCE

KEY = "a-key"


class LibreTranslate:
    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.paths: list[str] = []
        # The answer instead of a translation: a status with its body.
        self.instead: tuple[int, bytes] | None = None
        self.go_on = threading.Event()
        self.go_on.set()
        self.drips = False
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                service.asked.append(body)
                service.paths.append(self.path)
                status, answer = service.instead or service.answer(body)
                service.go_on.wait(PATIENCE)
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                with suppress(OSError):  # no one waits anymore
                    self.send_body(answer)

            def send_body(self, answer: bytes) -> None:
                if not service.drips:
                    self.wfile.write(answer)
                    return
                pause = threading.Event()
                for byte in answer:
                    self.wfile.write(bytes([byte]))
                    pause.wait(0.05)

            def log_message(self, *_args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = False  # closing it waits for them
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, args=[0.01])
        self.thread.start()

    def answer(self, asked: dict[str, Any]) -> tuple[int, bytes]:
        if asked.get("api_key") != KEY:
            return 403, b'{"error": "Invalid API key"}'
        if asked["source"] not in {"es", "en"} or asked["format"] != "text":
            return 400, b'{"error": "Invalid request"}'
        translated = f"[{asked['target']}] {asked['q']}"
        return 200, json.dumps({"translatedText": translated}).encode()

    def stop(self) -> None:
        self.go_on.set()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()
