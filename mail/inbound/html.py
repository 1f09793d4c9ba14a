"""The text of a mail that is only HTML. Pure.

libxml2 reads it as browsers do, whatever tags are missing, and reports one tag after the other
without building a tree. That takes linear time, except for an end tag without a start: there it
searches all open tags, so their number is limited.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from contextlib import suppress

from lxml import etree

from mail.inbound.attribution import ends_in_attribution
from mail.inbound.limits import TooMuch
from mail.inbound.page_marks import Link, is_cited

#: What no reader sees, and how it begins and ends. Everything else may hold text.
_UNSEEN = {"script", "style", "title"}
_OPENS_AND_CLOSES = [("<!--", "-->")]
_OPENS_AND_CLOSES += [
    (rf"<{tag}\b[^<>]{{0,500}}>?", rf"</{tag}\b[^<>]{{0,500}}>?") for tag in _UNSEEN
]
_BLOCKS = {"address", "article", "blockquote", "body", "center", "dd", "div", "dl", "dt", "figure",
           "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "html", "hr", "li",
           "main", "ol", "p", "pre", "section", "table", "tr", "ul"}  # fmt: skip
_SPACED = {"p", "blockquote", "table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6"}
_FLAGS = re.ASCII | re.DOTALL | re.IGNORECASE
_DEEPEST = 500  # how deep tags may be nested
_PIECE = 8192
_TAG = re.compile(r"<[^<>]*>")
#: Where Outlook draws a line above what it quotes.
RULE = "_" * 32


def words_of_page(source: str) -> str:
    """What a reader sees, with quotations marked by "> " as in plain text. TooMuch if it's too
    large.
    """
    source = _closed(source.replace("\0", ""))
    page = _Page()
    # The page's own charset was about the mail's bytes, which are decoded by now.
    parser = etree.HTMLParser(target=page, encoding="utf-8")
    data = source.encode("utf-8", "replace")
    with suppress(etree.LxmlError):  # nothing to read
        # fed in pieces, so that an error raised by the page stops it early
        for start in range(0, len(data), _PIECE):
            parser.feed(data[start : start + _PIECE])
        parser.close()
    return page.words() or _without_tags(source)


def _closed(source: str) -> str:
    """Without elements that hide text and never end: they would swallow all the rest."""
    for opens, closes in _OPENS_AND_CLOSES:
        last = max((each.end() for each in re.finditer(closes, source, _FLAGS)), default=0)
        source = source[:last] + re.sub(opens, "", source[last:], flags=_FLAGS)
    return source


def _without_tags(source: str) -> str:
    """For HTML in which even a browser finds no text, as after a quotation mark that never
    closes.
    """
    for opens, closes in _OPENS_AND_CLOSES:
        source = re.sub(f"{opens}.*?{closes}", "", source, flags=_FLAGS)
    return " ".join(html.unescape(_TAG.sub(" ", source)).split())


class _Page:
    """The parser target that lxml calls, and the text it collected."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._quotes: list[bool] = []  # for each open blockquote: does it quote a mail
        self._links: list[Link] = []
        self._open = self._unseen = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._open += 1
        if self._open > _DEEPEST:
            raise TooMuch("tags")
        self._unseen += tag in _UNSEEN
        if tag == "br":
            self._end_line(keep_empty=True)
        elif tag in {"td", "th"}:
            self._line.append(" ")
        elif tag == "a":
            self._links.append(Link(attributes.get("href") or ""))
        elif tag in _BLOCKS:
            self._space(tag)
            if tag == "blockquote":
                self._quotes.append(is_cited(attributes) or ends_in_attribution(self._lines[-6:]))
            elif tag == "hr":
                self._add(RULE)
            elif tag == "li":
                self._line.append("- ")

    def end(self, tag: str) -> None:
        self._open -= 1
        self._unseen -= tag in _UNSEEN
        if tag == "a" and self._links:
            self._line.append(self._links.pop().target())
        elif tag in _BLOCKS:
            self._end_line()
            if tag == "blockquote" and self._quotes:
                self._quotes.pop()
            self._space(tag)

    def data(self, text: str) -> None:
        if not self._unseen:
            self._line.append(text)
            if self._links:
                self._links[-1].words.append(text)

    def close(self) -> None:
        self._end_line()

    def words(self) -> str:
        self._end_line()
        return "\n".join(self._lines).strip()

    def _space(self, tag: str) -> None:
        self._end_line()
        if tag in _SPACED and self._lines and self._lines[-1].strip("> "):
            self._add("")

    def _end_line(self, *, keep_empty: bool = False) -> None:
        line = " ".join("".join(self._line).split())
        self._line = []
        if line or keep_empty:
            self._add(line)

    def _add(self, line: str) -> None:
        depth = min(9, sum(self._quotes))
        self._lines.append(f"{'>' * depth} {line}".rstrip() if depth else line)
