"""How far back a search looks at once: what's newest first, and never more than a page may cost.

A word of every second text has millions of rows. PostgreSQL's own statistics say how many texts
have the common words and how many were written when, so what a step will read is known before.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from django.db import connection
from django.db.models import Q

from common.pages import Step

#: Rows that the index compares for a page; rows read from the table; rows whose case is read, too.
MOST_COMPARED, MOST_READ, MOST_LOOKED_UP = 80_000, 6_000, 2_000
#: Days that are looked at one by one, before whole months.
NEWEST_DAYS = (2, 8)
MOST_DAYS = 31
_STATISTICS = """
    WITH of_column AS (
        SELECT attname, histogram_bounds, most_common_elems, most_common_elem_freqs FROM pg_stats
        WHERE schemaname = 'public' AND tablename = 'cases_searchdocument'
    ), common AS (
        SELECT unnest(most_common_elems::text::text[]) AS stem,
            unnest(most_common_elem_freqs) AS share
        FROM of_column WHERE attname = 'words'
    )
    SELECT (SELECT reltuples FROM pg_class WHERE oid = 'public.cases_searchdocument'::regclass),
        (SELECT histogram_bounds::text::timestamptz[] FROM of_column WHERE attname = 'at'),
        (SELECT min(share) FROM (
            SELECT (SELECT COALESCE(sum(share), 0) FROM common
                WHERE stem = ANY (tsvector_to_array(puente_search_vector(asked)))) AS share
            FROM unnest(%s::text[]) AS asked
        ) AS of_each)
"""


class Expected(NamedTuple):
    """How many texts have the rarest of some words, and when they were written."""

    rows: float = 0
    #: Between each two of them lie equally many of all texts.
    bounds: Sequence[datetime] = ()

    @property
    def first(self) -> date:
        """The month of about the oldest text."""
        return self.bounds[0].astimezone(UTC).date().replace(day=1) if self.bounds else date.min

    def since(self, day: date) -> float:
        """Rows of this day and all later ones."""
        if len(self.bounds) < 2:
            return self.rows
        moment = _midnight(day)
        place = bisect_left(self.bounds, moment)
        if place in {0, len(self.bounds)}:
            return self.rows if place == 0 else 0.0
        before, after = self.bounds[place - 1], self.bounds[place]
        inside = place - (after - moment) / (after - before)
        return self.rows * (1 - inside / (len(self.bounds) - 1))

    def between(self, since: date, until: date) -> float:
        return max(0.0, self.since(since) - self.since(until))


def expected(words: Sequence[str]) -> Expected:
    """A word that the statistics don't know is rare. So is every word until there are any."""
    with connection.cursor() as cursor:
        cursor.execute(_STATISTICS, [list(words)])
        rows, bounds, share = cursor.fetchone()
    return Expected(rows * min(1.0, share or 0.0), bounds) if bounds else Expected()


def steps(
    newest: datetime, oldest: datetime | None, expects: Expected, *, most: int = MOST_COMPARED
) -> Iterator[Step]:
    """From the newest moment back to the oldest, in parts that get larger.

    `most`: how many rows with the words the page may cost. Of those that are only compared in the
    index, few are read from the table: where many match, the page is soon full.
    """
    until = newest.astimezone(UTC).date() + timedelta(days=1)
    last = oldest.astimezone(UTC).date() if oldest else date.min
    for days in NEWEST_DAYS if expects.rows > MOST_READ else NEWEST_DAYS[:1]:
        since = _back(until, days, last)
        read = expects.between(since, until)
        if until > last and read <= most:
            yield _by_days(since, until, last)
            until, most = since, most - int(read)
    if until > last:
        yield from _further(until, last, expects, most)


def _further(until: date, last: date, expects: Expected, most: float) -> Iterator[Step]:
    """What remains at once, if it's little; otherwise as many days or months as may be read."""
    if expects.between(last, until) <= min(most, MOST_READ):
        yield from _whole(until, last, expects)
        return
    a_month = expects.between(_back(until, MOST_DAYS, last), until)
    if a_month > most:
        days = max(1, int(MOST_DAYS * most / a_month))
        yield _by_days(_back(until, days, last), until, last)
        return
    first, months = max(last, expects.first), 1
    while until > first:
        since = max(_months_back(until, months), first)
        most -= expects.between(since, until)
        if most < 0:
            return
        yield _by_months(since, until, last)
        until, months = since, months * 2
    if until > last:
        yield Step(Q(day__lt=until))


def _whole(until: date, last: date, expects: Expected) -> Iterator[Step]:
    """Where all texts with the words are few, or where few are left of many."""
    if expects.rows <= MOST_READ:
        yield Step(Q(at__lt=_midnight(until)))
        return
    first = min(until, max(last, expects.first))
    if first < until:
        yield _by_months(first, until, last)
    if first > last:
        yield Step(Q(day__lt=first))  # hardly anything, if the statistics are right


def _by_days(since: date, until: date, last: date) -> Step:
    days = [since + timedelta(days=each) for each in range((until - since).days)]
    return Step(Q(day__in=days), _reached(since, last))


def _by_months(since: date, until: date, last: date) -> Step:
    months, month = [], since.replace(day=1)
    while month < until:
        months.append(month)
        month = (month + timedelta(days=MOST_DAYS)).replace(day=1)
    within = Q(month__in=months, at__gte=_midnight(since), at__lt=_midnight(until))
    return Step(within, _reached(since, last))


def _reached(since: date, last: date) -> datetime | None:
    return None if since <= last else _midnight(since)


def _back(until: date, days: int, last: date) -> date:
    return date.fromordinal(max(until.toordinal() - days, last.toordinal()))


def _months_back(until: date, months: int) -> date:
    """The first day of the month so many before: one is the month that isn't over."""
    for _each in range(months):
        until = (until - timedelta(days=1)).replace(day=1)
    return until


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
