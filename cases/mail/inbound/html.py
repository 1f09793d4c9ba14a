"""The words of a mail that is only HTML. Pure.

A small reader of our own: one pass, each character looked at once or twice. The standard parser
starts over at every unclosed `<!--`, so a megabyte of those takes it minutes.
"""

from __future__ import annotations

import html
import re

_UNSEEN = {"head", "iframe", "math", "noscript", "object", "script", "select", "style", "svg",
           "template", "textarea", "title"}  # fmt: skip
_BLOCKS = {"address", "article", "blockquote", "body", "center", "dd", "div", "dl", "dt", "figure",
           "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "html", "hr", "li",
           "main", "ol", "p", "pre", "section", "table", "tr", "ul"}  # fmt: skip
_SPACED = {"p", "blockquote", "table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6"}
_NAME = re.compile(r"/?([a-zA-Z][a-zA-Z0-9]*)")
#: Where Outlook draws a line over what it quotes.
RULE = "_" * 32
#: `>` inside an attribute's quotes: so many are looked past.
_PATIENCE = 20


def words_of(source: str) -> str:
    """What a reader sees; quotations marked by "> " as in plain text."""
    page = _Page()
    position = 0
    while (start := source.find("<", position)) >= 0:
        page.text(source[position:start])
        if source.startswith("<!--", start):
            position = _after(source, "-->", start + 4)
            continue
        if source[start + 1 : start + 2] in {"!", "?"}:
            position = _after(source, ">", start)
            continue
        name = _NAME.match(source, start + 1, start + 32)
        if name is None:  # "<3"
            page.text("<")
            position = start + 1
            continue
        tag, closing = name[1].lower(), source[start + 1] == "/"
        position = _end_of_tag(source, start)
        if tag in _UNSEEN and not closing:
            gone = re.compile(rf"</{tag}\b", re.IGNORECASE).search(source, position)
            position = _after(source, ">", gone.start()) if gone else len(source)
        else:
            page.tag(tag, closing=closing)
    page.text(source[position:])
    return page.done()


def _after(source: str, mark: str, start: int) -> int:
    found = source.find(mark, start)
    return len(source) if found < 0 else found + len(mark)


def _end_of_tag(source: str, start: int) -> int:
    end, counted, quotes = start, start, 0
    for _ in range(_PATIENCE):
        found = source.find(">", end)
        if found < 0:
            return len(source)
        end = found + 1
        quotes += source.count('"', counted, end)
        counted = end
        if quotes % 2 == 0:
            break
    return end


class _Page:
    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._depth = 0

    def text(self, text: str) -> None:
        if text:
            self._line.append(html.unescape(text))

    def tag(self, tag: str, *, closing: bool) -> None:
        if tag == "br":
            self._end_line(keep_empty=True)
        elif tag in {"td", "th"}:
            self._line.append(" ")
        elif tag in _BLOCKS:
            self._end_line()
            if tag in _SPACED and self._lines and self._lines[-1].strip("> "):
                self._add("")
            if tag == "blockquote":
                self._depth = max(0, min(9, self._depth + (-1 if closing else 1)))
            elif tag == "hr":
                self._add(RULE)
            elif tag == "li" and not closing:
                self._line.append("- ")

    def done(self) -> str:
        self._end_line()
        return "\n".join(self._lines).strip()

    def _end_line(self, *, keep_empty: bool = False) -> None:
        line = " ".join("".join(self._line).split())
        self._line = []
        if line or keep_empty:
            self._add(line)

    def _add(self, line: str) -> None:
        self._lines.append(f"{'>' * self._depth} {line}".rstrip() if self._depth else line)
