"""Limits how many mails an address gets in an hour, whatever goes wrong elsewhere.

The rest is postponed, never dropped. What may have arrived counts as arrived. Each sender process
counts alone, so several at once may exceed the limit by what they have in hand. A code that someone
waits for doesn't count.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Min, Sum

from mail.enums import EmailState
from mail.models import Email

PERIOD = timedelta(hours=1)


class Cap:
    def __init__(self, addresses: Iterable[str], *, now: datetime) -> None:
        self._most: int = settings.MAIL_CAP_PER_HOUR
        self._sent: dict[str, int] = {}
        self._first: dict[str, datetime] = {}
        ours = Email.objects.filter(to__in=set(addresses), is_secret=False)
        lately = (now - PERIOD, now + PERIOD)  # ignores dates set by a clock far ahead
        sent = ours.filter(state=EmailState.SENT, sent_at__range=lately)
        may_have_arrived = ours.filter(unanswered_at__range=lately)
        for to, count, first in [
            *sent.values_list("to").annotate(count=Count("*"), first=Min("sent_at")),
            *may_have_arrived.values_list("to").annotate(
                count=Sum("unanswered"), first=Min("unanswered_at")
            ),
        ]:
            self._sent[to] = self._sent.get(to, 0) + count
            self._first[to] = min(first, self._first.get(to, first))

    def goes_at(self, address: str, now: datetime) -> datetime:
        """`now`, or when the first mail of the last hour stops counting."""
        if self._sent.get(address, 0) < self._most:
            return now
        return self._first[address] + PERIOD

    def count(self, address: str, now: datetime) -> None:
        self._sent[address] = self._sent.get(address, 0) + 1
        self._first.setdefault(address, now)
