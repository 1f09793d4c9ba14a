from __future__ import annotations

from typing import Any

from accounts.models import User
from leases.enums import Actor
from leases.models import ApiKey

#: A person, a merchant's system by its key, or (None) a merchant's system without one.
By = User | ApiKey | None


def who(by: By) -> dict[str, Any]:
    """The fields of a history row that say who did it."""
    return {"actor": Actor.PERSON if isinstance(by, User) else Actor.MERCHANT} | author(by)


def author(by: By) -> dict[str, Any]:
    """The same for rows that have `by` and `api_key` only."""
    return {
        "by": by if isinstance(by, User) else None,
        "api_key": by if isinstance(by, ApiKey) else None,
    }
