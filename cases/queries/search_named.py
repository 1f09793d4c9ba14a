"""`garcía devolución`: words that are someone's name, and the others in a text of their cases."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import and_
from typing import NamedTuple

from django.db import connection
from django.db.models import OuterRef, Q, Subquery, TextField, Value
from django.db.models.functions import Concat
from django.db.models.lookups import Contains

from accounts.models import User
from cases.models import Case, CaseContact
from cases.search_text import AskedTerm, ParsedSearch
from cases.snippets import plain
from leases.models import Customer

#: So many people are looked up by name, and so many of their cases; of a more common name, the
#: newest texts with the other words are compared.
MOST_PEOPLE, MOST_CASES = 200, 1_000
MOST_WORDS, SHORTEST = 4, 3
#: Who has each word as a name: 20 of the newest 4,000 customers make it a common one (null).
_NAMED = """
    SELECT asked.word,
        CASE WHEN (
            SELECT count(*) FROM (
                SELECT FROM (
                    SELECT name_key FROM leases_customer ORDER BY id DESC LIMIT 4000
                ) AS newest
                WHERE ' ' || name_key LIKE '%% ' || asked.word || ' %%' LIMIT 20
            ) AS found
        ) < 20 THEN ARRAY(
            SELECT id FROM leases_customer
            WHERE name_key LIKE '%% ' || asked.word || ' %%' OR name_key LIKE asked.word || ' %%'
            LIMIT %(most)s
        ) END,
        ARRAY(
            SELECT id FROM cases_casecontact
            WHERE name_key LIKE '%% ' || asked.word || ' %%' OR name_key LIKE asked.word || ' %%'
            LIMIT %(most)s
        )
    FROM unnest(%(words)s::text[]) AS asked (word)
"""


class Way(NamedTuple):
    """Texts about someone that have these words."""

    about: Q
    terms: tuple[AskedTerm, ...]


class People(NamedTuple):
    customers: list[int] | None  # None: more than anyone would look up
    contacts: list[int]  # of cases without a lease

    @property
    def are_many(self) -> bool:
        return self.customers is None or len(self.customers) > MOST_PEOPLE


class Named(NamedTuple):
    ways: Sequence[Way] = ()
    rest: tuple[AskedTerm, ...] = ()  # words of texts that every way asks for
    looks_up: bool = False  # the person of each found text


def of_people_named(asked: ParsedSearch, *, user: User) -> Named:
    """None of it unless some of the words are names and others aren't."""
    words = {term: plain(term.text) for term in asked.wanted}
    may_be = [each for each in words.values() if _may_be_a_name(each)]
    if not user.works_cases or len(words) < 2 or not may_be:
        return Named()
    people = _people(may_be[:MOST_WORDS])
    rest = tuple(term for term in asked.terms if words.get(term) not in people)
    if not people or not any(term.is_wanted for term in rest):
        return Named()
    if together := _all_in_one(people):
        return _ways([(list(people), together, rest)], rest)
    each_alone = [
        ([name], of_it, tuple(term for term in asked.terms if words.get(term) != name))
        for name, of_it in people.items()
    ]
    return _ways(each_alone, rest)


def _may_be_a_name(word: str) -> bool:
    return word.isalpha() and len(word) >= SHORTEST


def _people(words: Sequence[str]) -> dict[str, People]:
    """Of the words that are someone's name."""
    with connection.cursor() as cursor:
        cursor.execute(_NAMED, {"words": list(words), "most": MOST_PEOPLE + 1})
        found = {word: People(*them) for word, *them in cursor.fetchall()}
    return {word: people for word, people in found.items() if people != People([], [])}


def _all_in_one(people: dict[str, People]) -> People | None:
    """Whose names have all the words."""
    if len(people) == 1:
        return next(iter(people.values()))
    named = reduce(
        and_, (Q(name_key__contains=f" {w} ") | Q(name_key__startswith=f"{w} ") for w in people)
    )
    customers, contacts = Customer.objects.filter(named), CaseContact.objects.filter(named)
    found = People(
        list(customers.values_list("pk", flat=True)[: MOST_PEOPLE + 1]),
        list(contacts.values_list("pk", flat=True)[:MOST_PEOPLE]),
    )
    return None if found == People([], []) else found


def _ways(
    named: Sequence[tuple[Sequence[str], People, tuple[AskedTerm, ...]]],
    rest: tuple[AskedTerm, ...],
) -> Named:
    """By the cases of a few people, or by looking up whoever the found texts are about."""
    ways, looks_up = [], False
    for name, people, terms in named:
        if keys := _cases(people):
            ways.append(Way(Q(case__in=keys), terms))
        if people.are_many:
            ways.append(Way(_is_about(name), terms))
            looks_up = True
    return Named(ways, rest, looks_up)


def _cases(people: People) -> list[int]:
    customers = [] if people.are_many else people.customers
    cases = Case.objects.filter(lease__customer__in=customers or []).order_by("-pk")
    keys = list(cases.values_list("pk", flat=True)[:MOST_CASES]) if customers else []
    if people.contacts:
        of_contacts = Case.objects.filter(contact__in=people.contacts[:MOST_PEOPLE])
        keys += of_contacts.values_list("pk", flat=True)
    return keys


def _is_about(name: Sequence[str]) -> Q:
    """Looked up for each text that has the other words: a join may begin with all the names."""
    of_its_case = Case.objects.filter(pk=OuterRef("case"))
    person = Subquery(
        of_its_case.values_list(
            Concat(Value(" "), "lease__customer__name_key", output_field=TextField())
        )[:1]
    )
    return reduce(and_, (Q(Contains(person, f" {word} ")) for word in name))
