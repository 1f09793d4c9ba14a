"""Reads the headers of a mail or of one of its parts, within limits. Pure.

From the standard library it uses only what reads one short value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.message import Message
from functools import cached_property

from mail.inbound.charsets import decoded, header_text
from mail.inbound.limits import DEFAULT, Limits

_FIELD = re.compile(rb"([!-9;-~]{1,80})[ \t]*:(.*)", re.DOTALL)
_LONGEST_NAME = 200
_MALFORMED = (ValueError, TypeError, IndexError, LookupError)  # from the standard library


@dataclass(frozen=True)
class Head:
    """The headers by lower-case name, unfolded, not yet decoded."""

    fields: dict[str, list[str]]
    end: int  # where the body begins

    def all(self, name: str) -> list[str]:
        return self.fields.get(name, [])

    def first(self, name: str) -> str:
        return self.all(name)[0] if self.all(name) else ""


class Content:
    """What a part says about itself."""

    def __init__(self, head: Head) -> None:
        self._head = head
        self._said = Message()
        for name in ("content-type", "content-disposition"):
            if value := head.first(name):
                self._said[name] = value

    @cached_property
    def kind(self) -> str:
        if not self._said.get("content-type"):
            return "text/plain"
        return self._said.get_content_type()[:80]

    @cached_property
    def file_name(self) -> str:
        try:
            name = self._said.get_filename("") or ""
        except _MALFORMED:
            name = "file"
        return header_text(str(name), longest=_LONGEST_NAME)

    @property
    def is_attached(self) -> bool:
        return self._said.get_content_disposition() == "attachment"

    @property
    def boundary(self) -> bytes:
        try:
            boundary = self._said.get_boundary("") or ""
        except _MALFORMED:
            boundary = ""
        return boundary[:200].encode("utf-8", "replace")

    @property
    def encoding(self) -> str:
        return self._head.first("content-transfer-encoding").strip().lower()

    @property
    def content_id(self) -> str:
        return self._head.first("content-id").strip("<> ")

    def param(self, name: str) -> str:
        try:
            value = self._said.get_param(name, "") or ""
        except _MALFORMED:
            return ""
        return (value[2] if isinstance(value, tuple) else str(value)).lower()[:100]


def read_head(raw: bytes, start: int = 0, end: int | None = None, limits: Limits = DEFAULT) -> Head:
    """Never raises: lines beyond the limits and lines that are no header are left out."""
    end = len(raw) if end is None else end
    stop = min(end, start + limits.header_bytes)
    fields: dict[str, list[str]] = {}
    position, name, value, count = start, "", b"", 0

    def keep() -> None:
        if name:
            text = " ".join(decoded(value).split())  # wherever the line was folded
            fields.setdefault(name, []).append(text[: limits.value_characters])

    while position < stop:
        found = raw.find(b"\n", position, stop)
        after = stop if found < 0 else found + 1
        line = raw[position:after]
        if not line.strip(b"\r\n"):
            position = after
            break
        if line[:1] in b" \t":
            if len(value) < 4 * limits.value_characters:
                value += line
        else:
            keep()
            name, count = "", count + 1
            if (matched := _FIELD.match(line)) and count <= limits.header_lines:
                name, value = matched[1].decode("ascii").lower(), matched[2]
        position = after
    keep()
    return Head(fields, position)
