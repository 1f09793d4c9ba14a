"""What servers report about our mail (RFC 3464, or in their own words). Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mail.inbound.body import Body
from mail.inbound.nobody import STATUS, names_the_address, says_nobody
from mail.inbound.people import folded

_FIELD = re.compile(r"([A-Za-z-]{1,40})[ \t]*:[ \t]*(.{0,1000})")
_COMMENT = re.compile(r"\([^()]*\)")
_MOST = 50  # recipients
_LONGEST = 20_000  # characters of a report's text
#: Below this line, a server returns what we wrote; its own text ends here.
_RETURNED = re.compile(
    r"^[>\s-]*(?:-{2,} ?(?:this is a copy|(?:below|the following).{0,40}copy|original|returned|"
    r"(?:the )?header|unsent|forwarded|message header)|(?:received|return-path|message-id): )",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True)
class Report:
    recipient: str  # folded
    is_final: bool
    names_the_address: bool  # no mail reaches it, not just this one
    error: str


def report(body: Body, *, words: str = "", to: str = "") -> Report | None:
    """About `to` if the report names it, otherwise about the first recipient: we send to one at a
    time.

    `words`: the mail's text. Alone it counts as a report only if it plainly says that the address
    doesn't exist.
    """
    own = _RETURNED.split(words[:_LONGEST])[0]
    found = [each for text in body.reports for each in _of(text, own)]
    if not found:
        return _in_words(own, to)
    return next((each for each in found if each.recipient == to), found[0])


def _of(text: str, words: str) -> Iterator[Report]:
    for fields in _groups(text):
        to = fields.get("original-recipient") or fields.get("final-recipient", "")
        if not to:
            continue
        action = _COMMENT.sub("", fields.get("action", "")).strip().lower()
        said = fields.get("diagnostic-code", "")
        status = next(iter(STATUS.findall(fields.get("status", ""))), "")
        yield Report(
            recipient=folded(_COMMENT.sub("", to.partition(";")[2] or to).strip(" <>")),
            is_final=action == "failed" or (not action and status.startswith("5")),
            names_the_address=names_the_address(status, said, words),
            error=f"{status} {said}".strip()[:200],
        )


def _groups(text: str) -> list[dict[str, str]]:
    """The fields of each block, with folded lines joined; if a name appears twice, the first
    counts.
    """
    groups: list[dict[str, str]] = [{}]
    name = ""
    for line in text.split("\n"):
        line = line.rstrip()
        if not line:
            groups += [{}] if groups[-1] and len(groups) < _MOST else []
            name = ""
        elif line[0] in " \t" and name:
            groups[-1][name] = f"{groups[-1][name]} {line.strip()}"[:1000]
        elif matched := _FIELD.match(line):
            name = matched[1].lower()
            if name in groups[-1]:
                name = ""
            else:
                groups[-1][name] = matched[2]
    return groups


def _in_words(words: str, to: str) -> Report | None:
    if not to or not (said := says_nobody(words, to)):
        return None
    return Report(recipient=to, is_final=True, names_the_address=True, error=said[:200])
