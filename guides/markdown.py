"""Markdown as it's shown on a page: only what markdown itself can express.

HTML in a file appears as plain characters, and a link that would run something as plain text: the
library does both (`html`, `validateLink`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


@dataclass(frozen=True)
class Section:
    """A heading and the text below it until the next one."""

    title: str
    anchor: str
    text: str


def parse(text: str) -> list[Token]:
    return _MARKDOWN.parse(text)


def anchor_of(title: str) -> str:
    """As code hosts make them, so that a link leads to the same place there and here."""
    return re.sub(r"[^\w -]", "", title).strip().lower().replace(" ", "-")


def html(
    tokens: Sequence[Token],
    *,
    link: Callable[[str], str],
    picture: Callable[[str], dict[str, str]],
) -> SafeString:
    """`link` gives the address of a link's target, `picture` the attributes of an image."""
    for heading, title in _headings(tokens):
        heading.attrSet("id", anchor_of(title))
    for token in _all(tokens):
        if token.type == "link_open":
            token.attrSet("href", link(str(token.attrs["href"])))
        elif token.type == "image":
            token.attrs.update(picture(str(token.attrs["src"])))
        elif token.type == "table_open":
            token.attrSet("class", "table")
    rendered: str = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})
    return mark_safe(rendered)  # noqa: S308 - see above


def sections(tokens: Sequence[Token]) -> Iterator[Section]:
    """The first is the page's own title with its introduction."""
    title, said = "", list[str]()
    headings = {id(heading): text for heading, text in _headings(tokens)}
    for before, token in pairwise(tokens):
        if id(before) in headings:
            if title:
                yield Section(title, anchor_of(title), " ".join(said))
            title, said = headings[id(before)], []
        elif token.type == "inline":
            said.append(plain_text(token))
    if title:
        yield Section(title, anchor_of(title), " ".join(said))


def rows(tokens: Sequence[Token]) -> Iterator[dict[str, str]]:
    """Of every table, each row by the names of its columns."""
    names, cells, is_head = list[str](), list[str](), False
    for token in tokens:
        if token.type in {"thead_open", "thead_close"}:
            is_head = token.type == "thead_open"
        elif token.type == "tr_open":
            cells = []
        elif token.type == "inline":
            cells.append(plain_text(token))
        elif token.type == "tr_close" and is_head:
            names = cells
        elif token.type == "tr_close":
            yield dict(zip(names, cells, strict=False))


def plain_text(token: Token) -> str:
    """The text of a line as people read it."""
    spaced = {"softbreak": " ", "hardbreak": " ", "image": ""}
    return "".join(spaced.get(each.type, each.content) for each in token.children or ())


def _headings(tokens: Sequence[Token]) -> Iterator[tuple[Token, str]]:
    for heading, title in pairwise(tokens):
        if heading.type == "heading_open":
            yield heading, plain_text(title)


def _all(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _all(token.children or ())
