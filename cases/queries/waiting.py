"""What waits for someone on the lists of correspondence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import CharField, QuerySet, Value

from accounts.models import User
from cases.models import InboundMail
from cases.queries.calendar import calls_due
from mail.models import Email, SuppressedAddress

#: A count stops here and is shown as "99+".
CAP = 99


def waiting(user: User, now: datetime) -> Mapping[str, int]:
    """By list, how much waits for this person, at most `CAP` + 1. One query for all of them."""
    first, *others = (
        rows.order_by().values_list(Value(name, CharField()))[: CAP + 1]
        for name, rows in _lists(user, now).items()
    )
    return Counter(name for (name,) in first.union(*others, all=True))


def capped(count: int) -> str:
    """Empty for none."""
    if not count:
        return ""
    return f"{CAP}+" if count > CAP else str(count)


def _lists(user: User, now: datetime) -> dict[str, QuerySet[Any]]:
    lists: dict[str, QuerySet[Any]] = {
        "follow_ups": calls_due(user, now),
        "parked": InboundMail.objects.visible_to(user).parked(),
        "addresses": SuppressedAddress.objects.visible_to(user).in_force(),
    }
    if user.supervises:
        lists["uncertain"] = Email.objects.visible_to(user).undecided()
    return lists
