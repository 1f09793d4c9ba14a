"""A few letters or digits are enough, and how common they are makes no difference."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from accounts.models import User
from leases.actions import register_customer, submit_invoice
from leases.enums import LanguageSource
from leases.models import Customer, Lease
from leases.queries import suggest
from leases.queries.suggest import COUNTED, MOST, suggest_leases
from leases.said import understand


def found(text: str, user: User) -> list[Lease]:
    said = understand(text)
    return suggest_leases(said, user=user).leases if said else []


@pytest.fixture
def named(make_lease: Callable[..., Lease]) -> Callable[..., Lease]:
    made: list[Lease] = []

    def make(name: str, phone: str = "") -> Lease:
        place = len(made)
        customer = register_customer(
            name=name, email=f"c{place}@example.com", phone=phone, language="es",
            language_source=LanguageSource.ASKED,
        )  # fmt: skip
        made.append(make_lease(customer, f"3000000{place:02d}"))
        return made[-1]

    return make


@pytest.mark.requirement("R13", "R87")
@pytest.mark.parametrize(
    "said",
    ["0134", "555-0134", "210 555", "210 555 01", "(210) 555-0134", "+1 210 555 0134",
     "210.555.0134 ext. 3", "10447", "104477312", "104-477 312", "carla@", "Carla@Example.com",
     "ca", "pe", "Peña", "peña car", "carla 0134", "0134 pena", "peña 104477312", "penha 0134"],
)  # fmt: skip
def test_by_what_has_been_typed_so_far(
    lease: Lease, dans_lease: Lease, ana: User, said: str
) -> None:
    assert found(said, ana) == [lease]


@pytest.mark.requirement("R13", "R87")
@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("ma", "Martín Gil"), ("ma", "Mª Teresa Núñez"), ("Ma. Teresa", "Mª Teresa Núñez"),
        ("maria ter", "Mª Teresa Núñez"), ("delacruz", "José de la Cruz"),
        ("de la cruz", "José de la Cruz"), ("cruz, jos", "José de la Cruz"),
        ("oneill", "Shaun O’Neill"), ("annemarie", "Anne-Marie Smith-Jones"),
        ("hernandes", "Rosa Hernández"), ("hernandes 1041", "Rosa Hernández"),
        ("wu", "Li Wu"), ("l w", "Li Wu"), ("王小", "王小明"),
    ],
)  # fmt: skip
def test_by_a_name_in_any_spelling(
    named: Callable[..., Lease], ana: User, said: str, name: str
) -> None:
    leases = {
        each: named(each, phone)
        for each, phone in {
            "Martín Gil": "", "Mª Teresa Núñez": "", "José de la Cruz": "", "Shaun O’Neill": "",
            "Anne-Marie Smith-Jones": "", "Rosa Hernández": "(210) 555-1041", "Li Wu": "",
            "王小明": "",
        }.items()
    }  # fmt: skip
    assert leases[name] in found(said, ana)


def test_a_word_is_found_by_its_beginning_before_its_middle(
    named: Callable[..., Lease], ana: User
) -> None:
    susana = named("Susana Gil")
    assert found("ana", ana) == [susana]
    hers = named("Ana Torres")
    assert found("ana", ana) == [hers]


@pytest.mark.requirement("R13")
def test_by_invoice_application_and_store(
    lease: Lease, dans_lease: Lease, ana: User, now: datetime
) -> None:
    submit_invoice(lease=lease, number="F-2041", total=Decimal(900), by=None, now=now)
    for said in ("f-2041", str(lease.application_id)):
        assert found(said, ana) == [lease]
    assert set(found("muebleria luna", ana)) == {lease, dans_lease}


def test_the_newest_are_shown_and_what_is_more_is_counted_so_far(
    make_lease: Callable[..., Lease], carla: Customer, ana: User, now: datetime
) -> None:
    for place in range(COUNTED):
        make_lease(carla, f"7700{place:04d}", now=now - timedelta(hours=place))
    said = understand("carla pena")
    assert said
    answer = suggest_leases(said, user=ana)
    assert [lease.account_number for lease in answer.leases] == [
        f"7700{n:04d}" for n in range(MOST)
    ]
    assert answer.total == COUNTED
    make_lease(carla, "77009999", now=now - timedelta(days=9))
    assert suggest_leases(said, user=ana).total is None


def test_a_rare_name_is_found_behind_many_newer_leases(
    make_lease: Callable[..., Lease], carla: Customer, dan: Customer, ana: User, now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    old = make_lease(dan, "900000001", now=now - timedelta(days=20))
    for place in range(4):
        make_lease(carla, f"7700{place:04d}", now=now - timedelta(hours=place))
    monkeypatch.setattr(suggest, "NEWEST", 2)
    for said in ("mil", "dan mi", "iller"):
        assert found(said, ana) == [old], said
    assert len(found("luna", ana)) == 5


@pytest.mark.parametrize(
    "said", ["zz", "104477313", "%%", "__", "100%", "' OR 1=1 --", "\\\\", "🙂🙂", "a@", "9999"]
)
def test_what_matches_nobody_finds_nobody(lease: Lease, ana: User, said: str) -> None:
    assert found(said, ana) == []


@pytest.mark.parametrize("said", ["carla", "0134", "104477312", "carla@", "luna", "peñya"])
def test_a_customer_finds_no_one_else(lease: Lease, dan: Customer, said: str) -> None:
    assert found(said, dan.user) == []


def test_an_invoice_by_its_beginning(lease: Lease, ana: User, now: datetime) -> None:
    submit_invoice(lease=lease, number="F-20417", total=Decimal("899.00"), by=None, now=now)
    assert found("f-20", ana) == [lease]
    assert found("F-2041", ana) == [lease]
    assert found("f-21", ana) == []
