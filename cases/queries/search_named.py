"""`garcía devolución`: words that are someone's name, and the others in a text of their cases."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import and_
from typing import NamedTuple

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


class Way(NamedTuple):
    """Texts about someone that have these words."""

    about: Q
    terms: tuple[AskedTerm, ...]


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
    names = [each for each in may_be[:MOST_WORDS] if any(_people([each]))]
    rest = tuple(term for term in asked.terms if words.get(term) not in names)
    if not names or not any(term.is_wanted for term in rest):
        return Named()
    groups = [names] + ([[each] for each in names] if len(names) > 1 else [])
    ways = [
        way
        for group in groups
        for way in _ways(group, tuple(t for t in asked.terms if words.get(t) not in group))
    ]
    return Named([way for way, _reads in ways], rest, any(reads for _way, reads in ways))


def _may_be_a_name(word: str) -> bool:
    return word.isalpha() and len(word) >= SHORTEST


def _people(words: Sequence[str]) -> tuple[list[int], list[int]]:
    """Customers, and contacts of cases, whose names have all these words; one more than MOST_PEOPLE
    if there are too many.
    """
    named = reduce(
        and_, (Q(name_key__contains=f" {w} ") | Q(name_key__startswith=f"{w} ") for w in words)
    )
    customers, contacts = Customer.objects.filter(named), CaseContact.objects.filter(named)
    return (
        list(customers.values_list("pk", flat=True)[: MOST_PEOPLE + 1]),
        list(contacts.order_by("-pk").values_list("pk", flat=True)[:MOST_PEOPLE]),
    )


def _ways(name: Sequence[str], rest: tuple[AskedTerm, ...]) -> list[tuple[Way, bool]]:
    """The cases of a few people, or whoever the found texts are about."""
    customers, contacts = _people(name)
    if are_many := len(customers) > MOST_PEOPLE:
        customers = []
    cases = Case.objects.filter(lease__customer__in=customers).order_by("-pk")
    keys = list(cases.values_list("pk", flat=True)[:MOST_CASES]) if customers else []
    if contacts:
        keys += Case.objects.filter(contact__in=contacts).values_list("pk", flat=True)
    ways = [(Way(Q(case__in=keys), rest), False)] if keys else []
    if are_many:
        ways.append((Way(_is_about(name), rest), True))
    return ways


def _is_about(name: Sequence[str]) -> Q:
    """Looked up for each text that has the other words: a join may begin with all the names."""
    of_its_case = Case.objects.filter(pk=OuterRef("case"))
    person = Subquery(
        of_its_case.values_list(
            Concat(Value(" "), "lease__customer__name_key", output_field=TextField())
        )[:1]
    )
    return reduce(and_, (Q(Contains(person, f" {word} ")) for word in name))
