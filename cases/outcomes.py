"""How a case of each kind may end: the codes its resolution chooses from. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from cases.enums import CaseKind
from cases.enums import Outcome as O

_CHARGE = (O.CHARGE_REMOVED, O.CHARGE_CORRECT)
_GOODS = (O.REPAIRED, O.EXCHANGED, O.RETURNED)

_OWN: Mapping[CaseKind, tuple[O, ...]] = {
    CaseKind.LATE_PAYMENT: (O.PLAN_AGREED, O.PAYMENT_APPLIED, O.FEE_WAIVED, O.CHARGE_CORRECT),
    CaseKind.CHARGE_DISPUTE: _CHARGE,
    CaseKind.CHARGE_QUESTION: _CHARGE,
    CaseKind.FRAUD: (O.FRAUD_CONFIRMED, O.FRAUD_NOT_FOUND, *_CHARGE),
    CaseKind.RETURN: (O.RETURNED, O.EXCHANGED, O.RETURN_REFUSED),
    CaseKind.EXCHANGE: (O.EXCHANGED, O.RETURNED, O.RETURN_REFUSED),
    CaseKind.DEFECTIVE: (*_GOODS, O.RETURN_REFUSED),
    CaseKind.NON_DELIVERY: (O.DELIVERED, O.LEASE_CANCELED),
    CaseKind.PAYMENT: (O.PAYMENT_APPLIED, O.INFORMED, O.PLAN_AGREED),
    CaseKind.STATEMENT: (O.INFORMED,),
    CaseKind.BUYOUT: (O.BOUGHT, O.INFORMED),
    CaseKind.CANCELLATION: (O.LEASE_CANCELED, O.INFORMED),
    CaseKind.OTHER: (O.DONE, O.INFORMED),
}
#: Every kind may end in these, too.
_ANY = (O.DECLINED, O.WITHDRAWN, O.NO_ANSWER, O.OTHER_CASE)


def offered(kind: str) -> tuple[O, ...]:
    """In the order a form shows them."""
    return (*_OWN[CaseKind(kind)], *_ANY)
