from __future__ import annotations

from datetime import date
from decimal import Decimal

from leases.enums import BuyoutRule, Frequency
from leases.models import Lease, Terms
from leases.money import cents
from leases.schedule import PER_YEAR


def set_terms(
    *, lease: Lease, cash_price: Decimal, frequency: str = "", first_due_on: date | None = None
) -> Terms | None:
    """The terms that follow from the program and the invoice; inside the invoice's transaction.

    A lease without a program has none until somebody enters them. `frequency` must be one of the
    program's; empty is its first.
    """
    program = lease.program
    if program is None:
        return None
    frequency = frequency or program.frequencies[0]
    values = {
        "cash_price": cash_price,
        "total": cents(cash_price * program.cost_factor),
        "payments": PER_YEAR[Frequency(frequency)],
        "frequency": frequency,
        "first_due_on": first_due_on,
        "state": lease.store.state,
        "buyout_rule": BuyoutRule(program.buyout_rule),
        "discount_rate": program.discount_rate,
        "option_fee": program.option_fee,
    }
    return Terms.objects.update_or_create(lease=lease, defaults=values)[0]
