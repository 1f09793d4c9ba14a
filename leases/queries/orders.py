"""What was sold and what came back, for the page of a lease."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from leases.models import Invoice, InvoiceLine, Lease, MerchandiseReturn

MOST = 50


class CameBack(NamedTuple):
    """Nothing came back of it if `quantity` is 0: it got cheaper. No name: the invoice did."""

    name: str
    quantity: int
    price: Decimal | None


class Returned(NamedTuple):
    row: MerchandiseReturn
    items: list[CameBack]


class Order(NamedTuple):
    invoice: Invoice | None  # the newest; none counts once the contract is void
    lines: list[InvoiceLine]
    versions: int
    returns: list[Returned]


def order_of(lease: Lease) -> Order:
    """At most MOST returns, newest first."""
    versions = list(lease.invoices.order_by("-version"))
    sold = list(InvoiceLine.objects.filter(invoice__lease=lease).order_by("line_number"))
    current = versions[0] if versions and lease.invoice_total is not None else None
    names = {line.line_number: line.description or line.sku for line in sold}
    returns = lease.returns.select_related("by", "api_key", "closed_by")[:MOST]
    return Order(
        invoice=current,
        lines=[line for line in sold if current and line.invoice_id == current.pk],
        versions=len(versions),
        returns=[Returned(row, [_item(item, names) for item in row.items]) for row in returns],
    )


def _item(item: dict[str, Any], names: dict[int, str]) -> CameBack:
    """From JSON, with amounts as text. Line 0 is an invoice without lines, at its new total."""
    number, price = item["line_number"], item.get("price_each")
    name = names.get(number) or item.get("sku") or _("Line %(line)s") % {"line": number}
    return CameBack(name if number else "", item["quantity"], Decimal(price) if price else None)
