from __future__ import annotations

from cases.models import Case, FollowUp

#: On the page of a case: whole plans, and what became of the last ones.
MOST_PLANNED, MOST_SETTLED = 50, 10


def follow_ups_of(case: Case) -> list[FollowUp]:
    """What is planned, next first, then what was sent, done or cancelled, newest first."""
    found = case.follow_ups.select_related("by", "done_by", "cancelled_by")
    planned = found.pending().order_by("send_at", "pk")[:MOST_PLANNED]
    settled = found.settled().order_by("-send_at", "-pk")[:MOST_SETTLED]
    return [*planned, *settled]
