"""How often we may try to reach someone before we warn. Pure. Not legal advice.

Source: 12 CFR 1006.14(b)(2) (Regulation F), which binds debt collectors: more than seven calls
within seven days about a debt, or a call within seven days after a conversation about it, is
presumed to be too many. A company that collects its own debts may not be bound by it, or by more:
the numbers are settings (CONTACT_MOST_CALLS, CONTACT_CALL_DAYS), and 0 switches the warning off.
We count more strictly: all of a person's cases together.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from cases.enums import AttemptResult

#: Calls that rang; a busy line or a number out of service doesn't count, 12 CFR 1006.14(b)(3).
RANG = frozenset({AttemptResult.REACHED, AttemptResult.NO_ANSWER, AttemptResult.LEFT_MESSAGE})


#: Why a call ended that rang nowhere (telephone.enums.EndCause).
NEVER_RANG = frozenset({"busy", "congestion", "notFound"})
#: What someone records of a call they just made is about that call.
RECORDED_WITHIN = timedelta(minutes=30)


class Limit(NamedTuple):
    calls: int  # 0: no limit
    days: int


class Attempted(NamedTuple):
    result: AttemptResult
    at: datetime


def result_of(end_cause: str) -> AttemptResult:
    """What came of a call of ours that no one answered, as the telephone system told it."""
    return AttemptResult.BUSY if end_cause in NEVER_RANG else AttemptResult.NO_ANSWER


def with_dialed(recorded: Iterable[Attempted], dialed: Iterable[Attempted]) -> list[Attempted]:
    """Calls that the telephone system told of count by themselves, unless someone recorded what
    came of them.
    """
    recorded, counted = list(recorded), []
    told = sorted(each.at for each in recorded if each.result != AttemptResult.BOUNCED)
    for call in sorted(dialed, key=lambda each: each.at):
        same = next((at for at in told if call.at <= at <= call.at + RECORDED_WITHIN), None)
        if same is None:
            counted.append(call)
        else:
            told.remove(same)
    return [*recorded, *counted]


class Count(NamedTuple):
    """Within the limit's days before now."""

    calls: int
    attempts: int  # with letters, emails that came back, wrong numbers
    spoke_at: datetime | None
    limit: Limit

    @property
    def warns(self) -> bool:
        """Another call would be one too many."""
        return bool(self.limit.calls) and (self.calls >= self.limit.calls or bool(self.spoke_at))


def count(attempts: Iterable[Attempted], limit: Limit, now: datetime) -> Count:
    """Of attempts in any order; older ones are left out."""
    recent = [each for each in attempts if each.at > now - timedelta(days=limit.days)]
    spoke = [each.at for each in recent if each.result == AttemptResult.REACHED]
    return Count(
        calls=sum(each.result in RANG for each in recent),
        attempts=len(recent),
        spoke_at=max(spoke, default=None),
        limit=limit,
    )
