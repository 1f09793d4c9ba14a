"""What a customer wished is honored at once: what is planned against it is canceled."""

from __future__ import annotations

from datetime import datetime, time

from django.db import transaction

from accounts.models import User
from cases.actions.change import add_event, cancel_follow_ups, locked, touch
from cases.enums import CancelReason, Channel
from cases.events import WishesChanged
from cases.models import Case
from leases.actions import set_wishes
from leases.contact_wishes import Wishes
from leases.enums import WishSource
from leases.models import Customer


@transaction.atomic
def change_wishes(
    *,
    customer: Customer,
    wishes: Wishes,
    source: WishSource,
    asked_by: str = "",
    case: Case | None = None,
    call: str = "",
    seen: int | None = None,
    by: User,
    now: datetime,
) -> bool:
    """False if they said so before. `case` or the number of a `call`: where they said it.

    Without calls, the planned ones of all their cases are canceled. ValidationError: those of
    `set_wishes`.
    """
    said_in = case.number if case else call
    changed = set_wishes(
        customer=customer,
        wishes=wishes,
        source=source,
        asked_by=asked_by,
        said_in=said_in,
        seen=seen,
        by=by,
        now=now,
    )
    if changed is None:
        return False
    if not wishes.allow_calls:
        theirs = Case.objects.active().filter(lease__customer=customer)
        for each in theirs.order_by("pk").select_for_update(no_key=True, of=("self",)):
            cancel_follow_ups(each, CancelReason.NO_CALLS, by=by, now=now, channel=Channel.PHONE)
    if case is not None:
        case = locked(case)
        touch(case, now=now)
        told = WishesChanged(
            no_calls=changed.no_calls,
            not_at_work=changed.not_at_work,
            at_work=changed.phone_at_work,
            channel=changed.channel,
            days=tuple(changed.days),
            start=_written(changed.start),
            end=_written(changed.end),
            asked_by=changed.asked_by,
        )
        add_event(case, told, by=by, now=now)
    return True


def _written(hour: time | None) -> str:
    return hour.isoformat("minutes") if hour else ""
