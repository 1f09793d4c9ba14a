"""A case is snoozed until a day, or until something comes in; it comes back automatically."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases import lifecycle
from cases.actions.change import add_event, locked, refuse_ended, touch, wake
from cases.enums import SnoozeEnd
from cases.events import Snoozed
from cases.models import Case
from cases.queries.snooze import Bound, morning_of, snooze_limit
from common.formats import day

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

log = logging.getLogger(__name__)

_TOO_LONG: Mapping[Bound, StrPromise] = {
    Bound.STEP: _(
        "The next step is due by %(day)s. Choose that day or an earlier one, or set a new date"
        " for it first."
    ),
    Bound.PROMISE: _(
        "An agreement with the customer is due by %(day)s. Choose that day or an earlier one."
    ),
    Bound.OUTSIDE: _(
        "An outside agency expects our response by %(day)s. Choose that day or an earlier one."
    ),
}
#: If not even tomorrow is early enough.
_DUE: Mapping[Bound, StrPromise] = {
    Bound.STEP: _("The next step is due by %(day)s. Set a new date for it first."),
    Bound.PROMISE: _(
        "An agreement with the customer is due by %(day)s. Do what was agreed and mark it as kept,"
        " or withdraw it, first."
    ),
    Bound.OUTSIDE: _("An outside agency expects our response by %(day)s. This case can’t wait."),
}


@transaction.atomic
def snooze_case(
    *, case: Case, until: date, on_reply: bool = True, reason: str, by: User, now: datetime
) -> Case:
    """It leaves the queue until the morning of that day, or until something comes in before, and
    is then back automatically. What the customer was promised goes on; snoozed again, the new day
    counts.

    ValidationError `reason`, `snooze_past`, `case_over`, `case_merged`, `snooze_escalated`,
    `snooze_due` (something can't wait until tomorrow), `snooze_too_long` (beyond a day that someone
    counts on).
    """
    if not by.works_cases:
        raise PermissionDenied
    reason = reason.strip()
    if not reason:
        raise ValidationError(_("Say why. Your team reads it in the case."), code="reason")
    case = locked(case)
    refuse_unsnoozable(case, now)
    moment = morning_of(until)
    if moment <= now:
        raise ValidationError(
            _("The case would be back already. Choose tomorrow or later."), code="snooze_past"
        )
    limit = snooze_limit(case)
    if until > limit.on:
        raise ValidationError(
            _TOO_LONG[limit.bound], code="snooze_too_long", params={"day": day(limit.on)}
        )
    if (case.snoozed_until, case.snooze_ends_on_reply, case.snooze_reason) == (
        moment, on_reply, reason,
    ):  # fmt: skip
        return case  # a second click
    touch(case, now=now, snoozed_until=moment, snooze_ends_on_reply=on_reply, snooze_reason=reason)
    add_event(case, Snoozed(on=until, on_reply=on_reply, reason=reason), by=by, now=now)
    return case


def refuse_unsnoozable(case: Case, now: datetime) -> None:
    """Raises those errors of `snooze_case` that no other day would avoid."""
    refuse_ended(case)
    if case.status not in lifecycle.SNOOZABLE:
        raise ValidationError(
            _("A supervisor decides about this case, so it can’t be snoozed."),
            code="snooze_escalated",
        )
    limit = snooze_limit(case)
    if morning_of(limit.on) <= now:
        raise ValidationError(_DUE[limit.bound], code="snooze_due", params={"day": day(limit.on)})


@transaction.atomic
def bring_back(*, case: Case, by: User, now: datetime) -> bool:
    """Back in the queue before its day; False if it's there already."""
    if not by.works_cases:
        raise PermissionDenied
    case = locked(case)
    if case.snoozed_until is None:
        return False
    wake(case, SnoozeEnd.BY_HAND, by=by, now=now)
    return True


def wake_snoozed(*, now: datetime) -> int:
    """Those whose morning has come, each with the email to whoever has it; how many. May run twice,
    or not for a week.
    """
    due = Case.objects.snoozed().filter(snoozed_until__lte=now).order_by("snoozed_until", "pk")
    return sum(_woken(key, now) for key in list(due.values_list("pk", flat=True)))


def _woken(key: int, now: datetime) -> bool:
    """One that can't come back must not keep the others."""
    try:
        return _wake(key, now)
    except Exception as error:
        log.error("case_not_woken id=%s error=%s", key, type(error).__name__)
        return False


@transaction.atomic
def _wake(key: int, now: datetime) -> bool:
    case = locked(Case(pk=key))
    if case.snoozed_until is None or case.snoozed_until > now:
        return False  # someone was faster
    wake(case, SnoozeEnd.DAY_CAME, by=None, now=now)
    return True
