"""The call bar's leases while someone types: the newest few, from a bounded part of the tables.

What is common is found among the newest leases; what isn't found there is rare, and an index has
it. So no query sorts or reads a whole table, whatever was typed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from typing import Any, NamedTuple

from django.db.models import CharField, F, Func, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Collate, Upper

from accounts.models import User
from leases.likeness import TypedWord
from leases.models import Customer, Lease, Store
from leases.queries.names import CLOSE, SHORTEST_SLIP, words
from leases.queries.said_people import (
    MOST_PEOPLE,
    begins_with,
    by_index,
    has_rare_letters,
    has_within,
    phoned,
    resembling,
)
from leases.said import Said

MOST = 8  # shown
COUNTED = 20  # more aren't counted
NEWEST = 1_000  # leases that are looked at first
MOST_STORES = 200
ACCOUNT_DIGITS = 5  # of an account number that's still being typed
CODE_LETTERS = 4  # and of an invoice number
INNER_LETTERS = 3  # of a word that may stand inside another one
CUSTOMER = "customer__name_key"


def _read_of(column: str) -> Func:
    """Read of each row. Not the column itself: its index would list everyone with a common name."""
    return Func(F(column), Value(""), function="CONCAT", output_field=CharField())


class By(Enum):
    """What of a lease is like what was typed."""

    TYPED = "typed"  # a number or an address, or the beginning of either or of a name
    STORE = "store"
    LIKENESS = "likeness"  # a part of a name, or one with a typing error


class Suggested(NamedTuple):
    leases: list[Lease]
    total: int | None  # None if there are more than were counted
    is_sure: bool  # who was meant: whatever else is found only resembles it


class Newest(NamedTuple):
    leases: QuerySet[Lease]
    is_all: bool  # there are no older ones


class FoundKeys(NamedTuple):
    keys: list[int]  # of leases, newest first
    is_all: bool = True
    by: By = By.TYPED


def suggest_leases(said: Said, *, user: User, spoken_for: Sequence[int] = ()) -> Suggested:
    """At most MOST: those with exactly this number first, then the newest. `spoken_for`: customers
    whom someone speaks for who is like what was typed.
    """
    visible = Lease.objects.visible_to(user)
    keys: dict[int, None] = {}
    steps: list[FoundKeys] = []
    is_all = True
    for found in _steps(said, visible, spoken_for):
        steps.append(found)
        keys |= dict.fromkeys(found.keys)
        is_all = is_all and found.is_all
        if len(keys) >= MOST:
            is_all = is_all and len(keys) <= COUNTED
            break
    shown = list(keys)[:MOST]
    leases = visible.with_parties().in_bulk(shown)
    return Suggested(
        [leases[key] for key in shown], len(keys) if is_all else None, _is_one_person(steps, leases)
    )


def _is_one_person(steps: list[FoundKeys], leases: dict[int, Lease]) -> bool:
    """Whether all that was found by more than its likeness belongs to one customer."""
    typed = [each for each in steps if each.keys and each.by != By.LIKENESS]
    if not typed or typed[0].by != By.TYPED or not all(each.is_all for each in typed):
        return False
    keys = {key for each in typed for key in each.keys}
    return keys <= leases.keys() and len({leases[key].customer_id for key in keys}) == 1


def _steps(said: Said, leases: QuerySet[Lease], spoken_for: Sequence[int]) -> Iterator[FoundKeys]:
    """What is likeliest meant first; the next only if more are needed."""
    if said.email:
        yield _of_people(_mailed(said.email), leases)
        yield _of_people(spoken_for, leases)
    elif said.application:
        yield _first(leases.filter(application_id=said.application))
    elif said.code:
        yield _numbered(said.code, leases)
        if len(said.code) >= CODE_LETTERS:
            typed = said.code.upper()
            yield FoundKeys(_beginning(typed, leases, Upper("invoice_number"), COUNTED + 1))
        yield _of_people(_mailed(said.code.lower()), leases)
        yield _of_people(spoken_for, leases)
    elif said.number:
        yield from _by_number(said, leases)
    elif said.words:
        yield from _by_words(said, leases, spoken_for)


def _by_number(said: Said, leases: QuerySet[Lease]) -> Iterator[FoundKeys]:
    people = phoned(said, Customer.objects.all())
    if said.words:
        people = resembling(said.words, people, Customer.objects.all())
        yield _of_people(people, leases)
        exact = leases.filter(pk__in=_numbered(said.digits, leases).keys)
        yield _first(exact.filter(begins_with(said.words, CUSTOMER)))
        yield from _of_stores(said.text, leases)
        return
    yield _numbered(said.digits, leases)
    yield _of_people(people, leases)
    if len(said.digits) >= ACCOUNT_DIGITS:
        yield FoundKeys(_beginning(said.digits, leases, "account_number", COUNTED + 1))


def _by_words(
    said: Said, leases: QuerySet[Lease], spoken_for: Sequence[int]
) -> Iterator[FoundKeys]:
    newest = _newest(leases)
    named = _named(begins_with, said, leases, newest)
    yield named
    yield _of_people(spoken_for, leases)
    if not named.keys and all(len(word) >= INNER_LETTERS for word in said.words):
        yield _named(has_within, said, leases, newest)._replace(by=By.LIKENESS)
    yield from _of_stores(said.text, leases, newest)
    yield _misspelled(said.words, newest)


def _named(
    match: Callable[..., Q], said: Said, leases: QuerySet[Lease], looked_at: Newest
) -> FoundKeys:
    newest, is_all = looked_at
    common = _first(newest.alias(typed=_read_of(CUSTOMER)).filter(match(said.words, "typed")))
    if is_all or len(common.keys) >= MOST or not has_rare_letters(said.words):
        return FoundKeys(common.keys, is_all and common.is_all)
    looked_up, read = _looked_up(said.words)
    rows = Customer.objects.filter(match(looked_up)).alias(typed=_read_of("name_key"))
    return _of_people(by_index(rows.filter(match(read, "typed"))), leases)


def _looked_up(asked: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Words for the index, and those that the rows it finds are read for: another word takes the
    index longer than it takes to read rows, and two surnames are rare enough.
    """
    long = [word for word in asked if len(word) >= INNER_LETTERS][-2:]
    return (long, [word for word in asked if word not in long]) if len(long) == 2 else (asked, [])


def _misspelled(asked: Sequence[str], looked_at: Newest) -> FoundKeys:
    """Only among the newest: comparing every name takes longer than anyone waits while typing. The
    page of results compares them all.
    """
    long = [TypedWord(word) for word in asked if len(word) >= SHORTEST_SLIP]
    if not long:
        return FoundKeys([])
    newest, is_all = looked_at
    short = [word for word in asked if len(word) < SHORTEST_SLIP]
    rows = newest.alias(typed=_read_of(CUSTOMER)).filter(begins_with(short, "typed"))
    read = rows.order_by().values_list("applied_at", "pk", CUSTOMER)
    alike = sorted((row[:2] for row in read if _resembles(row[2], long)), reverse=True)
    keys = [key for _at, key in alike[: COUNTED + 1]]
    return FoundKeys(keys, is_all and len(keys) <= COUNTED, By.LIKENESS)


def _resembles(name: str, asked: list[TypedWord]) -> bool:
    named = name.split()
    return all(any(each.is_like(word, CLOSE) for word in named) for each in asked)


def _newest(leases: QuerySet[Lease]) -> Newest:
    times = leases.order_by("-applied_at", "-id").values_list("applied_at", flat=True)
    since = times[NEWEST : NEWEST + 1].first()
    return Newest(leases.filter(applied_at__gte=since), False) if since else Newest(leases, True)


def _of_people(people: Sequence[int], leases: QuerySet[Lease]) -> FoundKeys:
    if not people:
        return FoundKeys([])
    found = _first(leases.filter(customer__in=people))
    return FoundKeys(found.keys, found.is_all and len(people) < MOST_PEOPLE)


def _of_stores(
    text: str, leases: QuerySet[Lease], looked_at: Newest | None = None
) -> Iterator[FoundKeys]:
    asked = words(text)
    named = Store.objects.filter(begins_with(asked)).order_by()
    of_merchants = Store.objects.filter(begins_with(asked, "merchant__name_key")).order_by()
    stores = list(named.union(of_merchants).values_list("pk", flat=True)[: MOST_STORES + 1])
    if not stores:
        return
    newest, is_all = looked_at or _newest(leases)
    common = _first(newest.filter(store__in=stores))
    if is_all or len(common.keys) >= MOST or len(stores) > MOST_STORES:
        yield FoundKeys(common.keys, is_all and common.is_all, By.STORE)
    else:
        yield _first(leases.filter(store__in=stores))._replace(by=By.STORE)


def _numbered(number: str, leases: QuerySet[Lease]) -> FoundKeys:
    """In two queries: an OR of both would have no order."""
    account = _first(leases.filter(account_number=number.upper()))
    invoice = _first(leases.filter(invoice_number__iexact=number))
    return FoundKeys([*account.keys, *invoice.keys])


def _mailed(beginning: str) -> list[int]:
    return _beginning(beginning, Customer.objects.all(), "email", MOST_PEOPLE)


def _beginning(typed: str, rows: QuerySet[Any], column: str | Combinable, most: int) -> list[int]:
    """In the order of an index that knows beginnings, whatever collation the database has."""
    rows = rows.alias(begins=Collate(column, "C")).filter(begins__startswith=typed)
    return list(rows.order_by("begins").values_list("pk", flat=True)[:most])


def _first(leases: QuerySet[Lease]) -> FoundKeys:
    rows = leases.order_by("-applied_at", "-id").values_list("pk", flat=True)
    keys = list(rows[: COUNTED + 1])
    return FoundKeys(keys, len(keys) <= COUNTED)
