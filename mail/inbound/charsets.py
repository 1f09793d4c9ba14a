"""Decodes bytes to text, whatever charset the sender claims. Pure; never raises."""

from __future__ import annotations

import codecs
import re
import unicodedata
from email.errors import HeaderParseError
from email.header import decode_header

import webencodings

#: Charsets that mail programs write and webencodings doesn't know: old PCs, Macs, mainframes and
#: Java.
_OTHER = re.compile(
    r"(?:ascii|ansi|big5|cp?|euc|gb|hz|ibm|iso|koi|ks|kz|latin|mac|sjis|shift|tis|us|utf|win)"
    r"[a-z0-9_]*|l[1-9]|8859_\d+"
)
# Python has more codecs: some are slow on hostile input (punycode, idna), some aren't text at all.
_TEXT = re.compile(
    r"ascii|big5\w*|cp\d+|euc\w+|gb\w+|hz|iso8859-\d+|iso2022_\w+|johab|koi8-[a-z]|kz1048|mac-\w+"
    r"|shift_jis\w*|tis-620|utf-(?:7|8|16|32)(?:-[bl]e)?"
)
# Programs name the first and write the second.
_SUPERSET = {"ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030",
             "gbk": "gb18030", "ks_c_5601-1987": "cp949", "euc_kr": "cp949"}  # fmt: skip
_WORDS = {"ansi": "cp1252", "unicode": "utf-16", "unicode_1_1_utf_7": "utf_7",
          "x_mac_ce": "mac_latin2", "x_mac_centraleurroman": "mac_latin2"}  # fmt: skip
_PREFIX = re.compile(r"(?P<windows>win(?:dows)?|cp|ibm|dos|ms)_?(?=\d)|mac_?(?=[a-z])|^(?=8859)")
#: One byte is one letter here, so any bytes can be read, even UTF-8, but as the wrong letters.
_SINGLE_BYTE = re.compile(
    r"iso8859-\d+|cp(?!9[345]\d|1361|65001)\d+|koi8-[a-z]|mac-\w+|kz1048|tis-620"
)
_MARKS = [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"),
          (codecs.BOM_UTF16_BE, "utf-16-be")]  # fmt: skip
_DIRECTION_MARKS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF])
_LOST = "\ufffd"
_MIXED = 500_000  # bytes; each invalid one costs a call


def decoded(data: bytes, charset: str = "") -> str:
    """Decodes by the byte order mark, then the charset named, then UTF-8, then Windows-1252.

    What is valid UTF-8 is read as UTF-8 even if a single-byte charset was named: text in another
    charset is almost never valid UTF-8 by chance. A byte that fits nowhere becomes one U+FFFD and
    leaves the rest as it is.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    named = _codec(charset)
    names = ["utf-8", named] if _reads_anything(named, data) else [named, "utf-8"]
    for name in filter(None, names):
        if (text := _read(data, name)) is not None:
            return text
    is_short = len(data) <= _MIXED
    return data.decode("utf-8", "windows") if is_short else data.decode("cp1252", "replace")


def _windows(error: UnicodeError) -> tuple[str, int]:
    """Two charsets in one text, as when a server appends its notice: each line is read in
    its own.
    """
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("windows", _windows)


def _reads_anything(name: str, data: bytes) -> bool:
    """UTF-16 reads any bytes as Chinese, but Latin text in it always has zeros."""
    return bool(_SINGLE_BYTE.fullmatch(name)) or (name.startswith("utf-16") and b"\0" not in data)


def _read(data: bytes, name: str) -> str | None:
    """None if this reading loses more letters than it gains."""
    try:
        return data.decode(name)
    except UnicodeError:
        text = data.decode(name, "replace")
    except LookupError:
        return None
    lost = text.count(_LOST)
    is_wide = name.startswith(("utf-16", "utf-32"))
    if _SINGLE_BYTE.fullmatch(name):
        return text
    plain = 0 if is_wide else len(text.encode("ascii", "ignore"))
    gained = len(text) - plain - lost
    return text if lost <= gained else None


def _codec(charset: str) -> str:
    """Python's codec name for `charset`; empty if it isn't a text charset."""
    # RFC 2231 puts a language behind a *; some programs put the value or its quotes there.
    label = re.split(r"[;,*]", charset.lower()[:60])[0].strip(" \t\"'<>")
    if (known := webencodings.lookup(label)) and (name := _textual(known.codec_info.name)):
        return "utf-16" if label == "utf-16" else name
    plain = re.sub(r"[^a-z0-9]+", "_", label).strip("_")
    plain = _WORDS.get(plain, plain.removeprefix("x_"))
    for known_as in (plain, _PREFIX.sub(_family, plain)):
        if _OTHER.fullmatch(known_as) and (name := _looked_up(known_as)):
            return name
    return ""


def _family(prefix: re.Match[str]) -> str:
    return "cp" if prefix["windows"] else "mac_" if prefix[0] else "iso"


def _looked_up(label: str) -> str:
    try:
        return _textual(codecs.lookup(label).name)
    except (LookupError, ValueError):
        return ""


def _textual(name: str) -> str:
    name = _SUPERSET.get(name, name)
    return name if _TEXT.fullmatch(name) else ""


def header_text(value: str, *, longest: int) -> str:
    """One visible line: encoded words decoded, without characters that break, hide or
    reverse text.
    """
    try:
        pieces = decode_header(value[: 4 * longest])
    except (HeaderParseError, ValueError, IndexError):
        pieces = [(value, None)]
    text = "".join(
        piece if isinstance(piece, str) else decoded(piece, charset or "")
        for piece, charset in pieces
    )
    return header_line(text)[:longest]


def header_line(text: str) -> str:
    visible = "".join(" " if unicodedata.category(c) in _BREAKS else c for c in text)
    return " ".join(_storable(visible).split())


def lines_of(text: str) -> str:
    """Multi-line text as it is stored: our line ends, no control characters, no long gaps."""
    text = _storable(text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n"))
    text = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) != "Cc")
    return re.sub(
        r"\n{4,}", "\n\n\n", "\n".join(line.rstrip() for line in text.split("\n"))
    ).strip()


_BREAKS = {"Cc", "Zl", "Zp"}


def _storable(text: str) -> str:
    """PostgreSQL accepts neither NUL nor lone surrogates."""
    text = text.replace("\0", "").translate(_DIRECTION_MARKS)
    return text.encode("utf-8", "replace").decode("utf-8")
