"""Sessions hold secrets for a while: a second factor being set up, the key of a password link."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from accounts import sealing


class SessionStore(DatabaseStore):
    def encode(self, session_dict: dict[str, Any]) -> str:
        return sealing.seal(json.dumps(session_dict), row=f"session:{self.session_key}")

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """Empty for what is not this session's: whose it was signs in again."""
        try:
            opened = sealing.opened(str(session_data), row=f"session:{self.session_key}")
        except sealing.CannotOpenError:
            return {}
        return json.loads(opened)  # type: ignore[no-any-return]
