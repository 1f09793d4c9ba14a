"""The call bar answers while someone types: two lines for a lease, two for a case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from cases import numbers
from cases.actions import Contact, start_call
from cases.models import CallDraft, Case, Verification
from leases.actions import register_customer
from leases.enums import LanguageSource
from leases.models import Customer, Lease

Queries = Callable[[int], Any]


@pytest.fixture
def ask(ana: User, sign_in: Callable[[User], Client]) -> Callable[[str], str]:
    User.objects.filter(pk=ana.pk).update(language="en")
    client = sign_in(ana)

    def asked(text: str) -> str:
        answer = client.get("/find/suggest/", {"q": text})
        assert answer.status_code == 200
        return answer.content.decode()

    return asked


def said(page: str) -> str:
    """Without marks and line breaks."""
    return " ".join(unescape(page.replace("<mark>", "").replace("</mark>", "")).split())


@pytest.mark.requirement("R13", "R20")
def test_a_match_says_who_it_is_and_how_their_lease_stands(
    ask: Callable[[str], str], deliver: Callable[..., Lease], open_case: Callable[..., Case]
) -> None:
    lease = deliver("104477399")
    case = open_case(lease=lease)
    page = ask("carla@")
    words = said(page)
    assert 'data-language="es"' in page
    for each in ("(210) 555-0134", "1 open case", "Funded", "104477399", "Luna San Antonio",
                 "next $", numbers.grouped(case.number), "Late payment"):  # fmt: skip
        assert each in words, each
    assert f'href="/leases/{lease.account_number}/"' in page
    assert f'href="/cases/{case.number}/"' in page
    assert 'aria-label="People and leases"' in page


def test_days_left_until_a_lease_expires(
    ask: Callable[[str], str], make_lease: Callable[..., Lease], carla: Customer
) -> None:
    make_lease(carla)
    assert "days left" in said(ask("carla"))


@pytest.mark.requirement("R20")
def test_what_an_agent_must_know_before_speaking(
    ask: Callable[[str], str], lease: Lease, ana: User, now: datetime,
    at: Callable[[datetime], None],
) -> None:  # fmt: skip
    """Whether the caller was verified today, and what the customer wishes."""
    at(now)
    assert "not verified" in said(ask("0134"))
    Customer.objects.filter(pk=lease.customer_id).update(no_calls=True)
    draft = start_call(by=ana, now=now, lease=lease)
    Verification.objects.create(
        lease=lease, draft=draft, factors=["name"], passed=True, by=ana, at=now
    )
    page = said(ask("0134"))
    assert "verified today" in page
    assert "No calls" in page


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("pe", "<mark>Pe</mark>ña"), ("pena", "<mark>Peña</mark>"), ("penha", "<mark>Peña</mark>"),
        ("0134", "(210) 555-<mark>0134</mark>"), ("5550134", "(210) <mark>555-0134</mark>"),
        ("104477312", "<mark>104477312</mark>"), ("10447", "<mark>10447</mark>7312"),
        ("muebleria lu", "<mark>Mueblería</mark> <mark>Lu</mark>na"),
    ],
)  # fmt: skip
def test_what_was_typed_is_marked(
    lease: Lease, ask: Callable[[str], str], text: str, marked: str
) -> None:
    assert marked in ask(text)


@pytest.mark.requirement("R13", "R87")
@pytest.mark.parametrize(
    ("text", "is_sure"),
    [
        ("104477312", True), ("10447", True), ("0134", True), ("+1 210 555 0134", True),
        ("carla@", True), ("pe", True), ("pena car", True), ("0134 pena", True),
        ("carls", False),  # a typing error
        ("arla", False),  # inside a name
        ("ca", False),  # also Carlos
        ("luna", False),  # a store
    ],
)  # fmt: skip
def test_enter_opens_only_what_must_have_been_meant(
    lease: Lease, make_lease: Callable[..., Lease], ask: Callable[[str], str], text: str,
    is_sure: bool,
) -> None:  # fmt: skip
    carlos = register_customer(
        name="Carlos Ruiz", email="ruiz@example.com", phone="", language="es",
        language_source=LanguageSource.ASKED,
    )  # fmt: skip
    make_lease(carlos, "300000001")
    page = ask(text)
    assert 'role="option"' in page
    assert ("data-sure" in page) == is_sure


@pytest.mark.requirement("R13")
def test_several_leases_of_one_person_are_one_person(
    lease: Lease, make_lease: Callable[..., Lease], ask: Callable[[str], str]
) -> None:
    make_lease(lease.customer, "300000001")
    assert "data-sure" in ask("carla pena")


@pytest.mark.requirement("R13", "R37")
def test_a_number_read_aloud_is_sure_and_who_called_by_that_name_is_not(
    ask: Callable[[str], str], open_case: Callable[..., Case], lease: Lease
) -> None:
    case = open_case()
    assert "data-sure" in ask(numbers.grouped(case.number))
    assert "data-sure" in ask("carla pena")
    caller = Contact(why="identity", name="Carla Peña", phone="", email="", known="")
    open_case(lease=None, contact=caller)
    assert "data-sure" not in ask("carla pena")


@pytest.mark.requirement("R37", "R87")
def test_a_case_and_a_call_are_found_by_number_as_spoken(
    ask: Callable[[str], str], open_case: Callable[..., Case], ana: User, now: datetime
) -> None:
    case = open_case()
    draft = start_call(by=ana, now=now)
    for write in (numbers.grouped, numbers.shown, str):
        assert f'href="/cases/{case.number}/"' in ask(write(case.number))
        assert f'href="/cases/{case.number}/"' in ask(f"Re: Su caso {write(case.number)} (2 de 3)")
        assert f'href="/calls/{draft.number}/"' in ask(write(draft.number))


def test_a_case_without_a_lease_is_found_by_who_called(
    ask: Callable[[str], str], open_case: Callable[..., Case]
) -> None:
    caller = Contact(
        why="identity", name="Rosa Ibáñez", phone="(210) 555-0188", email="rosa@example.com",
        known="",
    )  # fmt: skip
    case = open_case(lease=None, contact=caller)
    for text in ("rosa", "ibanez ros", "0188", "+1 210 555 0188", "ros 0188", "rosa@example.com"):
        assert f'href="/cases/{case.number}/"' in ask(text), text


@pytest.mark.requirement("R13")
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("210 555 9", "nothing_found"), ("Nadie Conocido", "nothing_found"),
        ("nadie\0", "nothing_found"), ("<script>alert(1)</script>", "nothing_found"),
        ("%", ""), ("", ""), ("ñ" * 10_000, "search_too_long"), ("' OR 1=1 --", "nothing_found"),
        ("\\\\", "nothing_found"), ("__%%", "nothing_found"), ("🙂🙂", "nothing_found"),
        ("مرحبا", "nothing_found"), ("1" * 200, "nothing_found"), ("a@" * 100, "nothing_found"),
    ],
)  # fmt: skip
def test_nothing_found_says_what_to_do_next(
    lease: Lease, ask: Callable[[str], str], text: str, code: str
) -> None:
    page = ask(text)
    assert 'role="option"' not in page
    if code:
        assert f'data-code="{code}"' in page
    else:
        assert not page.strip()
    assert "<script" not in page
    if code == "nothing_found":
        assert 'name="searched"' in page
        assert "/find/?q=" in page


def test_a_call_begins_with_what_found_no_one(ana: User, sign_in: Callable[[User], Client]) -> None:
    client = sign_in(ana)
    call = client.post("/calls/", {"searched": "Nadie  Conocido\0"})
    assert CallDraft.objects.get().typed["contract"] == "Nadie Conocido"
    page = client.get(call.headers["Location"]).content.decode()
    assert 'value="Nadie Conocido"' in page
    assert 'name="language"' in page


def test_one_who_works_no_cases_sees_leases_without_them(
    open_case: Callable[..., Case], mateo: User, sign_in: Callable[[User], Client]
) -> None:
    case = open_case()
    client = sign_in(mateo)
    page = client.get("/find/suggest/", {"q": "carla"}).content.decode()
    assert "/leases/104477312/" in page
    assert f"/cases/{case.number}/" not in page
    assert "open case" not in page
    assert (
        f"/cases/{case.number}/"
        not in client.get("/find/suggest/", {"q": case.number}).content.decode()
    )


@pytest.mark.parametrize(("typed", "says"), [("zzyzx", True), ("2105550000", False)])
def test_no_one_found_says_where_else_words_are_looked_for(
    ask: Callable[[str], str], typed: str, says: bool
) -> None:
    page = ask(typed)
    assert 'data-code="nothing_found"' in page
    assert ("Enter also searches notes" in page) == says


@pytest.mark.parametrize("leases", [1, 8])
def test_as_many_queries_for_one_as_for_all_that_are_shown(
    ana: User, deliver: Callable[..., Lease], open_case: Callable[..., Case],
    sign_in: Callable[[User], Client], django_assert_num_queries: Queries, leases: int,
    now: datetime,
) -> None:  # fmt: skip
    for place in range(leases):
        lease = deliver(f"1044774{place:02d}")
        open_case(lease=lease, now=now + timedelta(minutes=place))
    client = sign_in(ana)
    with django_assert_num_queries(19):
        client.get("/find/suggest/", {"q": "carla@example.com"})


@pytest.mark.parametrize(("language", "word"), [("es", "Al corriente"), ("en", "Paid up to date")])
def test_in_the_readers_language(
    ask: Callable[[str], str], ana: User, deliver: Callable[..., Lease], language: str, word: str
) -> None:
    User.objects.filter(pk=ana.pk).update(language=language)
    deliver()
    assert word in ask("carla")
