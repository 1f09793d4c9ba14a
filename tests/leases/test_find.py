"""A contract is found by what a caller can say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from hashlib import md5

import pytest
from django.db import connection
from django.test import Client

from accounts.models import User
from leases.actions import submit_invoice
from leases.models import Customer, Lease, StatusEvent, Store
from leases.queries.find import (
    LIMIT,
    find_leases,
    is_unusual_number,
    leases_of,
    leases_of_stores,
)


@pytest.mark.requirement("R13")
@pytest.mark.parametrize(
    "said",
    ["104477312", "104-477 312", "(210) 555-0134", "210.555.0134", "+1 210 555 0134",
     "carla@example.com", "CARLA@EXAMPLE.COM", "Peña", "pena", "PEÑA", "carla pen", "peña carla"],
)  # fmt: skip
def test_by_number_phone_mail_or_name_in_any_accents(
    lease: Lease, dans_lease: Lease, ana: User, said: str
) -> None:
    assert find_leases(said, user=ana) == [lease]


@pytest.mark.requirement("R13")
def test_by_the_number_of_its_invoice_or_application(
    lease: Lease, dans_lease: Lease, ana: User, now: datetime
) -> None:
    submit_invoice(lease=lease, number="F-2041", total=Decimal(900), by=None, now=now)
    submit_invoice(lease=dans_lease, number="88120", total=Decimal(900), by=None, now=now)
    for said in ("F-2041", "f-2041", str(lease.application_id), f"{lease.application_id}".upper()):
        assert find_leases(said, user=ana) == [lease]
    assert find_leases("88120", user=ana) == [dans_lease]


@pytest.mark.requirement("R13")
def test_by_merchant_or_store_newest_first_after_people_of_that_name(
    make_lease: Callable[..., Lease], carla: Customer, dan: Customer, ana: User, now: datetime
) -> None:
    older = make_lease(carla, "700700701", now=now - timedelta(days=2))
    newer = make_lease(carla, "700700702", now=now - timedelta(days=1))
    for said in ("luna", "LUNA SAN antonio", "muebleria", "Mueblería Luna"):
        assert find_leases(said, user=ana) == [newer, older]
    assert find_leases("luna", user=carla.user) == [newer, older]
    assert find_leases("luna", user=dan.user) == []
    Customer.objects.filter(pk=dan.pk).update(name="Daniel Luna")
    hers = make_lease(dan, "700700700", now=now - timedelta(days=9))
    assert find_leases("luna", user=ana) == [hers, newer, older]
    assert find_leases("luna@example.com", user=ana) == []


def test_a_store_with_many_leases_gives_its_newest(
    make_lease: Callable[..., Lease], carla: Customer, ana: User, now: datetime
) -> None:
    for place in range(LIMIT + 3):
        make_lease(carla, f"7700{place:04d}", now=now - timedelta(hours=place))
    found = find_leases("luna", user=ana)
    assert [lease.account_number for lease in found] == [f"7700{n:04d}" for n in range(LIMIT)]


def test_a_merchant_with_very_many_stores_gives_its_newest_too(
    make_lease: Callable[..., Lease], carla: Customer, luna: Store, ana: User, now: datetime
) -> None:
    older = make_lease(carla, "700700701", now=now - timedelta(days=1))
    stores = Store.objects.bulk_create(
        Store(merchant=luna.merchant, name=f"Sucursal {n}", state="TX") for n in range(230)
    )
    Lease.objects.filter(pk=older.pk).update(store=stores[-1])
    newer = make_lease(carla, "700700702", now=now)
    assert find_leases("muebleria luna", user=ana) == [newer, older]
    assert find_leases("sucursal", user=ana) == [older]


@pytest.mark.parametrize(
    "said", ["", " ", "c", "zz", "104477313", "%", "_", "100%", "' OR 1=1 --", "\\"]
)
def test_what_matches_nobody_finds_nobody(lease: Lease, ana: User, said: str) -> None:
    assert not find_leases(said, user=ana)


def test_a_customer_finds_only_own_leases(lease: Lease, dans_lease: Lease) -> None:
    dan = dans_lease.customer.user
    assert find_leases("dan miller", user=dan) == [dans_lease]
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
    stores = Store.objects.bulk_create(
        Store(merchant=lease.store.merchant, name=md5(name.encode()).hexdigest(), state="TX")
        for name in names
    )
    leases = Lease.objects.bulk_create(
        Lease(
            account_number=f"7{customer.pk:08d}", customer=customer, store=store,
            status="denied", applied_at=lease.applied_at, invoice_number=f"F-{customer.pk}",
        )
        for customer, store in zip(customers, stores, strict=True)
    )  # fmt: skip
    StatusEvent.objects.bulk_create(
        StatusEvent(
            lease=each, to_status=each.status, rule="application", actor="merchant",
            at=each.applied_at,
        )
        for each in leases
    )  # fmt: skip
    with connection.cursor() as cursor:
        # Until then the index of names is a list of new rows, dearer than the table.
        for index in ("customer_name_folded", "store_name_folded"):
            cursor.execute("SELECT gin_clean_pending_list(%s)", [index])
        cursor.execute("ANALYZE leases_lease, leases_customer, leases_store")


@pytest.mark.usefixtures("crowd")
@pytest.mark.parametrize(
    ("said", "index"),
    [
        ("peñalosa", "customer_name_folded"),
        ("Carla@example.com", "leases_customer_email"),
        ("104477312", "leases_lease_account_number"),
        ("a-104", "leases_lease_account_number"),
        ("f-2041", "lease_invoice_number"),
        ("2105550134", "leases_lease_customer_id"),
        ("6f9619ff-8b86-4d01-b42d-00cf4fc964ff", "leases_lease_application_id"),
    ],
)
def test_each_way_of_asking_has_its_index(ana: User, said: str, index: str) -> None:
    plan = leases_of(said, user=ana)[:LIMIT].explain()
    assert index in plan
    assert "Seq Scan on leases_lease" not in plan


@pytest.mark.usefixtures("crowd")
def test_a_stores_leases_have_their_index(ana: User) -> None:
    plan = leases_of_stores("luna san antonio", user=ana)[:LIMIT].explain()
    assert "lease_of_store" in plan
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
