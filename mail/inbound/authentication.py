"""Whether a server we trust found that the mail really comes from its domain (RFC 8601, RFC 7208).
Pure.

Anyone can write these headers. Only those of servers we trust count, and only the topmost, because
servers add theirs above what came in. A header that can't be read to its end says nothing.

authres reads these headers well, but not the domains of RFC 8616 (peña.example), and its last
release was in 2019, as source only.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from enum import Enum, auto

from mail.addresses import folded
from mail.inbound.head import Head


class Verdict(Enum):
    PASS = auto()
    FAIL = auto()
    UNKNOWN = auto()


_WORD = re.compile(r'[^\s()";=]+')
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_IN_COMMENT = re.compile(r"[^()\\]+|\\.|[()]", re.DOTALL)


def verdict(head: Head, sender: str, *, trusted: Collection[str]) -> Verdict:
    """`sender` folded: "pass" counts only for its domain. `trusted` in lower case."""
    methods = _trusted_results(head, trusted)
    found = [(result, properties) for name, result, properties in methods if name == "dmarc"]
    if any(result == "fail" for result, _ in found):
        return Verdict.FAIL
    domain = sender.rpartition("@")[2]
    if domain and found and all(_is_pass(*each, domain) for each in found):
        return Verdict.PASS
    spf = [result for name, result, _ in methods if name == "spf"] or [_received_spf(head, trusted)]
    is_signed = any(name == "dkim" and result == "pass" for name, result, _ in methods)
    is_denied = not is_signed and any(result in {"fail", "hardfail"} for result in spf)
    return Verdict.FAIL if is_denied else Verdict.UNKNOWN


def _is_pass(result: str, properties: dict[str, str], domain: str) -> bool:
    about = properties.get("header.from", "").rpartition("@")[2]
    return result == "pass" and folded(f"x@{about}") == f"x@{domain}"


Method = tuple[str, str, dict[str, str]]  # its name, its result, what it is about


def _trusted_results(head: Head, trusted: Collection[str]) -> list[Method]:
    for value in head.all("authentication-results"):
        pieces = _pieces(value)
        if pieces is None:  # may be ours; what stands below came in with the mail
            return []
        server, *rest = _split(pieces)
        if "=" not in server and server and server[0].strip('"').lower() in trusted:
            return list(filter(None, map(_method, rest)))
    return []


def _received_spf(head: Head, trusted: Collection[str]) -> str:
    """Its result, if it names the server that received the mail and we trust that server."""
    for value in head.all("received-spf"):
        pieces = _pieces(value)
        if not pieces:
            continue
        properties = _properties([piece for piece in pieces[1:] if piece != ";"])
        if properties.get("receiver", "").lower() in trusted:
            return pieces[0].lower()
    return ""


def _pieces(value: str) -> list[str] | None:
    """Words, "=" and ";"; quoted strings keep one quotation mark. None if a string or comment never
    ends.
    """
    pieces: list[str] = []
    place = 0
    while place < len(value):
        letter = value[place]
        if letter.isspace() or letter == ")":
            place += 1
        elif letter == "(":
            end = _end_of_comment(value, place)
            if end is None:
                return None
            place = end
        elif letter in "=;":
            pieces.append(letter)
            place += 1
        elif letter == '"':
            if (quoted := _QUOTED.match(value, place)) is None:
                return None
            pieces.append('"' + re.sub(r"\\(.)", r"\1", quoted[1]))
            place = quoted.end()
        else:
            word = _WORD.match(value, place)
            pieces.append(word[0] if word else "")
            place = word.end() if word else place + 1
    return pieces


def _end_of_comment(value: str, place: int) -> int | None:
    """Comments can be nested."""
    depth = 0
    for found in _IN_COMMENT.finditer(value, place):
        depth += {"(": 1, ")": -1}.get(found[0], 0)
        if depth == 0:
            return found.end()
    return None


def _split(pieces: list[str]) -> Iterator[list[str]]:
    part: list[str] = []
    for piece in pieces:
        if piece == ";":
            yield part
            part = []
        else:
            part.append(piece)
    yield part


def _method(pieces: list[str]) -> Method | None:
    if "=" not in pieces[:-1]:
        return None
    place = pieces.index("=")
    name = "".join(pieces[:place]).partition("/")[0].lower()
    return name, pieces[place + 1].lower(), _properties(pieces[place + 2 :])


def _properties(pieces: list[str]) -> dict[str, str]:
    """If a name appears twice, the first one counts."""
    found: dict[str, str] = {}
    name: list[str] = []
    values = iter(pieces)
    for piece in values:
        if piece != "=":
            joins = bool(name) and (piece.startswith(".") or name[-1].endswith("."))
            name = [*name, piece] if joins else [piece]
        elif name:
            found.setdefault("".join(name).lower(), next(values, "").removeprefix('"'))
            name = []
    return found
