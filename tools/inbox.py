"""The demo's inbox: an SMTP server that stores what arrives, and functions to read it back.

One file per mail; its name holds the time, so names sort by arrival.
"""

from __future__ import annotations

import argparse
import asyncio
import email
import os
import re
import secrets
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import default
from email.utils import getaddresses
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from common import ports

MAX_BYTES = 10 * 1024 * 1024
NAME = re.compile(r"(?P<nanoseconds>\d{20})-[0-9a-f]{8}\.eml")


@dataclass(frozen=True)
class Message:
    name: str
    received_at: datetime
    sender: str
    recipients: tuple[str, ...]
    subject: str
    text: str
    html: str
    author: str = ""  # the charset the mail itself names
    reply_to: str = ""
    message_id: str = ""
    language: str = ""


class Store:
    """Writes each mail under another name first, so that readers of the folder see only whole
    mails.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.last = 0
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        head = f"X-Envelope-From: {envelope.mail_from or '<>'}\r\n"
        head += f"X-Envelope-To: {', '.join(envelope.rcpt_tos)}\r\n"
        clock = time.time_ns()  # noqa: TID251 - without Django; only the name of a file
        self.last = max(clock, self.last + 1)  # the clock may stand still or step back
        name = f"{self.last:020d}-{secrets.token_hex(4)}.eml"
        unfinished = self.folder / f"{name}.part"
        try:
            unfinished.write_bytes(head.encode(errors="surrogateescape") + content)
            unfinished.rename(self.folder / name)
        except OSError:
            return "452 4.3.1 The inbox cannot be written to; try later"
        return "250 2.0.0 Stored"


@contextmanager
def running(folder: Path, listener: socket.socket | None = None) -> Iterator[tuple[str, int]]:
    """Receives mail in a thread of this process, on a held socket or else on any free port."""
    listener = listener or ports.hold(0, "mail inbox")
    loop = asyncio.new_event_loop()
    store = Store(folder)

    def connection() -> SMTP:
        return SMTP(store, data_size_limit=MAX_BYTES, enable_SMTPUTF8=True, loop=loop)

    try:
        server = loop.run_until_complete(loop.create_server(connection, sock=listener))
        thread = threading.Thread(target=loop.run_forever, name="inbox", daemon=True)
        thread.start()
        try:
            yield listener.getsockname()
        finally:
            asyncio.run_coroutine_threadsafe(_close(server), loop).result(10)
            loop.call_soon_threadsafe(loop.stop)
            thread.join(10)
    finally:
        loop.close()


def serve(folder: Path, port: int) -> None:
    """Receives mail until the process ends."""
    with running(folder, ports.hold(port, "mail inbox")) as (host, real_port):
        print(f"Saving mail for {host}:{real_port} in {folder}. Press Ctrl-C to stop.", flush=True)
        threading.Event().wait()


def list_messages(folder: Path, *, limit: int) -> list[Message]:
    """Newest first."""
    names = os.listdir(folder) if folder.is_dir() else []
    newest = sorted(filter(NAME.fullmatch, names), reverse=True)[:limit]
    found = (read_message(folder, name) for name in newest)
    return [message for message in found if message]


def read_message(folder: Path, name: str) -> Message | None:
    """None if the name isn't one of ours or the mail is gone."""
    matched = NAME.fullmatch(name)
    if not matched:
        return None
    try:
        message = email.message_from_bytes((folder / name).read_bytes(), policy=default)
    except FileNotFoundError:
        return None
    seconds = int(matched["nanoseconds"]) / 1_000_000_000
    return Message(
        name=name,
        received_at=datetime.fromtimestamp(seconds, UTC),
        sender=_header(message, "X-Envelope-From"),
        recipients=tuple(
            address for _, address in getaddresses([_header(message, "X-Envelope-To")])
        ),
        subject=_header(message, "Subject"),
        text=_body(message, "plain"),
        html=_body(message, "html"),
        author=_header(message, "From"),
        reply_to=_header(message, "Reply-To"),
        message_id=_header(message, "Message-ID"),
        language=_header(message, "Content-Language"),
    )


async def _close(server: asyncio.Server) -> None:
    server.close()
    current = asyncio.current_task()
    others = [task for task in asyncio.all_tasks() if task is not current]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


def _header(message: EmailMessage, name: str) -> str:
    """The first such line; the standard parser raises on some malformed ones."""
    try:
        return str(message.get(name, ""))
    except (ValueError, IndexError, AttributeError, TypeError):
        lines = (value for key, value in message.raw_items() if key.lower() == name.lower())
        return str(next(lines, ""))


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    if part is None:
        return ""
    try:
        content = part.get_content()
    except (LookupError, ValueError):  # an unknown charset
        payload = part.get_payload(decode=True)
        content = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
    return str(content).replace("\r\n", "\n")  # line endings differ on the wire


def main() -> int:
    from tools import embedded  # noqa: PLC0415 - only the demo's folder needs it

    parser = argparse.ArgumentParser(
        prog="python -m tools.inbox",
        description="Receive mail over SMTP and save it where the demo’s /inbox/ shows it.",
        epilog="Example: python -m tools.inbox --port 2525",
    )
    parser.add_argument("--port", type=int, default=2525, help="port to receive mail on (2525)")
    arguments = parser.parse_args()
    try:
        serve(embedded.home() / "inbox", arguments.port)
    except KeyboardInterrupt:
        return 0
    except ports.PortError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
