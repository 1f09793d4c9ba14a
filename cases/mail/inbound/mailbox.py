"""The mailbox that replies arrive in, by IMAP.

A mail is marked as seen only after whoever takes it has taken it: a crash in between brings it once
more, which changes nothing.
"""

from __future__ import annotations

import logging
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, NamedTuple, cast

from django.conf import settings
from imapclient import SEEN, IMAPClient
from imapclient.exceptions import IMAPClientError

from cases.mail.inbound.limits import DEFAULT

log = logging.getLogger(__name__)

SECONDS = 20.0  # for each word with the server
_SIZE, _ALL, _HEAD = b"RFC822.SIZE", b"BODY[]", b"BODY[HEADER]"


class MailboxTrouble(Exception):
    """The mailbox cannot be used now. The message holds no users' names and no passwords."""


class Fetched(NamedTuple):
    uid: int
    raw: bytes
    size: int | None  # of a mail too large to fetch; then `raw` is its head


@contextmanager
def opened() -> Iterator[Mailbox]:
    where = settings.INBOUND_MAILBOX
    if where is None:
        raise MailboxTrouble("not configured")
    client: IMAPClient | None = None
    try:
        context = ssl.create_default_context() if where.ssl else None
        client = IMAPClient(
            where.host, port=where.port, ssl=where.ssl, ssl_context=context, timeout=SECONDS
        )
        client.login(where.user, where.password)
        client.select_folder(where.folder)
        yield Mailbox(client)
    except (OSError, IMAPClientError) as error:
        raise MailboxTrouble(f"{type(error).__name__} {where.host}:{where.port}") from error
    finally:
        if client is not None:
            _close(client)


def _close(client: IMAPClient) -> None:
    try:
        client.logout()
    except (OSError, IMAPClientError):
        with suppress(OSError, IMAPClientError):
            client.shutdown()  # without a goodbye the server would not answer


class Mailbox:
    def __init__(self, client: IMAPClient) -> None:
        self._client = client

    def unseen(self) -> list[int]:
        """Oldest first."""
        return sorted(self._client.search(["UNSEEN"]))

    def fetch(self, uid: int) -> Fetched | None:
        """None for one that somebody has taken away, or that the server cannot give."""
        try:
            size = int(self._part(uid, _SIZE, _SIZE) or 0)
            if size > settings.INBOUND_MAX_BYTES:
                wanted = b"BODY.PEEK[HEADER]<0.%d>" % DEFAULT.header_bytes
                head = self._part(uid, wanted, _HEAD)
                return Fetched(uid, cast(bytes, head or b""), size)
            raw = self._part(uid, b"BODY.PEEK[]", _ALL)
        except (IMAPClient.AbortError, IMAPClient.ReadOnlyError):
            raise
        except IMAPClientError as error:  # this mail; the others may be fine
            log.warning("inbound_mail_not_fetched uid=%d error=%s", uid, type(error).__name__)
            return None
        return Fetched(uid, raw, None) if isinstance(raw, bytes) else None

    def mark(self, uid: int) -> None:
        self._client.add_flags(uid, SEEN)

    def _part(self, uid: int, wanted: bytes, name: bytes) -> Any:
        answer = self._client.fetch([uid], [wanted]).get(uid, {})
        found = (value for key, value in answer.items() if key.upper().startswith(name))
        return next(found, None)
