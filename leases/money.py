"""Amounts in US dollars: Decimal, two decimals, half a cent rounds up. Pure."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
ZERO = Decimal("0.00")


def cents(amount: Decimal) -> Decimal:
    """Rounded once, where a figure is shown or stored."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def is_in_cents(amount: Decimal) -> bool:
    """Whether it has no part of a cent: 10.005 is an error to report, not to round away."""
    if not amount.is_finite():
        return False
    _, digits, exponent = amount.as_tuple()
    return exponent >= -2 or not any(digits[exponent + 2 :])  # type: ignore[operator]


def split(total: Decimal, count: int) -> list[Decimal]:
    """`count` equal payments that add up to `total`; the last one takes the difference."""
    each = cents(total / count)
    if each * (count - 1) > total:  # half a cent rounded up, too often for so little: 0.27 in 52
        each = (total / count).quantize(CENT, ROUND_DOWN)
    return [each] * (count - 1) + [total - each * (count - 1)]


def portion(payment: Decimal, *, rent_due: Decimal, fees_due: Decimal) -> tuple[Decimal, Decimal]:
    """Splits a payment without instructions into (rent, fees): due rent, then fees, then future
    rent.
    """
    rent = min(payment, max(rent_due, ZERO))
    fees = min(payment - rent, max(fees_due, ZERO))
    return payment - fees, fees
