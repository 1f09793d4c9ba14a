from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db import OperationalError, transaction
from django.db.models import QuerySet

from cases.actions.add_entries import add_entries
from cases.actions.change import new_event
from cases.enums import CancelReason, Channel, FollowUpRule, FollowUpText, Visibility
from cases.events import FollowUpCancelled, FollowUpMoved, FollowUpSent
from cases.follow_up_times import put_off
from cases.mails.follow_up_mail import follow_up_mail
from cases.models import Entry, FollowUp
from cases.queries.follow_up_reasons import reason_gone, store_spoke
from cases.queries.next_step import turns
from common.company_day import business_day
from leases.queries.contact import window_of
from mail.outbound.enqueue import enqueue_all

log = logging.getLogger(__name__)

CHUNK = 50
#: For one run: the next beat continues.
MOST = 1000
CANCELLED, SENT, MOVED = (
    ("cancelled_at", "cancel_reason"),
    ("done_at", "language"),
    ("on", "send_at"),
)


def send_follow_ups(*, now: datetime) -> int:
    """Turns what is due into mails, each once; returns how many.

    Skips rows that another process holds. Each is checked again: it's canceled if its reason is
    gone, and postponed outside the customer's hours, for example after days without a beat. A
    follow-up that waits for a store's silence is canceled once the store has replied.
    """
    due = FollowUp.objects.due(now)
    mails, of_stores = due.filter(channel=Channel.EMAIL), due.filter(rule=FollowUpRule.STORE_SILENT)
    calls = of_stores.filter(channel=Channel.PHONE)  # those whose reason may be gone
    return sum(_settle_all(rows, now) for rows in (store_spoke(), mails, calls))


def _settle_all(rows: QuerySet[FollowUp], now: datetime) -> int:
    sent, seen = 0, set[int]()
    while len(seen) < MOST:
        with transaction.atomic():
            batch = list(
                rows.exclude(pk__in=seen)
                .select_for_update(skip_locked=True, of=("self",))
                .select_related(
                    "case__lease__customer", "case__lease__store__merchant", "case__contact"
                )
                .order_by("send_at", "pk")[:CHUNK]
            )
            seen.update(follow_up.pk for follow_up in batch)
            if batch:
                sent += _settle_batch(batch, now)
        if not batch:
            break
    return sent


def _settle_batch(batch: list[FollowUp], now: datetime) -> int:
    """One that can't be sent must not stop the others: then each is handled by itself."""
    try:
        with transaction.atomic():
            return _settle(batch, now)
    except OperationalError:
        raise
    except Exception as error:
        if len(batch) == 1:
            log.error("follow_up_not_sent id=%s error=%s", batch[0].pk, type(error).__name__)
            return 0
    # As they are in the database: the changes here were rolled back.
    fresh = FollowUp.objects.filter(pk__in=[each.pk for each in batch]).select_related(
        "case__lease__customer", "case__lease__store__merchant", "case__contact"
    )
    return sum(_settle_batch([follow_up], now) for follow_up in fresh.order_by("send_at", "pk"))


def _settle(batch: list[FollowUp], now: datetime) -> int:
    """Cancels, postpones or sends them in a few statements; returns how many were sent."""
    settled = []
    for follow_up in batch:
        reason = reason_gone(follow_up)
        if reason or follow_up.channel != Channel.PHONE:  # a call waits for someone to make it
            settled.append((follow_up, _settled(follow_up, reason, now)))
    add_entries([entry for _each, entry in settled if entry])
    _save(each for each, _entry in settled)
    sent = [(each, entry) for each, entry in settled if entry and each.done_at]
    told = turns([each.case for each, _entry in sent], since=business_day(now))
    mails = (
        follow_up_mail(each, entry=entry, told=told[each.case_id], now=now) for each, entry in sent
    )
    enqueue_all(mails, now=now)
    return len(sent)


def _save(settled: Iterable[FollowUp]) -> None:
    """One statement for all that changed the same way: one for fifty rows with their own values
    takes ten times as long to build.
    """
    alike = defaultdict(list)
    for each in settled:
        names = CANCELLED if each.cancelled_at else SENT if each.done_at else MOVED
        alike[tuple((name, getattr(each, name)) for name in names)].append(each.pk)
    for values, keys in alike.items():
        FollowUp.objects.filter(pk__in=keys).update(**dict(values))


def _settled(follow_up: FollowUp, reason: CancelReason | None, now: datetime) -> Entry | None:
    """What the timeline says about it, if anything."""
    if reason:
        follow_up.cancelled_at, follow_up.cancel_reason = now, reason
        cancelled = FollowUpCancelled(on=follow_up.on, channel=follow_up.channel, reason=reason)
        return new_event(follow_up.case, cancelled, by=None, now=now)
    if later := put_off(follow_up.rule, window_of(follow_up.case.person), now):
        before, follow_up.on, follow_up.send_at = follow_up.on, later.on, later.at
        if later.on == before:
            return None
        moved = FollowUpMoved(on=later.on, before=before, channel=follow_up.channel)
        return new_event(follow_up.case, moved, by=None, now=now)
    entry = new_event(
        follow_up.case,
        FollowUpSent(
            template=FollowUpText(follow_up.template),
            message=follow_up.message,
            language=follow_up.language,
        ),
        by=None,
        now=now,
        visibility=Visibility.PUBLIC,
    )
    follow_up.done_at, follow_up.language = now, follow_up.spoken
    return entry
