"""The case about each return."""

from __future__ import annotations

from collections.abc import Iterable

from accounts.models import User
from cases.models import Case
from leases.models import MerchandiseReturn


def cases_about(rows: Iterable[MerchandiseReturn], *, user: User) -> dict[int | None, Case]:
    """By lease, in one query; an active case before a finished one, then the newest."""
    cases = Case.objects.visible_to(user).filter(
        lease__in=[row.lease_id for row in rows], kind__goes_back=True
    )
    about: dict[int | None, Case] = {}
    for case in sorted(cases, key=lambda each: (each.is_active, each.opened_at)):
        about[case.lease_id] = case
    return about
