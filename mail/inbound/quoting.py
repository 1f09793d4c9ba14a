"""Separates the new text of a reply from the text it repeats. Line by line, in linear time.

Pure, except for the settings that say who we are.

Only a quotation at the very end or the very beginning is folded away: text between quoted lines is
an answer, so then everything stays in place. Signatures stay in the text. Only what we or the
writers themselves wrote before is folded: what a store wrote is what they want to show.

mail-parser-reply doesn't know the line that Gmail and Yahoo write in Spanish, nor one that wraps.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from mail.inbound import attribution, whose


class Reply(NamedTuple):
    visible: str
    quoted: str


_RULE = re.compile(r"\s*[_\-=*]{10,}\s*$")
_DIVIDER = re.compile(
    r"\s*-{2,}\s*(?:original message|mensaje original|(?P<forward>forwarded message"
    r"|mensaje reenviado|forwarded by.{0,80}))\s*-{2,}\s*$"
    r"|\s*(?P<apple>begin forwarded message:|inicio del mensaje reenviado:)\s*$",
    re.IGNORECASE,
)
_HEAD = 6  # how many lines after a divider or a sender belong to the headers of a quoted mail


def split(text: str, *, sender: str = "") -> Reply:
    """Both parts together are the whole text, except for blank lines between them."""
    lines = text.split("\n")
    top = _leading(lines, sender)
    end = _trailing(lines, top, sender)
    visible = "\n".join(lines[top:end]).strip()
    quoted = "\n\n".join(filter(None, (_joined(lines[:top]), _joined(lines[end:]))))
    return Reply(visible, quoted)


def _joined(lines: list[str]) -> str:
    return "\n".join(lines).strip()


def _leading(lines: list[str], sender: str) -> int:
    """How many lines at the top only quote, with text below them."""
    begin = place = _next_words(lines, 0)
    if place < len(lines) and (length := attribution.length_of(lines, place)):
        if whose.wrote(lines[place : place + length], sender) is whose.Whose.ANOTHER:
            return 0
        place = _next_words(lines, place + length)
    if place == len(lines) or not lines[place].startswith(">"):
        return 0
    if place == begin and _marked_of_another(lines, place, sender):
        return 0
    place = _end_of_marked(lines, place)
    rest = lines[place:]
    return 0 if not _joined(rest) or any(line.startswith(">") for line in rest) else place


def _trailing(lines: list[str], start: int, sender: str) -> int:
    """The line where the quotation at the end starts; the number of lines if there is none."""
    words = [place for place, line in enumerate(lines) if line.strip() and line[0] != ">"]
    marked = [place for place, line in enumerate(lines) if line.startswith(">")]
    all_marked = words[-1] + 1 if words else 0  # from here on, every line with text is marked
    none_marked = marked[-1] + 1 if marked else 0
    said = False  # whether there is text above
    place = start
    while place < len(lines):
        line = lines[place]
        if divider := _DIVIDER.match(line[:200]):
            passed_on = bool(divider["forward"] or divider["apple"])
            below = lines[place + 1 : place + 1 + _HEAD]
            if (said or not passed_on) and whose.headed(below, sender) is whose.Whose.OURS:
                return _above_rule(lines, place, start)
        elif whose.is_head(lines, place) and whose.heads(lines, place) is whose.Whose.OURS:
            return _above_rule(lines, place, start)
        elif length := attribution.length_of(lines, place):
            below_it = place + length
            who = whose.wrote(lines[place:below_it], sender)
            if who is whose.Whose.ANOTHER:
                place = _end_of_marked(lines, below_it)
                said = True
                continue
            if marked and below_it >= all_marked:
                return place
            if below_it >= none_marked and who is whose.Whose.OURS:
                return place
        if line.startswith(">") and place >= all_marked:
            return len(lines) if _marked_of_another(lines, place, sender) else place
        said = said or bool(line.strip() and not _RULE.match(line[:200]))
        place += 1
    return len(lines)


def _marked_of_another(lines: list[str], place: int, sender: str) -> bool:
    """A mail from a store, forwarded with ">" before each of its lines."""
    inside = [line.lstrip("> ") for line in lines[place : place + 2 * _HEAD]]
    for number in range(min(_HEAD, len(inside))):
        if not inside[number]:
            continue
        if length := attribution.length_of(inside, number):
            who = whose.wrote(inside[number : number + length], sender)
            return who is whose.Whose.ANOTHER
        if whose.is_head(inside, number):
            return whose.heads(inside, number) is whose.Whose.ANOTHER
    return False


def _above_rule(lines: list[str], place: int, start: int) -> int:
    above = place
    while above > start and not lines[above - 1].strip():
        above -= 1
    return above - 1 if above > start and _RULE.match(lines[above - 1][:200]) else place


def _next_words(lines: list[str], place: int) -> int:
    while place < len(lines) and not lines[place].strip():
        place += 1
    return place


def _end_of_marked(lines: list[str], place: int) -> int:
    while place < len(lines) and (lines[place].startswith(">") or not lines[place].strip()):
        place += 1
    return place
