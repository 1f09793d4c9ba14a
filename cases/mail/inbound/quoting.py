"""What is new in a reply, and what it only repeats. Line by line, in linear time.

Pure, but for the settings that say which addresses are ours.

Only what stands at the very end, or at the very beginning, is folded away: words between quoted
lines are answers, and everything stays in its place then. Signatures are part of the words.
What no ">" marks is folded if it is a mail of ours; a letter may well begin with whom it is from.

mail-parser-reply does not know the line Gmail and Yahoo write in Spanish, nor one that is wrapped.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from cases.mail.reply_address import is_own


class Reply(NamedTuple):
    visible: str
    quoted: str


#: "El mié, 18 nov 2026 a las 10:00, Puente (<…>) escribió:", over up to four lines.
_WRAPPED = 4
_OPENS = re.compile(r"[>\s]*(?:on|el|en|le|am)\s", re.IGNORECASE)
_WROTE = re.compile(r"(?:wrote|writes|escribió|escribio|a écrit)\s*:\s*$", re.IGNORECASE)
#: A sentence of one's own ends so too; a quotation's says when, or whose address.
_WHEN_OR_WHO = re.compile(r"\d{1,2}[:/.]\d{2}|\b(?:19|20)\d\d\b|@")
_OLD_GMAIL = re.compile(r"\d{4}[-/]\d\d?[-/]\d\d? .{0,200}<[^<>\s]+@[^<>\s]+>:\s*$")
_RULE = re.compile(r"\s*[_\-=*]{10,}\s*$")
_DIVIDER = re.compile(
    r"\s*-{2,}\s*(?:original message|mensaje original|(?P<forward>forwarded message"
    r"|mensaje reenviado|forwarded by.{0,80}))\s*-{2,}\s*$"
    r"|\s*(?P<apple>begin forwarded message:|inicio del mensaje reenviado:)\s*$",
    re.IGNORECASE,
)
_FROM = re.compile(r"[>\s]*\*?(?:from|de)\s?:\*?\s*\S", re.IGNORECASE)
_ALSO = re.compile(
    r"[>\s]*\*?(?:sent|date|to|cc|subject|enviado|enviado el|fecha|para|asunto)\s?:\*?\s",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[^\s<>()\[\]:;,\"'*]{1,64}@[^\s<>()\[\]:;,\"'*]{1,255}")
_HEADER = 6  # so many lines after a divider or a sender belong to the head of a quoted mail


def split(text: str) -> Reply:
    """Both parts together are the whole text, apart from blank lines between them."""
    lines = text.split("\n")
    top = _leading(lines)
    end = _trailing(lines, top)
    visible = "\n".join(lines[top:end]).strip()
    quoted = "\n\n".join(filter(None, (_joined(lines[:top]), _joined(lines[end:]))))
    return Reply(visible, quoted)


def _joined(lines: list[str]) -> str:
    return "\n".join(lines).strip()


def _leading(lines: list[str]) -> int:
    """How many lines at the top only quote, with words below them."""
    place = _next_words(lines, 0)
    if place < len(lines) and (length := _attribution(lines, place)):
        place = _next_words(lines, place + length)
    if place == len(lines) or not lines[place].startswith(">"):
        return 0
    while place < len(lines) and (lines[place].startswith(">") or not lines[place].strip()):
        place += 1
    rest = lines[place:]
    return 0 if not _joined(rest) or any(line.startswith(">") for line in rest) else place


def _trailing(lines: list[str], start: int) -> int:
    """The line from which on everything is quoted; the number of lines if nothing is."""
    words = [place for place, line in enumerate(lines) if line.strip() and line[0] != ">"]
    marked = [place for place, line in enumerate(lines) if line.startswith(">")]
    all_marked = words[-1] + 1 if words else 0  # from here on every line with words is marked
    none_marked = marked[-1] + 1 if marked else 0
    said = False  # whether anything stands above
    for place in range(start, len(lines)):
        line = lines[place]
        if divider := _DIVIDER.match(line[:200]):
            if said or (not _passes_on(divider) and _is_from_us(_below(lines, place))):
                return _above_rule(lines, place, start)
            return len(lines)  # what was passed on is what they want to say
        if _header_block(lines, place) and _is_quoted(line, said=said):
            return _above_rule(lines, place, start)
        if line.startswith(">") and place >= all_marked:
            return place
        if length := _attribution(lines, place):
            below = place + length
            if marked and below >= all_marked:
                return place
            if below >= none_marked and _is_ours(" ".join(lines[place:below])):
                return place
        said = said or bool(line.strip() and not _RULE.match(line[:200]))
    return len(lines)


def _is_ours(text: str) -> bool | None:
    """None: it names no address."""
    found = _ADDRESS.findall(text[:1600])
    return any(map(is_own, found)) if found else None


def _is_from_us(lines: list[str]) -> bool:
    return any(_FROM.match(line[:200]) and _is_ours(line) for line in lines)


def _is_quoted(from_line: str, *, said: bool) -> bool:
    ours = _is_ours(from_line)
    return said if ours is None else ours


def _passes_on(divider: re.Match[str]) -> bool:
    return bool(divider["forward"] or divider["apple"])


def _attribution(lines: list[str], place: int) -> int:
    """How many lines say "on that day somebody wrote:"; 0 if these do not."""
    first = lines[place]
    if _OLD_GMAIL.match(first.lstrip("> ")[:400]):
        return 1
    if not _OPENS.match(first):
        return 0
    together = ""
    for length in range(1, _WRAPPED + 1):
        if place + length > len(lines) or not lines[place + length - 1].strip():
            return 0
        together += " " + lines[place + length - 1][:400]
        if _WROTE.search(together[-40:]):
            return length if _WHEN_OR_WHO.search(together) else 0
    return 0


def _header_block(lines: list[str], place: int) -> bool:
    """Outlook's From, Sent, To, Subject in the language of the program."""
    if not _FROM.match(lines[place][:200]):
        return False
    return sum(bool(_ALSO.match(line[:200])) for line in _below(lines, place)) >= 2


def _below(lines: list[str], place: int) -> list[str]:
    return lines[place + 1 : place + 1 + _HEADER]


def _above_rule(lines: list[str], place: int, start: int) -> int:
    above = place
    while above > start and not lines[above - 1].strip():
        above -= 1
    return above - 1 if above > start and _RULE.match(lines[above - 1][:200]) else place


def _next_words(lines: list[str], place: int) -> int:
    while place < len(lines) and not lines[place].strip():
        place += 1
    return place
