"""A mail from outside, read within bounds. Pure.

Not by the standard parser: parts inside parts cost it their square, and ten thousand of them its
stack. Here each level is one pass over positions in the same bytes. Of the standard library only
what reads one short value is used.
"""

from __future__ import annotations

import binascii
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message
from urllib.parse import unquote

from cases.mail.inbound import html
from cases.mail.inbound.charsets import decoded, header_text, lines_of
from cases.mail.inbound.limits import DEFAULT, Limits, TooMuch

_FIELD = re.compile(rb"([!-9;-~]{1,80})[ \t]*:(.*)", re.DOTALL)
_SHOWN = re.compile(r"cid:([^\s\"'<>)]{1,250})", re.IGNORECASE)
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")
_LARGEST_ORNAMENT = 32 * 1024
_LONGEST_NAME = 200
_LONGEST_REST = 200  # of the line of a boundary
_MAILS = {"message/rfc822", "message/global"}
_HEADS = {"text/rfc822-headers", "message/global-headers"}
_REPORTS = {"message/delivery-status", "message/global-delivery-status"}
_SEALED = {"multipart/encrypted", "application/pgp-encrypted", "application/pkcs7-mime",
           "application/x-pkcs7-mime"}  # fmt: skip


@dataclass(frozen=True)
class Head:
    """The header lines by their names in lower case, unfolded, not yet decoded."""

    fields: dict[str, list[str]]
    end: int  # where the text begins

    def all(self, name: str) -> list[str]:
        return self.fields.get(name, [])

    def first(self, name: str) -> str:
        return self.all(name)[0] if self.all(name) else ""

    @property
    def content(self) -> Message:
        """What the standard library reads a type, a boundary and a file name from."""
        about = Message()
        for name in ("content-type", "content-disposition", "content-transfer-encoding"):
            if value := self.first(name):
                about[name] = value
        return about


@dataclass(frozen=True)
class Attachment:
    name: str
    content_type: str
    content: bytes
    content_id: str = ""


@dataclass
class Body:
    texts: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    # Parts of a delivery report: what happened, and the head of the mail it is about.
    reports: list[str] = field(default_factory=list)
    about: list[Head] = field(default_factory=list)
    shown: frozenset[str] = frozenset()  # the Content-IDs its page names
    is_sealed: bool = False  # what it says is encrypted, or signed in one piece with its signature

    @property
    def files(self) -> list[Attachment]:
        """What was sent, without the small pictures of a signature or a letterhead.

        A photo that was pasted into the text is named by its page as well: it is larger.
        """
        return [
            each
            for each in self.attachments
            if each.content_id not in self.shown or len(each.content) > _LARGEST_ORNAMENT
        ]

    @property
    def text(self) -> str:
        """Plain text where there is some, else what the HTML says."""
        return lines_of("\n\n".join(self.texts or map(html.words_of, self.pages)))


def read_head(raw: bytes, start: int = 0, end: int | None = None, limits: Limits = DEFAULT) -> Head:
    """Never raises: what goes beyond the bounds, or is no header line, is left out."""
    end = len(raw) if end is None else end
    stop = min(end, start + limits.header_bytes)
    fields: dict[str, list[str]] = {}
    position, name, value, count = start, "", b"", 0

    def keep() -> None:
        if name:
            text = " ".join(decoded(value).split())  # wherever it was folded
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


def read_body(raw: bytes, head: Head, limits: Limits = DEFAULT) -> Body:
    """TooMuch for what is deeper, longer or slower than the bounds."""
    reader = _Reader(raw, limits)
    body = reader.read(head, len(raw), depth=0)
    body.shown = frozenset(reader.shown)
    body.is_sealed = reader.is_sealed
    return body


class _Reader:
    def __init__(self, raw: bytes, limits: Limits) -> None:
        self.raw, self.limits = raw, limits
        self.parts = self.marks = self.characters = 0
        self.shown: set[str] = set()
        self.is_sealed = self.in_report = False
        self.until = time.monotonic() + limits.seconds

    def read(self, head: Head, end: int, *, depth: int) -> Body:
        self.parts += 1
        if self.parts > self.limits.parts:
            raise TooMuch("parts")
        if depth > self.limits.depth:
            raise TooMuch("depth")
        if time.monotonic() > self.until:
            raise TooMuch("seconds")
        about = head.content
        kind = _kind(about)
        self.is_sealed = self.is_sealed or _is_sealed(about, kind)
        if kind.startswith("multipart/") and (boundary := _boundary(about)):
            outer, self.in_report = self.in_report, self.in_report or kind == "multipart/report"
            inside = [
                self.read(read_head(self.raw, start, stop, self.limits), stop, depth=depth + 1)
                for start, stop in self._split(boundary, head.end, end)
            ]
            self.in_report = outer
            return _alternative(inside) if kind == "multipart/alternative" else _together(inside)
        if self.in_report and kind in _MAILS | _HEADS:
            return Body(about=[read_head(self.raw, head.end, end, self.limits)])
        if kind in _MAILS and not _is_encoded(about):
            return self._forwarded(head.end, end, depth=depth)
        return self._leaf(head, about, kind, end)

    def _forwarded(self, start: int, end: int, *, depth: int) -> Body:
        """A mail sent as a file says what it would say if it had been passed on as text."""
        inner = read_head(self.raw, start, end, self.limits)
        body = self.read(inner, end, depth=depth + 1)
        lines = [
            f"{name}: {value}"
            for name in ("From", "Date", "Subject")
            if (value := header_text(inner.first(name.lower()), longest=_LONGEST_NAME))
        ]
        words = body.texts or [html.words_of(page) for page in body.pages]
        return Body(texts=["\n".join(lines), *words], attachments=body.attachments, about=[inner])

    def _split(self, boundary: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Where each part begins and ends; a last one that is not closed counts too."""
        mark = b"\n--" + boundary
        begun, position = None, max(0, start - 1)
        while (found := self.raw.find(mark, position, end)) >= 0:
            self.marks += 1
            if self.marks > self.limits.marks:
                raise TooMuch("marks")
            position = found + len(mark)
            # A mark stands alone on its line: so the rest of that is short, or this is none.
            line_end = self.raw.find(b"\n", position, min(end, position + _LONGEST_REST))
            rest = self.raw[position : min(end, position + _LONGEST_REST)]
            if line_end >= 0:
                rest = self.raw[position:line_end]
            elif position + _LONGEST_REST < end:
                continue
            else:
                line_end = end
            rest = rest.strip()
            if rest not in {b"", b"--"}:
                continue
            if begun is not None:  # the line end before a mark belongs to it
                stop = found - (self.raw[found - 1 : found] == b"\r")
                yield begun, max(begun, stop)
            begun, position = line_end + 1, line_end
            if rest == b"--":
                return
        if begun is not None and begun < end:
            yield begun, end

    def _leaf(self, head: Head, about: Message, kind: str, end: int) -> Body:
        name = _file_name(about)
        attached = about.get_content_disposition() == "attachment" or bool(name)
        if kind in _REPORTS:
            return Body(reports=[self._text(self.raw[head.end : min(end, head.end + 65536)], "")])
        content = _unpacked(self.raw[head.end : end], about)
        if not attached and kind in {"text/plain", "text/html"}:
            charset = str(about.get_param("charset", "") or "")[:40]
            text = self._text(content, charset)
            if kind == "text/html":
                self.shown.update(map(unquote, _SHOWN.findall(text)))
                return Body(pages=[text])
            return Body(texts=[_unflowed(text) if _param(about, "format") == "flowed" else text])
        name = name or kind.partition("/")[2][:40]
        return Body(attachments=[Attachment(name, kind, content, _content_id(head, kind))])

    def _text(self, content: bytes, charset: str) -> str:
        text = decoded(content, charset)
        self.characters += len(text)
        if self.characters > 10 * self.limits.text_characters:
            raise TooMuch("text")
        return text


def _together(inside: list[Body]) -> Body:
    whole = Body()
    for each in inside:
        whole.texts += each.texts or [html.words_of(page) for page in each.pages]
        whole.attachments += each.attachments
        whole.reports += each.reports
        whole.about += each.about
    return whole


def _alternative(inside: list[Body]) -> Body:
    """The same said several times: once as text, else as the page."""
    whole = Body()
    for each in inside:
        if not "".join(whole.texts).strip():
            whole.texts = each.texts
        whole.pages = each.pages or whole.pages
        whole.attachments += [a for a in each.attachments if not a.content_type.startswith("text/")]
        whole.reports += each.reports
        whole.about += each.about
    if "".join(whole.texts).strip():
        whole.pages = []
    else:
        whole.texts = []
    return whole


def _is_sealed(about: Message, kind: str) -> bool:
    if _param(about, "smime-type") == "certs-only":
        return False
    return kind in _SEALED or _file_name(about).lower() == "smime.p7m"


def _encoding(about: Message) -> str:
    return str(about.get("content-transfer-encoding", "")).strip().lower()


def _is_encoded(about: Message) -> bool:
    return _encoding(about) in {"base64", "quoted-printable"}


def _unpacked(content: bytes, about: Message) -> bytes:
    encoding = _encoding(about)
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


def _unflowed(text: str) -> str:
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


def _content_id(head: Head, kind: str) -> str:
    return head.first("content-id").strip("<> ") if kind.startswith("image/") else ""


def _kind(about: Message) -> str:
    return about.get_content_type()[:80] if about.get("content-type") else "text/plain"


def _param(about: Message, name: str) -> str:
    try:
        return str(about.get_param(name, "") or "").lower()
    except (ValueError, TypeError, IndexError):
        return ""


def _boundary(about: Message) -> bytes:
    try:
        boundary = about.get_boundary("") or ""
    except (ValueError, TypeError, IndexError):  # the standard library on malformed parameters
        boundary = ""
    return boundary[:200].encode("utf-8", "replace")


def _file_name(about: Message) -> str:
    try:
        name = about.get_filename("") or ""
    except (ValueError, TypeError, IndexError, LookupError):
        name = "file"
    return header_text(str(name), longest=_LONGEST_NAME)
