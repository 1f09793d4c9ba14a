"""Encryption of what the database may store but no one may read there: AES-GCM, bound to its row.

The format is `sealed:<key id>:<base64 of nonce and ciphertext>`. The first of `ENCRYPTION_KEYS`
encrypts and all of them decrypt, so keys can change while everything runs.
"""

from __future__ import annotations

import os
from base64 import b64decode, b64encode
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

PREFIX = "sealed:"
_NONCE = 12


class CannotOpenError(ValueError):
    """It belongs to another row, was changed, or its key is gone."""


def seal(text: str, *, row: str) -> str:
    """`row` names the row, such as `authenticator:7`; opening needs the same name."""
    key_id = next(iter(settings.ENCRYPTION_KEYS))
    nonce = os.urandom(_NONCE)
    said = nonce + _cipher(settings.ENCRYPTION_KEYS[key_id]).encrypt(
        nonce, text.encode(), _bound(key_id, row)
    )
    return f"{PREFIX}{key_id}:{b64encode(said).decode()}"


def opened(sealed: str, *, row: str) -> str:
    """CannotOpenError if it wasn't sealed for this row."""
    key_id, _, said = sealed.removeprefix(PREFIX).partition(":")
    key = settings.ENCRYPTION_KEYS.get(key_id)
    if not sealed.startswith(PREFIX) or key is None:
        raise CannotOpenError(f"no key {key_id!r}" if key is None else "not sealed")
    try:
        raw = b64decode(said, validate=True)
        plain = _cipher(key).decrypt(raw[:_NONCE], raw[_NONCE:], _bound(key_id, row))
    except (InvalidTag, ValueError):
        raise CannotOpenError("it was changed, or belongs to another row") from None
    return plain.decode()


def is_sealed(text: str) -> bool:
    return text.startswith(PREFIX)


def is_current(sealed: str) -> bool:
    """Whether it's sealed with the current key."""
    return sealed.startswith(f"{PREFIX}{next(iter(settings.ENCRYPTION_KEYS))}:")


def _bound(key_id: str, row: str) -> bytes:
    return f"{key_id}|{row}".encode()


@cache
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(key)
