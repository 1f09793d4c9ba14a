"""Compares email addresses. Pure."""

from __future__ import annotations

import unicodedata
from contextlib import suppress

from django.utils.encoding import punycode


def folded(address: str) -> str:
    """An address in the form used to compare: lower case, one Unicode form, the domain as sent over
    the wire.
    """
    local, _, domain = unicodedata.normalize("NFC", address.strip()).rpartition("@")
    with suppress(UnicodeError):
        domain = punycode(domain.rstrip("."))
    return f"{local}@{domain}".casefold()


def readable(address: str) -> str:
    """As people write it: `ana@münchen.example`, not `ana@xn--mnchen-3ya.example`."""
    local, _, domain = folded(address).rpartition("@")
    with suppress(UnicodeError):
        domain = domain.encode().decode("idna")
    return f"{local}@{domain}"


def spellings(address: str) -> set[str]:
    """How our own rows may spell it, in lower case."""
    return {folded(address), readable(address)}
