"""How much of a mail is read. Beyond, it is parked with its original for a person. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    header_bytes: int = 256 * 1024  # of the mail, and of each part
    header_lines: int = 500
    value_characters: int = 2000  # of one header as it is looked at
    parts: int = 200
    marks: int = 10_000  # lines that begin like the boundary of a part
    depth: int = 20
    text_characters: int = 200_000
    seconds: float = 10.0


DEFAULT = Limits()


class TooMuch(Exception):
    """A mail beyond the bounds; `args` says which."""
