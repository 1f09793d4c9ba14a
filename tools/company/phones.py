"""Ana's and Ben's phones, and the calls of the last days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from accounts.models import User
from telephone.actions import record_event
from telephone.models import PhoneLine
from telephone.reading import read_event
from tools.company import cast


class Rung(NamedTuple):
    hours_ago: float
    caller: str
    extension: str
    talked: int  # minutes; 0 for a missed call
    cause: str = "normalClearing"


CALLS = (
    Rung(50, cast.CARLA.phone, "101", 6),
    Rung(29, "+12105551003", "101", 4),
    Rung(27, cast.DAN.phone, "102", 9),
    Rung(26, "+12105551007", "102", 0, "noAnswer"),
    Rung(25, "+12105551007", "102", 3),
    Rung(5, "anonymous", "101", 0, "cancel"),
    Rung(3, "+12105551011", "101", 0, "cancel"),
    Rung(2, cast.DAN.phone, "102", 0, "cancel"),
    Rung(1.5, "+17135550162", "101", 0, "busy"),
)


def give_extensions(people: Sequence[User]) -> None:
    for person, known in zip(people, cast.STAFF, strict=True):
        if known.extension:
            PhoneLine.objects.create(agent=person, extension=known.extension)


def make_phone_calls(*, now: datetime) -> None:
    """As the telephone system told it, event by event."""
    for place, rung in enumerate(CALLS):
        told = {
            "callId": f"demo-{place}", "from": rung.caller, "to": rung.extension, "direction": "in",
            "cause": rung.cause,
        }  # fmt: skip
        at = now - timedelta(hours=rung.hours_ago)
        _tell("newCall", told, at)
        if rung.talked:
            _tell("answer", told, at + timedelta(seconds=8))
        _tell("hangup", told, at + timedelta(minutes=rung.talked, seconds=24))


def _tell(event: str, told: dict[str, str], at: datetime) -> None:
    record_event(read_event({**told, "event": event}), now=at)
