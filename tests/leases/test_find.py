"""A contract is found by what a caller can say."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client

from accounts.models import User
from leases.models import Customer, Lease
from leases.queries.find import find_leases, is_unusual_number


@pytest.mark.requirement("R13")
@pytest.mark.parametrize(
    "said",
    ["104477312", "104-477 312", "(210) 555-0134", "210.555.0134", "+1 210 555 0134",
     "carla@example.com", "CARLA@EXAMPLE.COM", "Peña", "pena", "PEÑA", "carla pen", "peña carla"],
)  # fmt: skip
def test_by_number_phone_mail_or_name_in_any_accents(
    lease: Lease, dans_lease: Lease, ana: User, said: str
) -> None:
    assert list(find_leases(said, user=ana)) == [lease]


@pytest.mark.parametrize(
    "said", ["", " ", "c", "zz", "104477313", "%", "_", "100%", "' OR 1=1 --", "\\"]
)
def test_what_matches_nobody_finds_nobody(lease: Lease, ana: User, said: str) -> None:
    assert not find_leases(said, user=ana)


def test_a_customer_finds_only_own_leases(lease: Lease, dans_lease: Lease) -> None:
    dan = dans_lease.customer.user
    assert list(find_leases("dan miller", user=dan)) == [dans_lease]
    assert not find_leases("104477312", user=dan)


def test_names_are_searched_by_their_index(lease: Lease, ana: User) -> None:
    with connection.cursor() as cursor:  # a table of one row would be read whole
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
    assert "customer_name_folded" in find_leases("peñalosa", user=ana).explain()


def test_an_address_is_searched_by_its_index(lease: Lease, ana: User) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "leases_customer_email" in find_leases("Carla@example.com", user=ana).explain()


@pytest.mark.requirement("R14")
@pytest.mark.parametrize(
    ("said", "unusual"),
    [
        ("123456", True), ("1234567", False), ("104477312", False), ("1044773129", False),
        ("20447731290", True), ("1 (210) 555-0134", False), ("+52 55 1234 5678", False),
        ("123-456", True), ("260 001 2334 55", True), ("Peña", False), ("A-12", False), ("", False),
    ],
)  # fmt: skip
def test_account_numbers_usually_have_seven_to_ten_digits(said: str, unusual: bool) -> None:
    assert is_unusual_number(said) is unusual


@pytest.mark.requirement("R14")
@pytest.mark.parametrize("language", ["en", "es"])
def test_an_unusual_account_number_is_warned_about_and_never_refused(
    make_lease: Callable[..., Lease],
    carla: Customer,
    ana: User,
    language: str,
    sign_in: Callable[[User], Client],
) -> None:
    warning = {"en": "usually have 7 to 10 digits", "es": "suelen tener de 7 a 10 dígitos"}[
        language
    ]
    ana.language = language
    ana.save()
    make_lease(carla, "20447731290")
    client = sign_in(ana)
    call = client.post("/calls/").headers["Location"]
    for searched in ("20447731290", "123456"):
        assert warning in client.post(call, {"find": "1", "contract": searched}).content.decode()
    assert warning in client.get("/find/", {"q": "123456"}).content.decode()
    assert warning not in client.get("/find/", {"q": "1234567"}).content.decode()
    typed = {
        "language": "es", "contract": "20447731290", "kind": "other", "channel": "phone",
        "summary": "Pregunta.", "visibility": "internal",
    }  # fmt: skip
    assert client.post(call, typed).headers["Location"].startswith("/cases/")
