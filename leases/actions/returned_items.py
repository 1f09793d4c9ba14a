"""What a return does to the lines of an invoice: fewer of them or cheaper, never different ones."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from leases.actions.invoices import InvoiceItem
from leases.money import is_in_cents

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class ReturnedItem(NamedTuple):
    line_number: int
    quantity: int  # how many come back; 0 for a lower price only
    sku: str = ""  # to be sure it's the same item
    price_each: Decimal | None = None  # the lower price of those that stay


def lines_after_return(
    lines: Sequence[InvoiceItem], items: Sequence[ReturnedItem]
) -> list[InvoiceItem]:
    """The lines as they are after the return, without those returned completely.

    ValidationError: `added_item`, `swapped_item`, `price_increase`, `return_quantity`,
    `amount_cents`, `line_number` (twice), `nothing_returned`.
    """
    by_number = {line.line_number: line for line in lines}
    for item in items:
        line = by_number.get(item.line_number)
        if line is None:
            raise _refused(
                "added_item",
                _("Line %(line)s isn’t on the invoice. A return can’t add lines."),
                item,
            )
        _check(line, item)
    if len({item.line_number for item in items}) != len(items):
        raise ValidationError(_("A line appears twice."), code="line_number")
    for item in items:
        line = by_number[item.line_number]
        price = line.price_each if item.price_each is None else item.price_each
        quantity = line.quantity - item.quantity
        by_number[item.line_number] = line._replace(
            price_each=price, quantity=quantity, line_total=price * quantity
        )
    if list(by_number.values()) == list(lines):
        raise nothing_returned()
    return [line for line in by_number.values() if line.quantity]


def _check(line: InvoiceItem, item: ReturnedItem) -> None:
    if item.sku and line.sku and item.sku != line.sku:
        message = _("Line %(line)s is a different item. An exchange isn’t a return.")
        raise _refused("swapped_item", message, item)
    if not 0 <= item.quantity <= line.quantity:
        message = _("Line %(line)s: you can’t return more than were sold.")
        raise _refused("return_quantity", message, item)
    if item.price_each is None:
        return
    if not is_in_cents(item.price_each) or item.price_each < 0:
        message = _("Line %(line)s: enter an amount of zero or more with up to two decimal places.")
        raise _refused("amount_cents", message, item)
    if item.price_each > line.price_each:
        raise price_increase()


def _refused(code: str, message: StrPromise, item: ReturnedItem) -> ValidationError:
    return ValidationError(message, code=code, params={"line": item.line_number})


def price_increase() -> ValidationError:
    return ValidationError(
        _("A return can’t make the lease more expensive."), code="price_increase"
    )


def nothing_returned() -> ValidationError:
    return ValidationError(
        _("This return changes nothing. Enter what was returned or costs less now."),
        code="nothing_returned",
    )
