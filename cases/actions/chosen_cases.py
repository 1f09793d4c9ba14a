"""Many cases at once, as they were seen in the queue: which of them can still be changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import NamedTuple

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.enums import NotChanged
from cases.models import Case

#: Cases in one go; a page of the queue has 30.
MOST_AT_ONCE = 1000


class Skipped(NamedTuple):
    number: str
    why: NotChanged


def check_chosen(chosen: Mapping[str, int], reason: str, *, by: User) -> None:
    """ValidationError `reason`, `no_cases`, `too_many_cases`."""
    if not by.works_cases:
        raise PermissionDenied
    if not reason.strip():
        raise ValidationError(_("Say why. Your team reads it in each case."), code="reason")
    if not chosen:
        raise ValidationError(_("Select at least one case."), code="no_cases")
    if len(chosen) > MOST_AT_ONCE:
        raise ValidationError(
            _("Select at most %(most)s cases."),
            code="too_many_cases",
            params={"most": f"{MOST_AT_ONCE:,}"},
        )


def lock_chosen(
    chosen: Mapping[str, int], *, by: User, keeps: Callable[[Case], NotChanged | None]
) -> tuple[list[Case], list[Skipped]]:
    """Those that can be changed, locked in the order of their keys, as any two of us would; and the
    others. `chosen`: the versions that were seen, by number; `keeps`: what else a case stays for.
    """
    seen = Case.objects.visible_to(by).filter(number__in=chosen)
    found = {each.number: each for each in seen.select_for_update(no_key=True).order_by("pk")}
    skipped = [
        Skipped(number, why)
        for number, version in chosen.items()
        if (why := _why_not(found.get(number), version, keeps))
    ]
    kept = {each.number for each in skipped}
    return [each for number, each in found.items() if number not in kept], skipped


def save_chosen(cases: list[Case], *changed: str, now: datetime) -> None:
    """Each as its next version."""
    for case in cases:
        case.version, case.changed_at = case.version + 1, now
    Case.objects.bulk_update(cases, [*changed, "version", "changed_at"], batch_size=200)


def _why_not(
    case: Case | None, version: int, keeps: Callable[[Case], NotChanged | None]
) -> NotChanged | None:
    if case is None:
        return NotChanged.UNKNOWN
    if case.version != version:
        return NotChanged.CHANGED
    return keeps(case) if case.is_active else NotChanged.OVER
