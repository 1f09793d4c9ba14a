"""Reads an incoming mail within limits. Pure.

It doesn't use the standard parser: nested parts cost that one quadratic time, and ten thousand of
them its stack. Here each level is one pass over positions in the same bytes.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from urllib.parse import unquote

from mail.inbound import texts
from mail.inbound.body import Attachment, Body, Note, alternative, together
from mail.inbound.charsets import decoded, header_text
from mail.inbound.head import Content, Head, read_head
from mail.inbound.limits import DEFAULT, Limits, TooMuch
from mail.inbound.unpack import page, unflowed, unpacked

_SHOWN = re.compile(r"cid:([^\s\"'<>)]{1,250})", re.IGNORECASE)
_LONGEST_NAME = 200
_LONGEST_REST = 200  # of a boundary line
_MAILS = {"message/rfc822", "message/global"}
_HEADS = {"text/rfc822-headers", "message/global-headers"}
_REPORTS = {"message/delivery-status", "message/global-delivery-status"}
_SEALED = {"multipart/encrypted", "application/pgp-encrypted", "application/pkcs7-mime",
           "application/x-pkcs7-mime"}  # fmt: skip
#: The first part is the content; the others belong to it.
_AROUND_ONE = {"multipart/related", "multipart/signed", "multipart/report"}


def read_body(raw: bytes, head: Head, limits: Limits = DEFAULT) -> Body:
    """TooMuch if it's deeper, longer or slower than the limits."""
    reader = _Reader(raw, limits)
    body = reader.read(head, len(raw), depth=0, is_main=True)
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

    def read(self, head: Head, end: int, *, depth: int, is_main: bool = False) -> Body:
        self.parts += 1
        if self.parts > self.limits.parts:
            raise TooMuch("parts")
        if depth > self.limits.depth:
            raise TooMuch("depth")
        if time.monotonic() > self.until:
            raise TooMuch("seconds")
        about = Content(head)
        kind = about.kind
        self.is_sealed = self.is_sealed or _is_sealed(about)
        if kind.startswith("multipart/") and (boundary := about.boundary):
            return self._several(boundary, kind, head.end, end, depth=depth, is_main=is_main)
        if self.in_report and kind in _MAILS | _HEADS:
            return Body(about=[read_head(self.raw, head.end, end, self.limits)])
        if kind in _MAILS and about.encoding not in {"base64", "quoted-printable"}:
            return self._forwarded(head.end, end, depth=depth)
        return self._leaf(about, head.end, end, is_main=is_main)

    def _several(
        self, boundary: bytes, kind: str, start: int, end: int, *, depth: int, is_main: bool
    ) -> Body:
        outer, self.in_report = self.in_report, self.in_report or kind == "multipart/report"
        is_alternative = kind == "multipart/alternative"
        inside = []
        for place, (begin, stop) in enumerate(self._split(boundary, start, end)):
            main = is_alternative or (is_main and place == 0 and kind in _AROUND_ONE)
            part = read_head(self.raw, begin, stop, self.limits)
            inside.append(self.read(part, stop, depth=depth + 1, is_main=main))
        self.in_report = outer
        return alternative(inside) if is_alternative else together(inside)

    def _forwarded(self, start: int, end: int, *, depth: int) -> Body:
        """A mail attached as a file reads as if it had been forwarded as text."""
        inner = read_head(self.raw, start, end, self.limits)
        body = self.read(inner, end, depth=depth + 1, is_main=True)
        lines = [
            f"{name}: {value}"
            for name in ("From", "Date", "Subject")
            if (value := header_text(inner.first(name.lower()), longest=_LONGEST_NAME))
        ]
        whole = Body(texts=["\n".join(lines), *body.all_texts()])
        whole.add_files(body)
        whole.about = [inner]
        return whole

    def _split(self, boundary: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Where each part begins and ends; an unclosed last part counts too."""
        mark = b"\n--" + boundary
        begun, position = None, max(0, start - 1)
        while (found := self.raw.find(mark, position, end)) >= 0:
            self.marks += 1
            if self.marks > self.limits.marks:
                raise TooMuch("marks")
            position = found + len(mark)
            # A boundary has its line to itself, so if the rest of the line is long, this isn't one.
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
            if begun is not None:  # the line end before a boundary belongs to the boundary
                stop = found - (self.raw[found - 1 : found] == b"\r")
                yield begun, max(begun, stop)
            begun, position = line_end + 1, line_end
            if rest == b"--":
                return
        if begun is not None and begun < end:
            yield begun, end

    def _leaf(self, about: Content, start: int, end: int, *, is_main: bool) -> Body:
        if about.kind in _REPORTS:
            return Body(reports=[self._counted(decoded(self.raw[start : min(end, start + 65536)]))])
        content = unpacked(self.raw[start:end], about.encoding)
        if is_main and texts.is_rendition(about):
            return Body()
        if texts.is_text(about, content):
            if is_main or not (about.is_attached or about.file_name):
                return self._words(about, content)
            if texts.is_short(content) and (noted := self._noted(about, content)):
                return noted
        name = about.file_name or about.kind.partition("/")[2][:40]
        shown_as = about.content_id if about.kind.startswith("image/") else ""
        return Body(attachments=[Attachment(name, about.kind, content, shown_as)])

    def _words(self, about: Content, content: bytes) -> Body:
        if len(content) > 40 * self.limits.text_characters:
            raise TooMuch("text")
        charset = about.param("charset")
        if texts.is_page(about):
            text = self._counted(page(content, charset))
            self.shown.update(map(unquote, _SHOWN.findall(text)))
            return Body(pages=[text])
        text = self._counted(decoded(content, charset))
        return Body(texts=[unflowed(text) if about.param("format") == "flowed" else text])

    def _noted(self, about: Content, content: bytes) -> Body | None:
        """None if no one could read its content; then it's treated as a file."""
        before = self.characters
        try:
            said = self._words(about, content).all_texts()[0]
        except TooMuch:
            self.characters = before
            return None
        if said.strip():
            return Body(notes=[Note(about.file_name, said)])
        return None if content.strip() else Body()

    def _counted(self, text: str) -> str:
        self.characters += len(text)
        if self.characters > 10 * self.limits.text_characters:
            raise TooMuch("text")
        return text


def _is_sealed(about: Content) -> bool:
    if about.param("smime-type") == "certs-only":
        return False
    return about.kind in _SEALED or about.file_name.lower() == "smime.p7m"
