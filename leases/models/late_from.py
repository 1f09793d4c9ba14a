"""`Terms.unpaid_from` and `late_from`, maintained by the database: the due days of the first
payment with something left to pay, and of the first of those without a late fee.

Entries in the ledger move them, passing days don't. So the list of who is past due and the hourly
run for late fees start there, and add up no ledger to find them. `late_from` is never later than
the ledger says: if something else excuses a payment (leases/actions/charge_late_fees.py), the run
finds that and sets the exact day.
"""

from __future__ import annotations

import pgtrigger

from leases.enums import LedgerKind, Part

# Counts what is left as leases/schedule does; nothing is paid on a future day. Payments due on the
# same day are paid in the order of their numbers: here they count as one, so that none is skipped.
_FIRST_UNPAID = f"""
    UPDATE leases_terms AS terms SET (unpaid_from, late_from) = (
        WITH line AS (
            SELECT part, instalment_id, effective_on, sum(amount) AS amount,
                bool_or(kind = '{LedgerKind.FEE.value}') AS is_fee
            FROM leases_ledgerentry WHERE lease_id = terms.lease_id GROUP BY 1, 2, 3
        ), instalment AS (
            SELECT bool_or(is_fee) AS has_fee,
                sum(amount) FILTER (WHERE part = '{Part.RENT.value}') AS amount,
                max(effective_on) FILTER (WHERE part = '{Part.RENT.value}' AND amount > 0) AS due_on
            FROM line WHERE instalment_id IS NOT NULL GROUP BY instalment_id
        ), paid AS (
            SELECT COALESCE(
                    sum(-amount) FILTER (
                        WHERE part = '{Part.RENT.value}' AND instalment_id IS NULL
                    ), 0
                ) + GREATEST(sum(-amount) FILTER (WHERE part = '{Part.FEES.value}'), 0)
                + (SELECT COALESCE(sum(-amount) FILTER (WHERE amount < 0), 0) FROM instalment)
                AS amount
            FROM line
        ), owed AS (
            SELECT due_on, has_fee, sum(amount) OVER (ORDER BY due_on) AS so_far
            FROM instalment WHERE amount > 0
        )
        SELECT min(due_on), min(due_on) FILTER (WHERE NOT has_fee)
        FROM owed, paid WHERE so_far > paid.amount
    )
    WHERE terms.lease_id IN (SELECT lease_id FROM added);
    RETURN NULL;
"""  # noqa: S608 - none of it is user input

KEEPS_LATE_FROM = pgtrigger.Trigger(
    name="late_from_by_ledger",
    level=pgtrigger.Statement,
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    referencing=pgtrigger.Referencing(new="added"),
    func=_FIRST_UNPAID,
)
