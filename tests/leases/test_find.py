"""A contract is found by what a caller can say."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import md5

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


@pytest.fixture
def crowd(lease: Lease) -> None:
    """Enough rows that the planner would not rather read them all."""
    names = [f"{place:04d}" for place in range(3000)]
    people = User.objects.bulk_create(
        User(email=f"c{name}@example.com", name=name, role="customer") for name in names
    )
    customers = Customer.objects.bulk_create(
        Customer(
            user=user, name=md5(user.name.encode()).hexdigest(), email=user.email, language="es",
            language_source="asked",
        )
        for user in people
    )  # fmt: skip
    Lease.objects.bulk_create(
        Lease(
            account_number=f"7{customer.pk:08d}", customer=customer, store=lease.store,
            status="denied", applied_at=lease.applied_at,
        )
        for customer in customers
    )  # fmt: skip
    with connection.cursor() as cursor:
        # Until then the index of names is a list of new rows, dearer than the table.
        cursor.execute("SELECT gin_clean_pending_list('customer_name_folded')")
        cursor.execute("ANALYZE leases_lease, leases_customer")


@pytest.mark.usefixtures("crowd")
@pytest.mark.parametrize(
    ("said", "index"),
    [
        ("peñalosa", "customer_name_folded"),
        ("Carla@example.com", "leases_customer_email"),
        ("104477312", "leases_lease_account_number"),
        ("a-104", "leases_lease_account_number"),
    ],
)
def test_each_way_of_asking_has_its_index(ana: User, said: str, index: str) -> None:
    plan = find_leases(said, user=ana).explain()
    assert index in plan
    assert "Seq Scan on leases_lease" not in plan


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
