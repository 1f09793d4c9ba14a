"""`garcía devolución`: a case whose person's name and whose texts together have all the words."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases import actions
from cases.models import Case, Entry
from cases.queries.search import search
from cases.search_text import parse_search
from leases.models import Customer, Lease

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R87", "R99")]
Found = Callable[..., list[str]]


@pytest.fixture
def found(ana: User, now: datetime) -> Found:
    def texts(asked: str, user: User | None = None) -> list[str]:
        hits = search(parse_search(asked), user=user or ana, now=now + timedelta(days=1))
        return [
            "".join(f"‹{text}›" if is_marked else text for text, is_marked in hit.pieces)
            for hit in hits.rows
        ]

    return texts


@pytest.fixture
def case(open_case: Callable[..., Case]) -> Case:
    return open_case(summary="Quiere hacer una devolución: la lavadora tira agua.")


@pytest.fixture
def dans_case(open_case: Callable[..., Case], dans_lease: Lease) -> Case:
    return open_case(lease=dans_lease, summary="Dan también habla de una devolución.")


@pytest.fixture(params=[200, 0], ids=["of a few people", "of many people"])
def _how_many(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["cases.queries.search_named"], "MOST_PEOPLE", request.param)


@pytest.mark.usefixtures("_how_many")
@pytest.mark.parametrize(
    "asked",
    ["peña devolución", "devoluciones pena", "Carla Peña devolucion", "carla lavadora agua",
     "peña devolución is:open lang:es", "peña devolución -sofá", 'peña "la lavadora"'],
)  # fmt: skip
def test_a_name_and_words_of_their_cases(
    case: Case, dans_case: Case, found: Found, asked: str
) -> None:
    assert len(found(asked)) == 1
    assert "lavadora" in found(asked)[0].replace("‹", "").replace("›", "")


@pytest.mark.usefixtures("_how_many")
@pytest.mark.parametrize(
    "asked",
    ["peña sofá", "pen devolución", "peña devolución -agua", "peña miller", "peña de la",
     "peña devolución lang:en", "miller lavadora"],
)  # fmt: skip
def test_every_word_is_in_the_name_or_in_the_text(
    case: Case, dans_case: Case, found: Found, asked: str
) -> None:
    assert found(asked) == []


def test_the_words_of_the_text_are_marked_and_none_is_shown_twice(
    case: Case, found: Found, now: datetime
) -> None:
    Entry.objects.create(
        case=case, kind="note", visibility="internal", author=case.opened_by, language="es",
        body="La Sra. Peña insiste en la devolución.", at=now + timedelta(minutes=5),
    )  # fmt: skip
    assert found("peña devoluciones") == [
        "La Sra. ‹Peña› insiste en la ‹devolución›.",
        "Quiere hacer una ‹devolución›: la lavadora tira agua.",
    ]


def test_of_who_has_no_lease(open_case: Callable[..., Case], found: Found) -> None:
    contact = actions.Contact(why="identity", name="Rosa Ibáñez", phone="", email="", known="")
    open_case(lease=None, contact=contact, summary="Le cobran un refrigerador.")
    assert found("ibañez refrigeradores") == ["Le cobran un ‹refrigerador›."]


def test_a_word_that_is_also_a_name_is_either(
    open_case: Callable[..., Case], carla: Customer, found: Found
) -> None:
    Customer.objects.filter(pk=carla.pk).update(name="Rosa Peña")
    Customer.objects.exclude(pk=carla.pk).update(name="Ana Mesa")
    open_case(summary="La mesa llegó rota.")
    assert found("rosa mesa rota") == ["La ‹mesa› llegó ‹rota›."]


def test_nobody_else_finds_anything_by_it(
    case: Case, found: Found, dan: Customer, mateo: User
) -> None:
    for person in (dan.user, mateo):
        assert found("peña devolución", person) == []


def test_page_by_page(case: Case, ana: User, now: datetime) -> None:
    Entry.objects.bulk_create(
        Entry(
            case=case, kind="note", visibility="internal", author=case.opened_by, language="es",
            body=f"Peña y el xilófono {n}" if n % 2 else f"El xilófono {n}",
            at=now - timedelta(days=n * 5),
        )
        for n in range(70)
    )  # fmt: skip
    seen: list[int] = []
    after = ""
    while True:
        hits = search(parse_search("peña xilofono"), user=ana, now=now, after=after)
        seen += [int(hit.document.text.rpartition(" ")[2]) for hit in hits.rows]
        if not (after := hits.next):
            break
    assert seen == list(range(70))


@pytest.mark.parametrize("pasted", ["Re: devolución de la lavadora", "Fwd: carla, agua"])
def test_a_pasted_subject_of_a_mail(
    case: Case, ana: User, sign_in: Callable[[User], Client], pasted: str
) -> None:
    assert sign_in(ana).get(reverse("find"), {"q": pasted}).status_code == 200
