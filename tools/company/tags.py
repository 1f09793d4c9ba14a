"""What the team calls some cases, in the words of whoever typed it first."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from cases import actions
from cases.models import Case

NAMES = ("Cobro doble", "Tienda cerrada", "VIP", "Callback promised")
#: Which of the cases, in the order of their numbers, get which of the names.
GIVEN = ((0, 0), (0, 2), (2, 1), (3, 3), (5, 0), (7, 2), (8, 1), (11, 0))


def tag_some(*, by: User, now: datetime) -> None:
    cases = list(Case.objects.active().order_by("number")[:12])
    for place, name in GIVEN:
        if place < len(cases):
            actions.tag_case(case=cases[place], name=NAMES[name], by=by, now=now)
