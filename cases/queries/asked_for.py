from __future__ import annotations

from django.db.models import Q

from cases import lifecycle
from cases.enums import CaseStatus, Event
from cases.models import Case, Entry

_ASKING = (Event.EVIDENCE_REQUESTED, Event.EVIDENCE_UNREADABLE)
_ENDED = [status.value for status in CaseStatus if status not in lifecycle.ACTIVE]


def asked_for(case: Case) -> list[str]:
    """What was asked for and nobody has noted as received, as Slot codes, in the order of asking.

    A file alone settles nothing: which of the things it is, somebody sees by looking at it. What
    was open as a case ended is not asked for again when it goes on.
    """
    said = Entry.objects.filter(
        Q(event__in=[*_ASKING, Event.EVIDENCE_SETTLED])
        | Q(event=Event.STATUS_CHANGED, params__to_status__in=_ENDED),
        case=case,
    )
    still_open: dict[str, None] = {}
    for event, params in said.order_by("at", "pk").values_list("event", "params"):
        if event in _ASKING:  # also once more, for a file that cannot be read
            still_open |= dict.fromkeys(params.get("slots", ()))
        elif event == Event.EVIDENCE_SETTLED:
            for slot in params["slots"]:
                still_open.pop(slot, None)
        else:
            still_open.clear()
    return list(still_open)


def ever_asked(case: Case) -> list[str]:
    """Everything that was asked for in this case, as Slot codes."""
    said = Entry.objects.filter(case=case, event=Event.EVIDENCE_REQUESTED).order_by("at", "pk")
    asked = said.values_list("params__slots", flat=True)
    return list(dict.fromkeys(slot for slots in asked for slot in slots))
