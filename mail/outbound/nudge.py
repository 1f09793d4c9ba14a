"""Wakes the worker, so that it sends at once instead of within seconds."""

from __future__ import annotations

from accounts import doorbell

TASK = "mail.tasks.drain_outbox"


def nudge() -> None:
    doorbell.ring(TASK)


def nudge_on_commit() -> None:
    doorbell.once_on_commit(nudge)
