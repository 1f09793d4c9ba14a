"""Which case someone takes next: what is due first of what no one has, in the languages and for the
reasons they chose.
"""

from __future__ import annotations

from typing import NamedTuple

from accounts.enums import Language
from accounts.models import User
from cases import kinds
from cases.models import Case, TakePreference

#: Candidates of each language and reason, and of all of them: colleagues take some of them.
MOST = 20


class Takes(NamedTuple):
    """What someone takes."""

    languages: tuple[str, ...]
    kinds: tuple[str, ...]  # keys; none of them: all


ALL = Takes(tuple(Language.values), ())


def taken_by(user: User) -> Takes:
    row = TakePreference.objects.filter(user=user).first()
    if row is None:
        return ALL
    return Takes(tuple(row.languages), tuple(row.kinds))


def next_keys(user: User) -> list[int]:
    """Of at most MOST cases, what is due first. One query with a short read of an index for each
    language and reason: one read of all of them would pass over every case of the others.
    """
    taken = taken_by(user)
    free = Case.objects.visible_to(user).active().awake().filter(assignee=None)
    if not user.supervises:
        free = free.filter(rank=1)  # a supervisor decides about those that are escalated
    order = ("rank", "due_on", "id")
    reasons = taken.kinds or tuple(kinds.kinds())
    parts = [
        free.filter(language=language, kind=kind).order_by(*order).values_list(*order)[:MOST]
        for language in taken.languages
        for kind in reasons
    ]
    if not parts:
        return []
    rows = parts[0]
    if len(parts) > 1:
        rows = rows.union(*parts[1:], all=True).order_by(*order)[:MOST]
    return [key for _, _, key in rows]
