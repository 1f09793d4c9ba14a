"""Digests of what may be compared but never read: HMAC under a key, bound to its row.

The format is `hmac:<key id>:<base64>`. The first of `ENCRYPTION_KEYS` makes new ones; all of them
compare. Few digits could be guessed by trying them all, so whoever has the key must not have the
rows, and attempts are limited.
"""

from __future__ import annotations

import hmac
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256

from django.conf import settings

PREFIX = "hmac:"
#: What encrypts is never used for digests itself.
_PURPOSE = b"puente.keyed_digests"


def keyed_digest(text: str, *, row: str) -> str:
    """`row` names the row, such as `ssn:104477312`: copied to another row, it never matches."""
    return _made(next(iter(settings.ENCRYPTION_KEYS)), text, row)


def matches(text: str, digest: str, *, row: str) -> bool:
    """In constant time. False also if the key it was made with is gone."""
    if not can_match(digest):
        return False
    key_id = _key_id(digest)
    return hmac.compare_digest(_made(key_id, text, row), digest)


def same_text(one: tuple[str, str], other: tuple[str, str], *, among: Iterable[str]) -> bool:
    """Whether two digests, each with its row, are of the same text, which is one of a few."""
    return any(
        matches(text, one[0], row=one[1]) and matches(text, other[0], row=other[1])
        for text in among
    )


def can_match(digest: str) -> bool:
    """Its key is still among ours."""
    return digest.startswith(PREFIX) and _key_id(digest) in settings.ENCRYPTION_KEYS


def _key_id(digest: str) -> str:
    return digest.removeprefix(PREFIX).partition(":")[0]


def _made(key_id: str, text: str, row: str) -> str:
    key = hmac.digest(settings.ENCRYPTION_KEYS[key_id], _PURPOSE, sha256)
    said = hmac.digest(key, f"{key_id}|{row}|{text}".encode(), sha256)
    return f"{PREFIX}{key_id}:{b64encode(said).decode()}"
