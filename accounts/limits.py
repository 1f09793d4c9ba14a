"""Rate limits: one row per limit, one statement per attempt.

A row holds one instant, `free_at`; recent attempts count until then. Each attempt moves it ahead by
the limit's step, unless that goes beyond its burst. Nothing else in the database, and no number of
other rows, makes a limit forget.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.crypto import salted_hmac

from accounts.paces import Pace, folded
from accounts.sign_in.rows import RateLimit

SWEPT_AT_ONCE = 10_000

_TAKE = """
    INSERT INTO accounts_ratelimit AS old (key, free_at, allowed)
    SELECT %(key{n})s, %(now)s + %(step{n})s, true {after}
    ON CONFLICT (key) DO UPDATE SET
        allowed = greatest(old.free_at, %(now)s) + %(step{n})s <= %(now)s + %(span{n})s,
        free_at = CASE
            WHEN greatest(old.free_at, %(now)s) + %(step{n})s <= %(now)s + %(span{n})s
            THEN greatest(old.free_at, %(now)s) + %(step{n})s
            ELSE old.free_at
        END
    RETURNING {n} AS place, allowed, free_at
"""
_GIVE_BACK = """
    UPDATE accounts_ratelimit SET free_at = free_at - %(step{n})s
    WHERE key = %(key{n})s {after} RETURNING 1
"""


@dataclass(frozen=True)
class Limit:
    key: str
    pace: Pace
    cost: int = 1  # weight of one attempt: five files at once count as five


def limit(kind: str, scope: str, value: object, pace: Pace, *, cost: int = 1) -> Limit:
    """A limit on one `value`. The row doesn't reveal whose it is: `limit("code", "subject",
    address, …)`.
    """
    said = salted_hmac("accounts.limits", folded(str(value)), algorithm="sha256").hexdigest()
    return Limit(f"{kind}:{scope}:{said[:40]}", pace, min(cost, pace.burst))


def take(limits: Sequence[Limit], *, now: datetime) -> datetime | None:
    """Count one attempt in each limit, up to the first that refuses it.

    None if it may go ahead, otherwise when the next one may. This is one statement, in the given
    order; put limits that many people share last.
    """
    if not limits:
        return None
    tries = (_TAKE.format(n=n, after=f"FROM c{n - 1} WHERE allowed" if n else "")
             for n in range(len(limits)))  # fmt: skip
    counted = " UNION ALL ".join(f"SELECT * FROM c{n}" for n in range(len(limits)))  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"{_chain(tries)} {counted}", {"now": now, **_values(limits)})
        for place, allowed, free_at in cursor.fetchall():
            if not allowed:
                refused = limits[place]
                return free_at + refused.pace.step * refused.cost - refused.pace.span  # type: ignore[no-any-return]
    return None


def give_back(limits: Sequence[Limit]) -> None:
    """Undo the count of an attempt that succeeded."""
    if not limits:
        return
    after = "AND (SELECT count(*) FROM c{}) >= 0"
    steps = (_GIVE_BACK.format(n=n, after=after.format(n - 1) if n else "")
             for n in range(len(limits)))  # fmt: skip
    with connection.cursor() as cursor:
        # Each part reads the one before it, so rows are locked in the same order as in `take`.
        cursor.execute(f"{_chain(steps)} SELECT * FROM c{len(limits) - 1}", _values(limits))  # noqa: S608


def forget(*, now: datetime) -> int:
    """Delete rows that no longer matter."""
    done = RateLimit.objects.filter(free_at__lt=now).values("pk")[:SWEPT_AT_ONCE]
    return RateLimit.objects.filter(pk__in=done.select_for_update(skip_locked=True)).delete()[0]


def _chain(statements: Iterable[str]) -> str:
    parts = enumerate(statements)
    return "WITH " + ", ".join(f"c{n} AS ({statement})" for n, statement in parts)


def _values(limits: Sequence[Limit]) -> dict[str, Any]:
    return {
        f"{name}{n}": value
        for n, each in enumerate(limits)
        for name, value in (
            ("key", each.key), ("step", each.pace.step * each.cost), ("span", each.pace.span),
        )
    }  # fmt: skip
