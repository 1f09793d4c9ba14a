"""How a case of each kind may end: the codes its resolution chooses from. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from cases.enums import Kind
from cases.enums import Outcome as O

_CHARGE = (O.CHARGE_REMOVED, O.CHARGE_CORRECT)
_GOODS = (O.REPAIRED, O.EXCHANGED, O.RETURNED)

_OWN: Mapping[Kind, tuple[O, ...]] = {
    Kind.LATE_PAYMENT: (O.PLAN_AGREED, O.PAYMENT_APPLIED, O.FEE_WAIVED, O.CHARGE_CORRECT),
    Kind.CHARGE_DISPUTE: _CHARGE,
    Kind.CHARGE_QUESTION: _CHARGE,
    Kind.FRAUD: (O.FRAUD_CONFIRMED, O.FRAUD_NOT_FOUND, *_CHARGE),
    Kind.RETURN: (O.RETURNED, O.EXCHANGED, O.RETURN_REFUSED),
    Kind.EXCHANGE: (O.EXCHANGED, O.RETURNED, O.RETURN_REFUSED),
    Kind.DEFECTIVE: (*_GOODS, O.RETURN_REFUSED),
    Kind.NON_DELIVERY: (O.DELIVERED, O.LEASE_CANCELED),
    Kind.PAYMENT: (O.PAYMENT_APPLIED, O.INFORMED, O.PLAN_AGREED),
    Kind.STATEMENT: (O.INFORMED,),
    Kind.BUYOUT: (O.BOUGHT, O.INFORMED),
    Kind.CANCELLATION: (O.LEASE_CANCELED, O.INFORMED),
    Kind.OTHER: (O.DONE, O.INFORMED),
}
#: Every kind may end in these, too.
_ANY = (O.DECLINED, O.WITHDRAWN, O.NO_ANSWER, O.OTHER_CASE)


def offered(kind: str) -> tuple[O, ...]:
    """In the order a form shows them."""
    return (*_OWN[Kind(kind)], *_ANY)
