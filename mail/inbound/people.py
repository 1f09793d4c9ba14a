"""Whom a mail is from: exactly one address that can be read in only one way. Pure."""

from __future__ import annotations

import re

from mail.addresses import folded
from mail.inbound.head import Head

__all__ = ["folded", "recipients", "sender"]

_ADDRESS = r"[^\s<>@\"(),:;\\\[\]]{1,64}@[^\s<>@\"(),:;\\\[\]]{1,255}"
# A display name without an @ leaves only one address, whatever else it contains: programs forget
# the quotation marks around "Peña, Carla".
_ONE = re.compile(
    rf"""\s*(?:
        (?:"(?:[^"\\]|\\.)*"|[^<>@]*)\s*<(?P<angle>{_ADDRESS})>
        |(?P<bare>{_ADDRESS})
    )(?:\s*\([^()@<>]*\))?\s*""",
    re.VERBOSE,
)
_ANY = re.compile(_ADDRESS)
_LONGEST = 1000
_MOST = 50


def sender(head: Head) -> str:
    """Folded; empty unless there is exactly one, or if someone else sent it on their behalf."""
    found = _one(head.all("from"))
    if "sender" in head.fields and _one(head.all("sender")) != found:
        return ""
    return found


def _one(values: list[str]) -> str:
    if len(values) != 1 or len(values[0]) > _LONGEST:
        return ""
    matched = _ONE.fullmatch(values[0])
    return folded(matched["angle"] or matched["bare"]) if matched else ""


def recipients(head: Head) -> list[str]:
    """Every address it was written or delivered to."""
    names = ("to", "cc", "delivered-to", "x-original-to", "envelope-to", "x-envelope-to")
    values = [value[:_LONGEST] for name in names for value in head.all(name)[:_MOST]]
    # email.utils.getaddresses recurses for each bracket.
    return [folded(found) for value in values for found in _ANY.findall(value)][:_MOST]
