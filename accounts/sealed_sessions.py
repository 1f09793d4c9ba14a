"""Encrypts sessions, which briefly hold secrets: a two-step setup, the key of a password link."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from accounts import sealing


class SessionStore(DatabaseStore):
    def encode(self, session_dict: dict[str, Any]) -> str:
        return sealing.seal(json.dumps(session_dict), row=f"session:{self.session_key}")

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """Empty if the data doesn't belong to this session; the person signs in again."""
        try:
            opened = sealing.opened(str(session_data), row=f"session:{self.session_key}")
        except sealing.CannotOpenError:
            return {}
        return json.loads(opened)  # type: ignore[no-any-return]
