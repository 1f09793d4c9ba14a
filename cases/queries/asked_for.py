from __future__ import annotations

from typing import Any, cast

from cases.enums import Event
from cases.models import Case, Entry


def asked_for(case: Case) -> list[str]:
    """The evidence that was last asked for, as Slot codes; empty if none ever was."""
    requests = Entry.objects.filter(case=case, event=Event.EVIDENCE_REQUESTED)
    params = cast("dict[str, Any] | None", requests.values_list("params", flat=True).first())
    return list(params["slots"]) if params else []
