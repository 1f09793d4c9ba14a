"""Bytes as text, whatever the sender says they are. Pure; never raises."""

from __future__ import annotations

import codecs
import re
import unicodedata
from email.errors import HeaderParseError
from email.header import decode_header

# Python knows more: some of them slow on purpose-made input (punycode, idna), some no text at all.
_KNOWN = re.compile(
    r"utf-?8|utf-?16(-?[bl]e)?|iso-?8859-?\d+|windows-?125\d|cp125\d|cp437|cp850|koi8-?[ru]"
    r"|gb2312|gbk|gb18030|big5|shift_?jis|euc-?(jp|kr)|iso-?2022-?jp|macintosh|mac-?roman"
)
# Programs say one and write the other.
_SUPERSET = {"iso8859-1": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030"}
#: One byte, one letter: they read any bytes, so also UTF-8, as other letters.
_SINGLE_BYTE = re.compile(r"iso8859-\d+|cp\d+|koi8-[ru]|mac-roman")
_DIRECTION_MARKS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF])


def decoded(data: bytes, charset: str = "") -> str:
    """By the charset named, else UTF-8, else what Windows writes.

    What can be read as UTF-8 is UTF-8, though an alphabet of single bytes was named: by chance no
    text has such a form.
    """
    named = _usable(charset)
    names = ("utf-8", named) if _SINGLE_BYTE.fullmatch(named) else (named, "utf-8")
    for name in names:
        if name:
            try:
                return data.decode(name)
            except (UnicodeError, LookupError):
                continue
    return data.decode("cp1252", "replace")


def _usable(charset: str) -> str:
    name = charset.strip().lower()
    if not _KNOWN.fullmatch(name):
        return ""
    try:
        known = codecs.lookup(name).name
    except LookupError:
        return ""
    return _SUPERSET.get(known, known)


def header_text(value: str, *, longest: int) -> str:
    """One visible line: encoded words decoded, nothing that breaks, hides or turns it round."""
    try:
        pieces = decode_header(value[: 4 * longest])
    except (HeaderParseError, ValueError, IndexError):
        pieces = [(value, None)]
    text = "".join(
        piece if isinstance(piece, str) else decoded(piece, charset or "")
        for piece, charset in pieces
    )
    return one_line(text)[:longest]


def one_line(text: str) -> str:
    visible = "".join(" " if unicodedata.category(c) in _BREAKS else c for c in text)
    return " ".join(_storable(visible).split())


def lines_of(text: str) -> str:
    """Text of several lines as it is stored: its own line ends, no controls, no long gaps."""
    text = _storable(text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n"))
    text = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) != "Cc")
    return re.sub(
        r"\n{4,}", "\n\n\n", "\n".join(line.rstrip() for line in text.split("\n"))
    ).strip()


_BREAKS = {"Cc", "Zl", "Zp"}


def _storable(text: str) -> str:
    """PostgreSQL takes neither NUL nor half characters."""
    text = text.replace("\0", "").translate(_DIRECTION_MARKS)
    return text.encode("utf-8", "replace").decode("utf-8")
