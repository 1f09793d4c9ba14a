"""Which parts of a mail are words, whatever they are called. Pure."""

from __future__ import annotations

from mail.inbound.head import Content

#: A text that came as a file may be this long; what is longer nobody reads on a case.
_LONGEST_NOTE = 200_000  # bytes
_KINDS = {"text/plain", "text/html"}
_ALSO = {"text/csv", "text/tab-separated-values", "text/markdown", "application/xhtml+xml"}
_UNSAID = {"application/octet-stream", "application/text", "application/txt", "application/html"}
_ENDINGS = (".txt", ".htm", ".html")
#: The same words once more, for programs that can show them better.
_RENDITIONS = {"text/enriched", "text/richtext", "text/x-amp-html", "text/watch-html"}
_MARKS = (b"\xff\xfe", b"\xfe\xff")  # of UTF-16, which is full of zeros
_FILES = (b"%PDF-", b"\xff\xd8\xff", b"\x89PNG", b"PK\x03\x04", b"GIF8")


def is_page(about: Content) -> bool:
    if about.kind in {"text/html", "application/xhtml+xml"}:
        return True
    return about.kind in _UNSAID and about.file_name.lower().endswith((".htm", ".html"))


def is_rendition(about: Content) -> bool:
    return about.kind in _RENDITIONS and not about.file_name


def is_text(about: Content, content: bytes) -> bool:
    """A photo called text is none: phones and scanners name their files better than their parts."""
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
