"""What each kind of case needs as proof. Pure; from the customers' guide."""

from __future__ import annotations

from collections.abc import Mapping

from cases.enums import Kind, Slot

_MOVEMENTS = (Slot.CONTRACT, Slot.RECEIPTS, Slot.PAYMENT_PROOF, Slot.BANK_STATEMENT)
_RETURN = (Slot.PHOTOS, Slot.PURCHASE_PROOF, Slot.TRACKING, Slot.STORE_RECEIPT)

_OWN: Mapping[Kind, tuple[Slot, ...]] = {
    Kind.LATE_PAYMENT: (Slot.PAYMENT_PROOF, Slot.BANK_STATEMENT),
    Kind.CHARGE_DISPUTE: _MOVEMENTS,
    Kind.CHARGE_QUESTION: _MOVEMENTS,
    Kind.FRAUD: _MOVEMENTS,
    Kind.RETURN: _RETURN,
    Kind.EXCHANGE: _RETURN,
    Kind.DEFECTIVE: (Slot.PHOTOS, Slot.INVOICE_PHOTO, Slot.PURCHASE_PROOF),
    Kind.NON_DELIVERY: (Slot.INVOICE_PHOTO, Slot.PURCHASE_PROOF, Slot.PHOTOS),
    Kind.PAYMENT: (Slot.RECEIPTS, Slot.PAYMENT_PROOF),
    Kind.STATEMENT: (Slot.CONTRACT,),
    Kind.BUYOUT: (Slot.CONTRACT,),
    Kind.CANCELLATION: (Slot.CONTRACT,),
    Kind.OTHER: (),
}

#: The item goes back to a store: the customer can be sent the steps.
GOES_BACK = frozenset({Kind.RETURN, Kind.EXCHANGE, Kind.DEFECTIVE})


def slots_of(kind: str) -> tuple[Slot, ...]:
    """In the order they are asked for; who somebody is can be asked in every case."""
    return (*_OWN[Kind(kind)], Slot.IDENTITY)


def others(kind: str) -> tuple[Slot, ...]:
    own = slots_of(kind)
    return tuple(slot for slot in Slot if slot not in own)
