"""The rows of kinds, proof and outcomes by their keys: each table is read once for a page.

Names are in the active language. A key that no row has is shown as it is.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from cases.models import CaseKind, CaseOutcome, EvidenceSlot, KindOutcome, KindSlot, ScriptSituation
from common.remembered import once

#: The keys of those that do something (actions/kind_effects.py); the rows are the administrator's.
AUTOPAY_REVOKED = "autopay_revoked"
IDENTITY_THEFT = "identity_theft"
CREDIT_BUREAU = "credit_bureau"
SALE_COMPLAINT = "sale_complaint"
DATA_REQUEST = "data_request"
PAID_OFF_LETTER = "paid_off_letter"
#: The proof that an attorney represents the customer.
REPRESENTATION = "representation"


def kinds() -> dict[str, CaseKind]:
    """Also those no longer offered, in the order an administrator chose."""
    return once("kinds", lambda: {each.key: each for each in CaseKind.objects.all()})


def slots() -> dict[str, EvidenceSlot]:
    return once("slots", lambda: {each.key: each for each in EvidenceSlot.objects.all()})


def outcomes() -> dict[str, CaseOutcome]:
    return once("outcomes", lambda: {each.key: each for each in CaseOutcome.objects.all()})


def situations() -> dict[str, ScriptSituation]:
    """Of scripts."""
    rows = ScriptSituation.objects
    return once("situations", lambda: {each.key: each for each in rows.all()})


def kind_name(key: str) -> str:
    row = kinds().get(key)
    return row.name if row else key


def slot_name(key: str) -> str:
    row = slots().get(key)
    return row.name if row else key


def outcome_name(key: str) -> str:
    row = outcomes().get(key)
    return row.name if row else key


def outcome_for_customer(key: str) -> str:
    """A sentence of its own."""
    row = outcomes().get(key)
    return row.sentence if row else ""


def offered_kinds() -> list[CaseKind]:
    return [each for each in kinds().values() if each.is_offered]


def slots_of(kind: str, *, kept: Collection[str] = ()) -> list[EvidenceSlot]:
    """What a case of this kind usually needs, in the order requested, then what every case may
    need. `kept`: listed even if they're no longer offered.
    """
    own = KindSlot.objects.filter(kind=kind).values_list("slot", flat=True)
    return [slots()[key] for key in _own_first(list(own), slots(), kept)]


def other_slots(kind: str) -> list[EvidenceSlot]:
    own = slots_of(kind)
    return [each for each in slots().values() if each.is_offered and each not in own]


def outcomes_for(kind: str, *, kept: Collection[str] = ()) -> list[CaseOutcome]:
    """How a case of this kind may end, in the order offered, and `kept`."""
    own = KindOutcome.objects.filter(kind=kind).values_list("outcome", flat=True)
    return [outcomes()[key] for key in _own_first(list(own), outcomes(), kept)]


def _own_first(
    own: list[str],
    rows: Mapping[str, EvidenceSlot] | Mapping[str, CaseOutcome],
    kept: Collection[str],
) -> list[str]:
    for_all = [key for key, row in rows.items() if row.of_every_kind and key not in own]
    return [key for key in (*own, *for_all) if rows[key].is_offered or key in kept]
