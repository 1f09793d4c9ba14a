from __future__ import annotations

from datetime import date
from decimal import Decimal

from leases.enums import BuyoutRule, Frequency
from leases.models import Lease, Program, Terms
from leases.money import cents
from leases.schedule import PER_YEAR


def set_terms(
    *, lease: Lease, cash_price: Decimal, frequency: str = "", first_due_on: date | None = None
) -> Terms | None:
    """Sets the terms that follow from the invoice; inside the invoice's transaction.

    New terms come from the program; a lease without a program has none until someone enters them.
    Agreed terms stay, imported ones too: only the price follows the invoice, and anything new that
    is said about the payments. `frequency` must be one of the program's; empty means its first.
    """
    terms = Terms.objects.filter(lease=lease).first()
    if terms is not None:
        _amend(terms, lease.program, cash_price, frequency, first_due_on)
    elif lease.program is not None:
        terms = terms_of_program(lease, cash_price, frequency=frequency, first_due_on=first_due_on)
    else:
        return None
    terms.save()
    return terms


def terms_of_program(
    lease: Lease, cash_price: Decimal, *, frequency: str = "", first_due_on: date | None = None
) -> Terms:
    """The terms of the lease's program for a cash price, unsaved."""
    program = lease.program
    assert program is not None  # noqa: S101 - the callers ask
    frequency = frequency or program.frequencies[0]
    return Terms(
        lease=lease,
        cash_price=cash_price,
        total=cents(cash_price * program.cost_factor),
        payments=PER_YEAR[Frequency(frequency)],
        frequency=frequency,
        first_due_on=first_due_on,
        state=lease.store.state,
        tax_rate=lease.store.tax_rate,
        buyout_rule=BuyoutRule(program.buyout_rule),
        discount_rate=program.discount_rate,
        option_fee=program.option_fee,
    )


def _amend(
    terms: Terms,
    program: Program | None,
    cash_price: Decimal,
    frequency: str,
    first_due_on: date | None,
) -> None:
    """The total keeps its proportion to the cash price."""
    terms.total = cents(cash_price * terms.total / terms.cash_price)
    terms.cash_price = cash_price
    if frequency and frequency != terms.frequency:
        terms.frequency = frequency
        if program is not None:
            terms.payments = PER_YEAR[Frequency(frequency)]
    if first_due_on is not None:
        terms.first_due_on = first_due_on
