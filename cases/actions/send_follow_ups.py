from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from django.db import OperationalError, transaction
from django.db.models import QuerySet

from cases.actions.change import add_event
from cases.enums import Channel, Event, FollowUpRule, Visibility
from cases.follow_up_times import put_off
from cases.mail.follow_up_mail import enqueue_follow_up
from cases.models import FollowUp
from cases.queries.follow_up_reasons import reason_gone, store_spoke
from leases.queries.contact import window_of

log = logging.getLogger(__name__)

CHUNK = 50
#: Of one run: the next beat goes on.
MOST = 1000


def send_follow_ups(*, now: datetime) -> int:
    """Turn what is due into mails, each once; how many.

    Rows another process holds are left to it. Each is looked at again: without its reason it is
    cancelled, and outside the customer's hours, as after days without a beat, it is put off. What
    waits for a store's silence is cancelled as soon as the store has spoken.
    """
    due = FollowUp.objects.due(now)
    mails, of_stores = due.filter(channel=Channel.EMAIL), due.filter(rule=FollowUpRule.STORE_SILENT)
    calls = of_stores.filter(channel=Channel.PHONE)  # that may have lost their reason
    return sum(_settle_all(rows, now) for rows in (store_spoke(), mails, calls))


def _settle_all(rows: QuerySet[FollowUp], now: datetime) -> int:
    sent, seen = 0, set[int]()
    while len(seen) < MOST:
        with transaction.atomic():
            batch = list(
                rows.exclude(pk__in=seen)
                .select_for_update(skip_locked=True, of=("self",))
                .select_related("case__lease__customer", "case__lease__store__merchant")
                .order_by("send_at", "pk")[:CHUNK]
            )
            seen.update(follow_up.pk for follow_up in batch)
            for follow_up in batch:
                try:
                    with transaction.atomic():
                        sent += _settle(follow_up, now)
                except OperationalError:
                    raise
                except Exception as error:  # one that cannot be sent must not stop the others
                    kind = type(error).__name__
                    log.error("follow_up_not_sent id=%s error=%s", follow_up.pk, kind)
        if not batch:
            break
    return sent


def _settle(follow_up: FollowUp, now: datetime) -> bool:
    """Cancelled, put off or sent; whether it was sent. A call waits for somebody to make it."""
    if reason := reason_gone(follow_up):
        follow_up.cancelled_at, follow_up.cancel_reason = now, reason
        follow_up.save(update_fields=["cancelled_at", "cancel_reason"])
        _event(follow_up, Event.FOLLOW_UP_CANCELLED, now, reason=reason)
        return False
    if follow_up.channel == Channel.PHONE:
        return False
    if later := put_off(follow_up.rule, window_of(follow_up.case.lease.customer), now):
        before, follow_up.on, follow_up.send_at = follow_up.on, later.on, later.at
        follow_up.save(update_fields=["on", "send_at"])
        if later.on != before:
            _event(follow_up, Event.FOLLOW_UP_MOVED, now, before=before.isoformat())
        return False
    entry = add_event(
        follow_up.case,
        Event.FOLLOW_UP_SENT,
        by=None,
        now=now,
        visibility=Visibility.PUBLIC,
        message=follow_up.message,
        language=follow_up.language,
        template=follow_up.template,
    )
    follow_up.done_at, follow_up.language = now, follow_up.spoken
    follow_up.save(update_fields=["done_at", "language"])
    enqueue_follow_up(follow_up, entry=entry, now=now)
    return True


def _event(follow_up: FollowUp, event: Event, now: datetime, **params: Any) -> None:
    on, channel = follow_up.on.isoformat(), follow_up.channel
    add_event(follow_up.case, event, by=None, now=now, on=on, channel=channel, **params)
