"""How cases ended, read from their history: reopening takes nothing away from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cases.enums import CaseStatus, Event
from cases.models import Case, Entry


def outcomes_of(cases: Iterable[Case]) -> Mapping[int, str]:
    """By the pk of a case that has ended, the key of its newest outcome. No query if none has."""
    ended = [case.pk for case in cases if not case.is_active]
    if not ended:
        return {}
    resolved = Entry.objects.filter(
        case__in=ended,
        event=Event.STATUS_CHANGED,
        params__to_status=CaseStatus.RESOLVED.value,
        params__has_key="outcome",  # cases resolved before there were outcomes have none
    )
    newest = resolved.order_by("case", "-at", "-id").distinct("case").values_list("case", "params")
    return {case: params["outcome"] for case, params in newest}
