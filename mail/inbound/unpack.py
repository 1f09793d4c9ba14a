"""Decodes one part to its original bytes. Pure; never raises."""

from __future__ import annotations

import binascii
import re

from mail.inbound.charsets import decoded

_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")
_META = re.compile(rb"<meta\b[^<>]{0,200}?charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_META_WITHIN = 2048


def unpacked(content: bytes, encoding: str) -> bytes:
    if encoding == "quoted-printable":
        return binascii.a2b_qp(content)
    if encoding == "base64":
        for padding in (b"", b"=", b"=="):
            try:
                return binascii.a2b_base64(content + padding)
            except binascii.Error:
                continue
        content = _NOT_BASE64.sub(b"", content)  # truncated on the way
        return binascii.a2b_base64(content[: len(content) // 4 * 4])
    return content


def page(content: bytes, charset: str) -> str:
    """HTML may name its charset itself if its part doesn't."""
    if not charset and (named := _META.search(content[:_META_WITHIN])):
        charset = named[1].decode("ascii", "replace")
    return decoded(content, charset)


def unflowed(text: str) -> str:
    """Joins lines that end in a space with the next one (RFC 3676)."""
    joined: list[str] = []
    flowing = False
    for line in text.replace("\r\n", "\n").split("\n"):
        quoted = line.startswith(">")
        if flowing and not quoted and joined:
            joined[-1] += line.removeprefix(" ")
        else:
            joined.append(line if quoted else line.removeprefix(" "))
        flowing = line.endswith(" ") and not quoted and line != "-- "
    return "\n".join(joined)
