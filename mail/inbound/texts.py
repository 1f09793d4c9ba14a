"""Which parts of a mail are text, whatever type they claim. Pure."""

from __future__ import annotations

from mail.inbound.head import Content

#: A text file may be this long; no one reads a longer one on a case.
_LONGEST_NOTE = 200_000  # bytes
_KINDS = {"text/plain", "text/html"}
_ALSO = {"text/csv", "text/tab-separated-values", "text/markdown", "application/xhtml+xml"}
_UNSAID = {"application/octet-stream", "application/text", "application/txt", "application/html"}
_ENDINGS = (".txt", ".htm", ".html")
#: The same text again, for programs that can show it better.
_RENDITIONS = {"text/enriched", "text/richtext", "text/x-amp-html", "text/watch-html"}
_MARKS = (b"\xff\xfe", b"\xfe\xff")  # UTF-16 is full of zeros
_FILES = (b"%PDF-", b"\xff\xd8\xff", b"\x89PNG", b"PK\x03\x04", b"GIF8")


def is_page(about: Content) -> bool:
    if about.kind in {"text/html", "application/xhtml+xml"}:
        return True
    return about.kind in _UNSAID and about.file_name.lower().endswith((".htm", ".html"))


def is_rendition(about: Content) -> bool:
    return about.kind in _RENDITIONS and not about.file_name


def is_text(about: Content, content: bytes) -> bool:
    """A photo labeled as text isn't text: phones and scanners name files more reliably than
    types.
    """
    name = about.file_name.lower()
    if not name and not about.is_attached:
        return about.kind in _KINDS
    if about.kind not in _KINDS | _ALSO and not (about.kind in _UNSAID and name.endswith(_ENDINGS)):
        return False
    return not name.endswith((".p7s", ".asc")) and not _is_binary(about, content)


def is_short(content: bytes) -> bool:
    return len(content) <= _LONGEST_NOTE


def _is_binary(about: Content, content: bytes) -> bool:
    if content.startswith(_MARKS) or about.param("charset").startswith(("utf-16", "utf-32")):
        return False
    return content.startswith(_FILES) or b"\0" in content[:4096]
