"""Whose text a quotation holds: ours, the writer's own from before, or someone else's.

Pure, except for the settings that say who we are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from email.utils import parseaddr
from enum import Enum, auto

from django.conf import settings

from mail.addresses import folded
from mail.inbound import attribution
from mail.reply_address import is_own


class Whose(Enum):
    OURS = auto()
    THEIRS = auto()  # the writer's own
    ANOTHER = auto()


_FROM = re.compile(r"[>\s]*\*?(?:from|de)\s?:\*?\s*\S", re.IGNORECASE)
_SUBJECT = re.compile(r"[>\s]*\*?(?:subject|asunto)\s?:", re.IGNORECASE)
_ALSO = re.compile(
    r"[>\s]*\*?(?:sent|date|to|cc|subject|enviado|enviado el|fecha|para|asunto)\s?:", re.IGNORECASE
)
_ADDRESS = re.compile(r"[^\s<>()\[\]:;,\"'*]{1,64}@[^\s<>()\[\]:;,\"'*]{1,255}")
_HEAD = 6


def is_head(lines: Sequence[str], place: int) -> bool:
    """From, Sent, To, Subject in the language of the mail program.

    Without an address and a subject it's a list someone typed, about a transfer for example.
    """
    if not _FROM.match(lines[place][:200]):
        return False
    below = lines[place + 1 : place + 1 + _HEAD]
    fields = [line for line in below if _ALSO.match(line[:200])]
    return (
        len(fields) >= 2
        and any(_SUBJECT.match(line[:200]) for line in fields)
        and any(_ADDRESS.search(line[:500]) for line in [lines[place], *fields])
    )


def heads(lines: Sequence[str], place: int) -> Whose:
    """By the From line of such headers. A copy of their own mail to a store is evidence, too."""
    return _of(lines[place][:800], "")


def headed(lines: Sequence[str], sender: str) -> Whose:
    """By what stands right below a divider; without a sender it could be anyone's."""
    for place, line in enumerate(lines):
        if _FROM.match(line[:200]):
            return _of(line[:800], "")
        if length := attribution.length_of(lines, place):
            return wrote(lines[place : place + length], sender)
    return Whose.ANOTHER


def wrote(lines: Sequence[str], sender: str) -> Whose:
    return _of(" ".join(lines)[:1600], sender)


def _of(text: str, sender: str) -> Whose:
    if addresses := [folded(each) for each in _ADDRESS.findall(text)]:
        if any(map(is_own, addresses)):
            return Whose.OURS
        return Whose.THEIRS if sender in addresses else Whose.ANOTHER
    return Whose.OURS if any(_names(text, each) for each in _our_names()) else Whose.ANOTHER


def _our_names() -> set[str]:
    return {settings.COMPANY_NAME, parseaddr(settings.DEFAULT_FROM_EMAIL)[0]} - {""}


def _names(text: str, name: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE) is not None
