from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied

from accounts.enums import Role
from accounts.models import User
from leases.enums import Actor
from leases.models import ApiKey


class Clock(NamedTuple):
    """No one did it: the time came."""

    started_at: datetime


#: A person, a merchant's system by its key, the clock, or (None) a merchant's system without a key.
By = User | ApiKey | Clock | None


def only_administrators(by: User) -> None:
    if by.role != Role.ADMINISTRATOR:
        raise PermissionDenied


def who(by: By) -> dict[str, Any]:
    """The fields of a history row that say who did it."""
    if isinstance(by, Clock):
        return {"actor": Actor.CLOCK, "clock_started_at": by.started_at}
    return {"actor": Actor.PERSON if isinstance(by, User) else Actor.MERCHANT} | author(by)


def author(by: By) -> dict[str, Any]:
    """The same for rows that only have `by` and `api_key`."""
    return {
        "by": by if isinstance(by, User) else None,
        "api_key": by if isinstance(by, ApiKey) else None,
    }
