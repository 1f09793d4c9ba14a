"""A word with a typing error is answered with the one that was probably meant."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases import actions
from cases.models import Case, Entry, SearchWord
from cases.queries.suggestion import suggestion
from cases.search_text import parse_search, written
from cases.views.narrowings import filter_names

pytestmark = pytest.mark.requirement("R87", "R99")


@pytest.fixture
def case(open_case: Callable[..., Case], now: datetime) -> Case:
    case = open_case(summary="Quiere hacer una DEVOLUCIÓN: la lavadora tira agua, 4477 veces.")
    Entry.objects.create(
        case=case, kind="note", visibility="internal", author=case.opened_by, language="es",
        body="Ofrecí la devolución.", at=now,
    )  # fmt: skip
    actions.index_search(now=now)
    while actions.learn_words():
        pass
    return case


@pytest.fixture
def suggested(ana: User, now: datetime) -> Callable[..., str | None]:
    def text(asked: str, user: User | None = None) -> str | None:
        meant = suggestion(parse_search(asked), user=user or ana, now=now)
        return meant and written(meant, filter_names())

    return text


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("debolucion", "devolución"), ("labadora agua", "lavadora agua"),
        ("labadora debolucion", "lavadora devolución"), ("labadora -sofá", "lavadora -sofá"),
        ("labadora idioma:es", "lavadora lang:es"),
        ("zzyzx", None), ("lvd", None), ("4478", None), ("labadora xyzzyx", None),
        ("labadora idioma:en", None),  # it would find nothing either
    ],
)  # fmt: skip
def test_the_closest_word_that_finds_something(
    case: Case, suggested: Callable[..., str | None], asked: str, meant: str | None
) -> None:
    assert suggested(asked) == meant


def test_it_is_suggested_only_to_who_may_see_what_it_finds(
    case: Case, suggested: Callable[..., str | None], mateo: User, sign_in: Callable[[User], Client]
) -> None:
    assert suggested("labadora", case.lease.customer.user) is None  # what was said on the phone
    assert suggested("labadora", mateo) is None
    page = sign_in(mateo).get(reverse("find"), {"q": "labadora"}).content.decode()
    assert "lavadora" not in page


def test_the_page_offers_it_as_a_link(
    case: Case, ana: User, sign_in: Callable[[User], Client]
) -> None:
    page = sign_in(ana).get(reverse("find"), {"q": "debolucion"}).content.decode()
    assert "Quizá quiso decir:" in page
    assert f'<a href="{reverse("find")}?q=devoluci%C3%B3n">devolución</a>' in page


def test_words_are_learned_once_and_numbers_never(case: Case) -> None:
    assert actions.learn_words() == 0
    assert SearchWord.objects.get(plain="devolucion").shown == "devolución"
    assert SearchWord.objects.get(plain="devolucion").texts == 3  # the summary, too
    assert not SearchWord.objects.filter(plain__regex=r"\d").exists()
