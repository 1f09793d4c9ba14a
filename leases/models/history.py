"""Triggers that tie a lease's status to its history: neither changes without the other.

They hold against `update()`, bulk inserts and SQL typed by hand. At commit, a lease's status must
be what its newest event says. As they are written, a lease's events must continue one another.
`leases/lifecycle.py` says which steps exist; a check constraint makes sure an event is one of them.
"""

from __future__ import annotations

from typing import Literal

import pgtrigger
from django.db.models import Q

from leases.enums import Rule
from leases.lifecycle import INITIAL, TRANSITIONS

# Both read all events of a lease by its index. If they asked for the first row of an order (LIMIT,
# or a window in EXISTS), the planner might walk the index of all ids, once for every lease.

# For each row, at commit.
_TOLD = """
    IF (SELECT status FROM leases_lease WHERE id = {lease}) IS DISTINCT FROM (
        SELECT (array_agg(to_status ORDER BY id DESC))[1]
        FROM leases_statusevent WHERE lease_id = {lease}
    ) THEN
        RAISE EXCEPTION 'pgtrigger: the status of lease % is not that of its newest event', {lease};
    END IF;
    RETURN NULL;
"""

# For each statement, over the whole history, so a row slipped in before a newer one is found too.
_CONTINUES = """
    IF EXISTS (
        SELECT FROM (SELECT DISTINCT lease_id FROM added) AS changed
        CROSS JOIN LATERAL (
            SELECT array_agg(from_status ORDER BY id) AS starts,
                array_agg(to_status ORDER BY id) AS ends
            FROM leases_statusevent AS event
            WHERE event.lease_id = changed.lease_id
        ) AS history
        WHERE starts IS DISTINCT FROM ''::varchar || ends[:cardinality(ends) - 1]
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


# The report is about this lease, a supervisor approved it, and its time is the event's.
_FOLLOWS = """
    IF NOT EXISTS (
        SELECT FROM leases_latereport AS report
        WHERE report.id = NEW.late_report_id AND report.lease_id = NEW.lease_id
            AND report.approved AND report.delivered_at = NEW.happened_at
            AND report.decided_by_id = NEW.by_id
    ) THEN
        RAISE EXCEPTION 'pgtrigger: lease % is funded late without an approved report',
            NEW.lease_id;
    END IF;
    RETURN NEW;
"""


def follows_a_report(name: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        operation=pgtrigger.Insert,
        when=pgtrigger.Before,
        condition=pgtrigger.Q(new__rule=Rule.LATE_DELIVERY),
        func=_FOLLOWS,
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
    """The table has a step with this from, to and rule."""
    steps = Q(from_status="", to_status__in=sorted(INITIAL), rule=Rule.APPLICATION)
    for start, ends in TRANSITIONS.items():
        for end, rule in ends.items():
            steps |= Q(from_status=start, to_status=end, rule=rule)
    return steps
