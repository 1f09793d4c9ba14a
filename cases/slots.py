"""What each kind of case needs as evidence. Pure; from the customers' guide."""

from __future__ import annotations

from collections.abc import Mapping

from cases.enums import CaseKind, Slot

_MOVEMENTS = (Slot.CONTRACT, Slot.RECEIPTS, Slot.PAYMENT_PROOF, Slot.BANK_STATEMENT)
_RETURN = (Slot.PHOTOS, Slot.PURCHASE_PROOF, Slot.TRACKING, Slot.STORE_RECEIPT)

_OWN: Mapping[CaseKind, tuple[Slot, ...]] = {
    CaseKind.LATE_PAYMENT: (Slot.PAYMENT_PROOF, Slot.BANK_STATEMENT),
    CaseKind.CHARGE_DISPUTE: _MOVEMENTS,
    CaseKind.CHARGE_QUESTION: _MOVEMENTS,
    CaseKind.FRAUD: _MOVEMENTS,
    CaseKind.RETURN: _RETURN,
    CaseKind.EXCHANGE: _RETURN,
    CaseKind.DEFECTIVE: (Slot.PHOTOS, Slot.INVOICE_PHOTO, Slot.PURCHASE_PROOF),
    CaseKind.NON_DELIVERY: (Slot.INVOICE_PHOTO, Slot.PURCHASE_PROOF, Slot.PHOTOS),
    CaseKind.PAYMENT: (Slot.RECEIPTS, Slot.PAYMENT_PROOF),
    CaseKind.STATEMENT: (Slot.CONTRACT,),
    CaseKind.BUYOUT: (Slot.CONTRACT,),
    CaseKind.CANCELLATION: (Slot.CONTRACT,),
    CaseKind.OTHER: (),
}

#: The item goes back to a store: the customer can be sent the steps.
GOES_BACK = frozenset({CaseKind.RETURN, CaseKind.EXCHANGE, CaseKind.DEFECTIVE})


def slots_of(kind: str) -> tuple[Slot, ...]:
    """In the order they are requested; proof of identity can be requested in every case."""
    return (*_OWN[CaseKind(kind)], Slot.IDENTITY)


def others(kind: str) -> tuple[Slot, ...]:
    own = slots_of(kind)
    return tuple(slot for slot in Slot if slot not in own)
