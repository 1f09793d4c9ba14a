"""What the steps of a return say, whoever sends them."""

from __future__ import annotations

from typing import Any

from leases.models import Lease


def return_steps_params(lease: Lease) -> dict[str, Any]:
    """Beside those of every case mail; the chain is named, for the sign over the door."""
    return {
        "store": f"{lease.store.merchant.name} · {lease.store.name}",
        "returned_item": lease.merchandise,
    }
