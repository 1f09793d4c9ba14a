"""What clients were told, what is stored and what arrived must agree."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from email.parser import BytesHeaderParser
from pathlib import Path

from django.db.models import Count

from cases.enums import EntryKind, Visibility
from cases.models import Entry
from mail.enums import EmailState
from mail.models import Email
from tests.drills.web import Told

ID = re.compile(r"<([0-9a-f-]{36})@")


@dataclass
class Figures:
    told: int = 0
    saved: int = 0
    mails: int = 0
    arrived: int = 0
    twice: int = 0
    allowed: int = 0

    def __str__(self) -> str:
        writes = f"{self.saved} of {self.told} writes acknowledged, all stored; "
        return (
            f"{writes if self.told else ''}{self.arrived} of {self.mails} mails arrived, "
            f"{self.twice} once too often (at most {self.allowed})"
        )


def mail_id(line: str) -> str:
    """The row's, from a Message-ID."""
    return found[1] if (found := ID.match(line)) else line


def arrived(folder: Path) -> Counter[str]:
    """How often each mail arrived, by the id in its Message-ID."""
    parse = BytesHeaderParser().parsebytes
    lines = (str(parse(path.read_bytes())["Message-ID"]) for path in folder.glob("*.eml"))
    return Counter(map(mail_id, lines))


def check(
    drill: str,
    came: Counter[str],
    *,
    told: list[Told] | None = None,
    twice: int = 0,
    resting: frozenset[EmailState] = frozenset(),
) -> Figures:
    """Raises AssertionError; prints the figures. `twice`: how many mails may arrive one time too
    often.

    For the end of a drill, when every mail has been sent, or is in one of the states `resting`.
    """
    told = told or []
    saved = {(each.case, each.text) for each in told if each.saved}
    stored = Counter(
        Entry.objects.filter(kind=EntryKind.MESSAGE).values_list("case__number", "body")
    )
    missing = saved - stored.keys()
    assert not missing, f"acknowledged and not stored: {sorted(missing)[:5]}"
    tried = {(each.case, each.text) for each in told}
    assert not told or stored.keys() <= tried, "stored and never written"
    doubled = [each for each, count in stored.items() if count > 1]
    assert not doubled, f"stored twice: {doubled[:5]}"

    silent = (
        Entry.objects.filter(visibility=Visibility.PUBLIC, kind=EntryKind.MESSAGE)
        .annotate(told=Count("mails"))
        .exclude(told=1)
    )
    assert not silent.exists(), f"messages without their one mail: {silent.count()}"

    mails = {str(pk): state for pk, state in Email.objects.values_list("pk", "state")}
    waiting = Counter(mails.values()) - Counter({EmailState.SENT.value: len(mails)})
    assert waiting.keys() <= resting, f"not sent: {dict(waiting)}"
    sent = {pk for pk, state in mails.items() if state == EmailState.SENT}
    lost = sent - came.keys()
    assert not lost, f"sent and not arrived: {len(lost)} of {len(sent)}"
    unknown = came.keys() - mails.keys()
    assert not unknown, f"arrived and not stored: {sorted(unknown)[:5]}"
    figures = Figures(
        told=len(told),
        saved=len(saved),
        mails=len(mails),
        arrived=len(came),
        twice=sum(came.values()) - len(came),
        allowed=twice,
    )
    print(f"{drill}: {figures}")
    assert figures.twice <= twice, str(figures)
    return figures
