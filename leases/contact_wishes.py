"""How a customer wants to be contacted, beside days and hours (leases/availability.py). Pure."""

from __future__ import annotations

from datetime import time
from typing import NamedTuple


class Wishes(NamedTuple):
    """`at_work`: the phone number we have is at work; `channel`: the one they prefer, if any."""

    no_calls: bool = False
    not_at_work: bool = False
    at_work: bool = False
    channel: str = ""
    days: tuple[str, ...] = ()
    start: time | None = None
    end: time | None = None

    @property
    def allow_calls(self) -> bool:
        return allow_calls(
            no_calls=self.no_calls, not_at_work=self.not_at_work, at_work=self.at_work
        )


def allow_calls(*, no_calls: bool, not_at_work: bool, at_work: bool) -> bool:
    """The only number we have is at work: then not to be called there means not to be called."""
    return not (no_calls or (not_at_work and at_work))
