"""`Plan.missed_on`, maintained by the database: payments move it, passing days don't.

So the watchlist of missed promises starts there, and adds up no ledger to find it.
"""

from __future__ import annotations

import pgtrigger

from leases.enums import LedgerKind, PlanKind

# Counts as `received_since` and `with_missed_promises` in leases/queries do. For plans that haven't
# ended; a broken one keeps the day it broke (leases/actions/break_plans.py).
_FIRST_UNCOVERED = """
    UPDATE leases_plan AS plan SET missed_on = (
        SELECT min(due_on) FROM (
            SELECT due_on, sum(amount) OVER (ORDER BY due_on) AS so_far
            FROM leases_planpromise WHERE plan_id = plan.id
        ) AS promise
        WHERE so_far > COALESCE((
            SELECT -sum(entry.amount) FROM leases_ledgerentry AS entry
            LEFT JOIN leases_ledgerentry AS taken_back ON taken_back.id = entry.reverses_id
            WHERE entry.lease_id = plan.lease_id AND (
                entry.kind IN {covering} AND entry.at >= plan.at
                OR taken_back.kind IN {covering} AND taken_back.at >= plan.at
            )
        ), 0)
    )
    WHERE {changed} AND kind = '{recovery}' AND cancelled_at IS NULL AND fulfilled_at IS NULL;
    RETURN NULL;
"""
_COVERING = f"('{LedgerKind.PAYMENT.value}', '{LedgerKind.WAIVER.value}')"
_COUNTED = _COVERING.replace(")", f", '{LedgerKind.REVERSAL.value}')")


def keeps_missed_on(name: str, changed: str) -> pgtrigger.Trigger:
    """`changed` says which plans the rows `added` are about."""
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        referencing=pgtrigger.Referencing(new="added"),
        func=_FIRST_UNCOVERED.format(
            changed=changed, covering=_COVERING, recovery=PlanKind.RECOVERY.value
        ),
    )


OF_PROMISES = "plan.id IN (SELECT plan_id FROM added)"
#: Charges come by the hundred and cover nothing.
OF_ENTRIES = f"plan.lease_id IN (SELECT lease_id FROM added WHERE kind IN {_COUNTED})"  # noqa: S608
