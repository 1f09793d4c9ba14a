"""The bytes of one part as they were before they travelled. Pure; never raises."""

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
        content = _NOT_BASE64.sub(b"", content)  # cut off on the way
        return binascii.a2b_base64(content[: len(content) // 4 * 4])
    return content


def page(content: bytes, charset: str) -> str:
    """A page may name its letters itself where its part does not."""
    if not charset and (named := _META.search(content[:_META_WITHIN])):
        charset = named[1].decode("ascii", "replace")
    return decoded(content, charset)


def unflowed(text: str) -> str:
    """Lines that end in a space go on in the next one (RFC 3676)."""
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
