"""The next case that no one has becomes someone's own."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from accounts.models import User
from cases.actions.change import add_event, touch
from cases.events import Assigned
from cases.models import Case, TakePreference
from cases.queries.take_next import next_keys

#: Every time, colleagues took all that was found: then there is more than enough for everybody.
_TRIES = 5


@transaction.atomic
def take_next(*, by: User, now: datetime) -> Case | None:
    """None if nothing waits. Two people who press at the same time get two cases."""
    if not by.works_cases:
        raise PermissionDenied
    for _time in range(_TRIES):
        keys = next_keys(by)
        free = Case.objects.active().awake().filter(pk__in=keys, assignee=None)
        locked = free.select_for_update(no_key=True, skip_locked=True, of=["self"])
        case = locked.order_by("rank", "due_on", "id").first() if keys else None
        if case:
            touch(case, now=now, assignee=by)
            add_event(case, Assigned(to=by.name), by=by, now=now)
        if case or not keys:
            return case
    return None


@transaction.atomic
def prefer_cases(*, languages: Collection[str], kinds: Collection[str], by: User) -> TakePreference:
    """What "Take next" gives them from now on: `kinds`, by their keys, or all of them.

    ValidationError `languages`.
    """
    if not by.works_cases:
        raise PermissionDenied
    chosen = [each for each in Language.values if each in languages]
    if not chosen:
        raise ValidationError(_("Choose at least one language."), code="languages")
    row, _is_new = TakePreference.objects.update_or_create(
        user=by, defaults={"languages": chosen, "kinds": list(kinds)}
    )
    return row
