"""The mailbox that replies arrive in, over IMAP.

A mail is marked as seen only after it was processed. After a crash in between, it comes once more,
which changes nothing.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, NamedTuple

from django.conf import settings
from imapclient import SEEN, IMAPClient
from imapclient.exceptions import IMAPClientError, LoginError

from mail.inbound.limits import DEFAULT

SECONDS = 20.0  # seconds for each exchange with the server
_SIZE, _ALL, _HEAD = b"RFC822.SIZE", b"BODY[]", b"BODY[HEADER]"


class MailboxTrouble(Exception):
    """The mailbox can't be used now. The message contains no user names or passwords."""


class Refused(Exception):
    """The server refuses this for this mail; others may work."""


class HungUp(Exception):
    """The connection ended at this mail; others may work over a new one."""


class Fetched(NamedTuple):
    uid: int
    raw: bytes
    # the size, if the mail is too large to fetch; then `raw` holds only its headers
    size: int | None


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
        _log_in(client, where.user, where.password)
        selected = client.select_folder(where.folder)
        yield Mailbox(client, uid_validity=int(selected.get(b"UIDVALIDITY", 0)))
    except BaseException as error:
        if client is not None:
            with suppress(OSError, IMAPClientError):
                client.shutdown()  # no LOGOUT: a server that is stuck in an answer wouldn't hear it
        if isinstance(error, (OSError, ValueError, IMAPClientError)):
            name = type(error).__name__
            raise MailboxTrouble(f"{name} {where.host}:{where.port}") from error
        raise
    else:
        _close(client)


def _log_in(client: IMAPClient, user: str, password: str) -> None:
    try:
        if (user + password).isascii():
            client.login(user, password)
        else:  # LOGIN can only send ASCII
            client.plain_login(user, password)
    except ValueError as error:  # what no IMAP command can contain
        raise LoginError from error


def _close(client: IMAPClient) -> None:
    try:
        client.logout()
    except (OSError, IMAPClientError):
        with suppress(OSError, IMAPClientError):
            client.shutdown()  # without a LOGOUT, which the server wouldn't answer


class Mailbox:
    def __init__(self, client: IMAPClient, *, uid_validity: int) -> None:
        self._client = client
        self.uid_validity = uid_validity  # if it changes, uids mean other mails

    def unseen(self) -> list[int]:
        """Oldest first."""
        return sorted(self._client.search(["UNSEEN"]))

    def fetch(self, uid: int) -> Fetched | None:
        """None if the mail is gone."""
        with _over(uid):
            size = int(self._part(uid, _SIZE, _SIZE) or 0)
            if size > settings.INBOUND_MAX_BYTES:
                wanted, name = b"BODY.PEEK[HEADER]<0.%d>" % DEFAULT.header_bytes, _HEAD
            else:
                wanted, name = b"BODY.PEEK[]", _ALL
            raw = self._part(uid, wanted, name)
        if not isinstance(raw, bytes) or not raw:
            return None
        return Fetched(uid, raw, size if name == _HEAD else None)

    def mark(self, uid: int) -> None:
        with _over(uid):
            self._client.add_flags(uid, SEEN, silent=True)

    def _part(self, uid: int, wanted: bytes, name: bytes) -> Any:
        answer = self._client.fetch([uid], [wanted]).get(uid, {})
        found = (value for key, value in answer.items() if key.upper().startswith(name))
        return next(found, None)


@contextmanager
def _over(uid: int) -> Iterator[None]:
    try:
        yield
    except IMAPClient.ReadOnlyError:
        raise  # other mails would do no better
    except (IMAPClient.AbortError, OSError, ValueError) as error:
        raise HungUp(f"{type(error).__name__} uid={uid}") from error
    except IMAPClientError as error:
        raise Refused(f"refused uid={uid}") from error
