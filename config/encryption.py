from __future__ import annotations

import hashlib
import re
from base64 import b64decode

from django.core.exceptions import ImproperlyConfigured

from common import env

_MAKES_A_KEY = "import base64, os; print(base64.b64encode(os.urandom(32)).decode())"


def encryption_keys(name: str, secret: str) -> dict[str, bytes]:
    """Key id → 32 bytes; the first key encrypts. Unset: one derived from `secret`, or an error if
    there is none.
    """
    example = f"2026:$(python3 -c '{_MAKES_A_KEY}')"
    if not env.text(name, "" if secret else None, example=example):
        return {"local": hashlib.sha256(f"encryption {secret}".encode()).digest()}
    keys = {}
    for part in env.words(name):
        key_id, _, said = part.partition(":")
        try:
            key = b64decode(said, validate=True)
        except ValueError:
            key = b""
        if not re.fullmatch(r"[A-Za-z0-9-]{1,16}", key_id) or len(key) != 32 or key_id in keys:
            # Don't show the value: it's a secret.
            raise ImproperlyConfigured(
                f"{name} isn’t id:key,id:key with a unique ID and 32 bytes in base64 for each key."
                f" Example: {name}={example}  {env.PAGE}"
            )
        keys[key_id] = key
    return keys
