from __future__ import annotations

from cases.enums import ItemState
from cases.models import AskedItem, Case


def asked_for(case: Case) -> list[str]:
    """What the customer still has to send, as keys of EvidenceSlot, in the order requested."""
    missing = AskedItem.objects.filter(case=case).missing()
    return list(missing.values_list("slot", flat=True))


def ever_asked(case: Case) -> list[str]:
    """Everything that was requested in this case, as keys of EvidenceSlot."""
    return list(AskedItem.objects.filter(case=case).values_list("slot", flat=True))


def items_of(case: Case) -> list[AskedItem]:
    """Each with its files; without those no longer needed."""
    items = AskedItem.objects.filter(case=case).exclude(state=ItemState.DROPPED)
    return list(items.select_related("slot").prefetch_related("files"))
