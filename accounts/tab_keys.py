"""The key under which a browser's tab seals what its reader types (static/js/typed/sealing.js).

Every page of theirs comes with the same one and no other page does: words left in the tab when a
session ends open for the same person, and for no one else.
"""

from __future__ import annotations

from base64 import b64encode

from django.utils.crypto import salted_hmac

from accounts.models import User


def tab_key(user: User) -> str:
    """256 bits for AES-GCM, in base64."""
    said = salted_hmac("accounts.tab_keys", str(user.pk), algorithm="sha256")
    return b64encode(said.digest()).decode()
