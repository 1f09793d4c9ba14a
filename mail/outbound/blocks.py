"""A mail's text cut into what its layout shows: sentences, one figure, a code, whose turn it is, a
button. Pure.

The text stays paragraphs with placeholders. The word that fills a line says what the line becomes
(`mail.words.Place`), but only if it's alone on the line or follows a label. So people who edit a
text move whole lines, and nothing that someone typed becomes a part of the layout.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from html import unescape
from itertools import groupby
from urllib.parse import urlsplit

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from mail.placeholders import Name, parts
from mail.words import Place, Tone, Word, html, tidy

#: A longer line above an address is a sentence, not a button's label.
LONGEST_LABEL = 48
#: What fits into 320 pixels beside the margins: an address, and a value after its label.
LONGEST_UNBROKEN = 34
LONGEST_VALUE = 24
_ITEM = re.compile(r"(?:•|\d{1,2}\.) ")


@dataclass(frozen=True)
class Line:
    """HTML."""

    words: SafeString
    label: SafeString = field(default_factory=SafeString)
    marker: str = ""  # of an item of a list

    @property
    def is_unbroken(self) -> bool:
        """A day, an amount, a number: short enough to stay together."""
        return len(unescape(self.words)) <= LONGEST_VALUE and "<" not in self.words


@dataclass(frozen=True)
class Block:
    """`words`, `label` and lines are HTML; `shown` is how a button's address is read."""

    place: Place
    lines: tuple[Line, ...]
    tone: Tone = Tone.ACCENT
    address: str = ""
    shown: str = ""

    @property
    def is_unbroken(self) -> bool:
        return len(self.shown) <= LONGEST_UNBROKEN

    @property
    def is_list(self) -> bool:
        return all(line.marker for line in self.lines)


@dataclass(frozen=True)
class Row:
    """Blocks on one background: a turn has its own from edge to edge."""

    is_turn: bool
    blocks: tuple[Block, ...]

    @property
    def tone(self) -> str:
        return self.blocks[0].tone.value


def rows(blocks: list[Block]) -> list[Row]:
    together = groupby(blocks, key=lambda block: block.place == Place.TURN)
    return [Row(is_turn, tuple(found)) for is_turn, found in together]


def paragraphs(body: str) -> list[str]:
    """Of a text that isn't filled in yet."""
    return [each.strip("\n") for each in re.split(r"\n\n+", tidy(body)) if each.strip()]


def blocks(paragraph: str, words: Mapping[str, str]) -> Iterator[Block]:
    """Of one paragraph, in order; raises what `placeholders.parts` raises."""
    sentences: list[Line] = []
    for line in paragraph.split("\n"):
        label, word = _alone(line, words)
        place = word.place if word is not None else Place.LINE
        if word is None or place == Place.LINE or (place == Place.BUTTON and label):
            sentences.append(_sentence(line, label, words))
            continue
        if place == Place.BUTTON:
            yield from _button(word, sentences)
        else:
            yield from _text(sentences)
            yield _placed(word, label)
        sentences = []
    yield from _text(sentences)


def joined(found: list[Block]) -> list[Block]:
    """Turns that follow each other are one."""
    made: list[Block] = []
    for block in found:
        if made and block.place == made[-1].place == Place.TURN:
            made[-1] = replace(made[-1], lines=made[-1].lines + block.lines)
        else:
            made.append(block)
    return made


def _alone(line: str, words: Mapping[str, str]) -> tuple[str, Word | None]:
    """The label and the word of a line that holds no more."""
    found = list(parts(line))
    last = found[-1] if found else ""
    label = found[0].strip() if len(found) == 2 and isinstance(found[0], str) else ""
    if not isinstance(last, Name) or len(found) - bool(label) != 1:
        return "", None
    if label and not label.endswith(":"):
        return "", None
    word = words[last.name]
    return label, word if isinstance(word, Word) else Word(word)


def filled(text: str, words: Mapping[str, str]) -> str:
    """HTML."""
    return "".join(
        escape(part) if isinstance(part, str) else html(words[part.name]) for part in parts(text)
    )


def _sentence(line: str, label: str, words: Mapping[str, str]) -> Line:
    """Keeps a label apart from its value."""
    if not label:
        return Line(mark_safe(filled(line, words)))  # noqa: S308 - escaped piece by piece
    value = filled(line.removeprefix(label).lstrip(), words)
    return Line(mark_safe(value), mark_safe(escape(label)))  # noqa: S308


def _button(word: Word, sentences: list[Line]) -> Iterator[Block]:
    above = sentences[-1] if sentences else Line(SafeString())
    label = above.words.removesuffix(":")
    if above.label or "<" in label or not 0 < len(label) <= LONGEST_LABEL:
        yield from _text(sentences)
        label = ""
    else:
        yield from _text(sentences[:-1])
    shown = _shown(word.address)
    lines = (Line(mark_safe(label or escape(shown))),)  # noqa: S308 - escaped above
    yield Block(Place.BUTTON, lines, address=word.address, shown=shown if label else "")


def _shown(address: str) -> str:
    """As people type it into a browser."""
    found = urlsplit(address)
    return address.removeprefix(f"{found.scheme}://")


def _placed(word: Word, label: str) -> Block:
    texts = word.html.split("\n")
    lines = [Line(mark_safe(text), mark_safe(escape(label))) for text in texts]  # noqa: S308
    if not label:
        lines = [_told_apart(line) for line in lines]
    return Block(word.place, tuple(lines), tone=word.tone)


def _told_apart(line: Line) -> Line:
    """A word of several lines brings its labels along."""
    label, colon, words = line.words.partition(": ")
    if not colon or "<" in label:
        return line
    return Line(mark_safe(words), mark_safe(f"{label}:"))  # noqa: S308


def _text(sentences: list[Line]) -> Iterator[Block]:
    """A value may bring its own paragraphs."""
    lines: list[Line] = []
    for sentence in sentences:
        first, *others = sentence.words.split("\n")
        for found in (_line(first, sentence.label), *map(_line, others)):
            if found.words or found.label:
                lines.append(found)
            else:
                yield from _lists_apart(lines)
                lines = []
    yield from _lists_apart(lines)


def _lists_apart(lines: list[Line]) -> Iterator[Block]:
    for _is_list, together in groupby(lines, key=lambda line: bool(line.marker)):
        yield Block(Place.LINE, tuple(together))


def _line(text: str, label: str = "") -> Line:
    """An item of a list, unless a language mark starts or ends in the middle of it."""
    found = _ITEM.match(text)
    if not found or label or text.count("<span") != text.count("</span>"):
        return Line(mark_safe(text), mark_safe(label))  # noqa: S308 - escaped piece by piece
    return Line(mark_safe(text[found.end() :]), marker=found[0].strip())  # noqa: S308
