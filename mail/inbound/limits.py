"""How much of a mail is read. A larger one waits for a person with its original. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    header_bytes: int = 256 * 1024  # of the mail and of each part
    header_lines: int = 500
    value_characters: int = 2000  # of one header
    parts: int = 200
    marks: int = 10_000  # lines that start like a part's boundary
    depth: int = 20
    text_characters: int = 200_000
    seconds: float = 10.0


DEFAULT = Limits()


class TooMuch(Exception):
    """A mail beyond the limits; `args` says which one."""
