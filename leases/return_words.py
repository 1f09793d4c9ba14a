"""What came back or costs less, one line of words each."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from common.formats import money


def returned(item: Mapping[str, Any]) -> str:
    """One item of a return, as `return_merchandise` stores it."""
    price = money(Decimal(item["price_each"])) if item["price_each"] else ""
    if not item["line_number"]:
        return _("Whole invoice: new total %(total)s") % {"total": price}
    line = _("Line %(line)s") % {"line": item["line_number"]}
    line = f"{line} ({item['sku']})" if item["sku"] else line
    if not item["quantity"]:
        return _("%(line)s: new price %(price)s") % {"line": line, "price": price}
    return f"{line}: {item['quantity']} × {price}" if price else f"{line}: {item['quantity']}"
