"""No address gets more than so many mails in an hour, whatever goes wrong elsewhere.

The rest is put off, never dropped. Drainers count for themselves, so several at once may go over by
what they have in their hands; a code that somebody waits for is not counted against anybody.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Min

from cases.enums import EmailState
from cases.models import Email

PERIOD = timedelta(hours=1)


class Cap:
    def __init__(self, addresses: Iterable[str], *, now: datetime) -> None:
        self._most: int = settings.MAIL_CAP_PER_HOUR
        self._sent: dict[str, int] = {}
        self._first: dict[str, datetime] = {}
        lately = Email.objects.filter(
            state=EmailState.SENT,
            to__in=set(addresses),
            sent_at__gt=now - PERIOD,
            is_secret=False,
        )
        for to, count, first in (
            lately.values("to")
            .annotate(count=Count("*"), first=Min("sent_at"))
            .values_list("to", "count", "first")
        ):
            self._sent[to], self._first[to] = count, first

    def goes_at(self, address: str, now: datetime) -> datetime:
        """`now`, or when the first mail of the last hour no longer counts."""
        if self._sent.get(address, 0) < self._most:
            return now
        return self._first[address] + PERIOD

    def count(self, address: str, now: datetime) -> None:
        self._sent[address] = self._sent.get(address, 0) + 1
        self._first.setdefault(address, now)
