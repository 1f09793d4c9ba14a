"""Whose turn it is and by when, as the customer reads it: one answer for list, page and mail. Pure.

Something requested and not sent yet makes it the customer's turn, whatever the case's own status:
there's no use in telling them to wait. But a supervisor doesn't wait for it, and they're told so.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from cases import lifecycle
from cases.enums import CaseStatus, Party


class NextStep(NamedTuple):
    """A day on which someone acts: the case's own, or that of an agreement."""

    on: date
    party: Party
    is_agreed: bool = False


class Turn(NamedTuple):
    status: CaseStatus  # as the customer is told it
    step: NextStep


def status_for(status: str, *, is_missing: bool) -> CaseStatus:
    """`is_missing`: something requested isn't here, or can't be read."""
    told = CaseStatus(status)
    waits = is_missing and told in lifecycle.ACTIVE - {CaseStatus.ESCALATED}
    return CaseStatus.WAITING_CUSTOMER if waits else told


def first_step(steps: Iterable[NextStep], *, since: date | None = None) -> NextStep:
    """The earliest; on the same day the first, which is the case's own.

    `since`: days before it count only if there is no other, because no mail names those.
    """
    steps = list(steps)
    to_come = [step for step in steps if since is None or step.on >= since]
    return min(to_come or steps, key=lambda step: step.on)


def turn(
    status: str,
    due_on: date,
    agreed: Iterable[NextStep],
    *,
    is_missing: bool,
    since: date,
    send_by: date | None = None,
) -> Turn:
    """On the customer's turn, only what they do themselves counts: our days aren't theirs.

    `send_by`: their day, if `due_on` is ours.
    """
    told = status_for(status, is_missing=is_missing)
    waits = is_missing and told == CaseStatus.WAITING_CUSTOMER
    own = NextStep((waits and send_by) or due_on, lifecycle.ACTS[told])
    theirs = [step for step in agreed if not waits or step.party == Party.CUSTOMER]
    return Turn(told, first_step([own, *theirs], since=since))
