"""Triggers that tie a lease's status to its history: neither changes without the other.

They hold against `update()`, bulk inserts and SQL typed by hand. At commit, a lease's status is
what its newest event says; the moment they are written, a lease's events continue one another.
`leases/lifecycle.py` says which steps there are, a check constraint that an event is one of them.
"""

from __future__ import annotations

from typing import Literal

import pgtrigger
from django.db.models import Q

from leases.enums import Rule
from leases.lifecycle import INITIAL, TRANSITIONS

# Per row at commit. No ORDER BY with LIMIT: for that the planner might walk the index of all ids.
_TOLD = """
    IF (SELECT status FROM leases_lease WHERE id = {lease}) IS DISTINCT FROM (
        SELECT (array_agg(to_status ORDER BY id DESC))[1]
        FROM leases_statusevent WHERE lease_id = {lease}
    ) THEN
        RAISE EXCEPTION 'pgtrigger: the status of lease % is not that of its newest event', {lease};
    END IF;
    RETURN NULL;
"""

# The whole history of the leases in question: a row that slips in before a newer one is found too.
_CONTINUES = """
    IF EXISTS (
        SELECT FROM (SELECT DISTINCT lease_id FROM added) AS changed
        WHERE EXISTS (
            SELECT FROM (
                SELECT from_status, lag(to_status, 1, ''::varchar) OVER (ORDER BY id) AS before
                FROM leases_statusevent AS event
                WHERE event.lease_id = changed.lease_id
            ) AS history
            WHERE from_status <> before
        )
    ) THEN
        RAISE EXCEPTION 'pgtrigger: the history of a lease does not continue';
    END IF;
    RETURN NULL;
"""


def status_is_told(
    name: str, operation: pgtrigger.Operation, lease: Literal["NEW.id", "NEW.lease_id"]
) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        operation=operation,
        when=pgtrigger.After,
        timing=pgtrigger.Deferred,
        func=_TOLD.format(lease=lease),
    )


def history_continues(name: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        operation=pgtrigger.Insert,
        when=pgtrigger.After,
        level=pgtrigger.Statement,
        referencing=pgtrigger.Referencing(new="added"),
        func=_CONTINUES,
    )


def never_emptied(name: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        operation=pgtrigger.Truncate,
        when=pgtrigger.Before,
        level=pgtrigger.Statement,
        func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;",
    )


def is_a_step() -> Q:
    """From, to and rule of an event stand in the table."""
    steps = Q(from_status="", to_status__in=sorted(INITIAL), rule=Rule.APPLICATION)
    for start, ends in TRANSITIONS.items():
        for end, rule in ends.items():
            steps |= Q(from_status=start, to_status=end, rule=rule)
    return steps
