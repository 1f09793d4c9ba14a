from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection

from common.company_day import business_day
from leases import schedule
from leases.actions.set_terms import terms_of_program
from leases.enums import BuyoutRule, LedgerKind, Part
from leases.models import Instalment, Lease, LedgerEntry, Terms
from leases.money import ZERO, split

Row = Mapping[str, Any]


def terms_of(lease: Lease, row: Row) -> Terms | None:
    """The terms from the file, otherwise those of the program."""
    program = lease.program
    if row["cash_price"] is not None:
        rate = program.discount_rate if program else None
        fee = program.option_fee if program else None
        terms = Terms(
            lease=lease,
            cash_price=row["cash_price"],
            total=row["total_of_payments"],
            payments=row["payments"],
            frequency=row["frequency"],
            state=lease.store.state,
            tax_rate=lease.store.tax_rate,
            buyout_rule=row["buyout_rule"]
            or (program.buyout_rule if program else BuyoutRule.OPTION),
            discount_rate=_first(row["discount_rate"], rate),
            option_fee=_first(row["option_fee"], fee) or ZERO,
        )
    elif program is not None and lease.invoice_total is not None:
        terms = terms_of_program(lease, lease.invoice_total)
    else:
        return None
    terms.first_due_on = row["first_due_on"]
    terms.state = row["state"] or terms.state
    terms.tax_rate = _first(row["tax_rate"], terms.tax_rate) or ZERO
    return terms


def _first(*found: Decimal | None) -> Decimal | None:
    """The first that is given: a rate of 0 counts as given."""
    return next((each for each in found if each is not None), None)


def copy_schedules(terms: list[Terms], now: datetime) -> None:
    """Payments of the schedule and their charges, by COPY: a year of weekly payments is 104 rows a
    lease.
    """
    if not terms:
        return
    count = sum(each.payments for each in terms)
    instalment, entry = Instalment._meta.db_table, LedgerEntry._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [instalment, count],
        )
        ids = iter([row[0] for row in cursor.fetchall()])
        charges = []
        with cursor.copy(
            f"COPY {instalment} (id, lease_id, number, due_on, amount) FROM STDIN"
        ) as copy:
            for each in terms:
                delivered = each.lease.delivered_at
                assert delivered is not None  # noqa: S101 - NEEDS
                # The days as agreed, even before the delivery: these payments may have been made.
                first = each.first_due_on or business_day(delivered) + timedelta(weeks=1)
                days = schedule.due_days(first, each.frequency, each.payments)
                batch = uuid.uuid4()
                for number, (day, amount) in enumerate(
                    zip(days, split(each.total, each.payments), strict=True), start=1
                ):
                    pk = next(ids)
                    copy.write_row((pk, each.lease_id, number, day, amount))
                    if amount:  # a total of a few cents leaves none for the last ones
                        charges.append((each.lease_id, amount, day, pk, batch))
        columns = (
            "lease_id, kind, part, amount, effective_on, instalment_id, batch, at,"
            " method, reference, external_id, reason"
        )
        with cursor.copy(f"COPY {entry} ({columns}) FROM STDIN") as copy:
            for lease, amount, day, pk, batch in charges:
                copy.write_row(
                    (lease, LedgerKind.CHARGE.value, Part.RENT.value, amount, day, pk, batch, now,
                     "", "", "", "")
                )  # fmt: skip
