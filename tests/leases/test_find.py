"""A contract is found by what a caller can say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from hashlib import md5
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from accounts.models import User
from leases.actions import register_customer, submit_invoice
from leases.enums import LanguageSource
from leases.models import Customer, Lease, StatusEvent, Store
from leases.queries import find, names
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


@pytest.fixture
def people(make_lease: Callable[..., Lease]) -> dict[str, Lease]:
    """With names that can be written in more than one way."""
    names = [
        "Shaun O'Neill", "Kathy O’Brien", "María Peña", "José de la Cruz", "Ma. Elena Ruiz",
        "Rosa Hernández vda. de Gil", "Li Wu", "Anne-Marie Smith-Jones", "Mª Teresa Núñez",
    ]  # fmt: skip
    leases = {}
    for place, name in enumerate(names):
        customer = register_customer(
            name=name, email=f"c{place}@example.com", phone=f"(210) 555-02{place:02d}",
            language="es", language_source=LanguageSource.ASKED,
        )  # fmt: skip
        leases[name] = make_lease(customer, f"30000000{place}")
    return leases


@pytest.mark.requirement("R13", "R87")
@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("oneill", "Shaun O'Neill"),
        ("O'NEILL", "Shaun O'Neill"),
        ("o’neill, shaun", "Shaun O'Neill"),
        ("obrien", "Kathy O’Brien"),
        ("o'brien", "Kathy O’Brien"),
        ("Peña, María", "María Peña"),
        ("pena maria", "María Peña"),
        ("delacruz", "José de la Cruz"),
        ("De La Cruz", "José de la Cruz"),
        ("cruz, jose", "José de la Cruz"),
        ("maria elena", "Ma. Elena Ruiz"),
        ("Ma. Elena", "Ma. Elena Ruiz"),
        ("maria teresa", "Mª Teresa Núñez"),
        ("Ma Teresa", "Mª Teresa Núñez"),
        ("viuda de gil", "Rosa Hernández vda. de Gil"),
        ("vda de Gil", "Rosa Hernández vda. de Gil"),
        ("wu", "Li Wu"),
        ("annemarie", "Anne-Marie Smith-Jones"),
        ("smith jones", "Anne-Marie Smith-Jones"),
        # with a typing error
        ("hernandes", "Rosa Hernández vda. de Gil"),
        ("hernandez rosa", "Rosa Hernández vda. de Gil"),
        ("rosa hernadez", "Rosa Hernández vda. de Gil"),
        ("nunes teresa", "Mª Teresa Núñez"),
        ("kathy obrein", "Kathy O’Brien"),
    ],
)
def test_by_a_name_as_people_type_it(
    people: dict[str, Lease], ana: User, said: str, name: str
) -> None:
    assert find_leases(said, user=ana) == [people[name]]


def test_a_slip_is_forgiven_only_where_nothing_else_is_found(
    people: dict[str, Lease], make_lease: Callable[..., Lease], ana: User
) -> None:
    other = register_customer(
        name="Luz Hernandes", email="luz@example.com", phone="", language="es",
        language_source=LanguageSource.ASKED,
    )  # fmt: skip
    hers = make_lease(other, "300000099")
    assert find_leases("hernandes", user=ana) == [hers]
    assert find_leases("xhernandes", user=ana)[0] in {hers, people["Rosa Hernández vda. de Gil"]}
    for said in ("wx", "li wx", "zyxwvut", "rosa zyxwvut", "...", "- -"):
        assert not find_leases(said, user=ana)


def test_a_customer_finds_nobody_else_by_a_slip(people: dict[str, Lease]) -> None:
    asking = people["Li Wu"].customer.user
    assert not find_leases("hernandes", user=asking)


@pytest.mark.requirement("R13", "R87")
@pytest.mark.parametrize(
    "said",
    ["0134", "555-0134", "5550134", "001 210 555 0134", "+1 (210) 555-0134", "1-210-555-0134",
     "(210) 555-0134 ext 12", "210 555 0134 x9", "210.555.0134, ext. 3"],
)  # fmt: skip
def test_by_a_phone_or_its_last_digits(
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
    """Enough rows that the planner wouldn't rather read them all."""
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
        # Until then the index of names is a list of new rows, costlier than the table.
        for index in ("customer_name_key", "store_name_key"):
            cursor.execute("SELECT gin_clean_pending_list(%s)", [index])
        cursor.execute("ANALYZE leases_lease, leases_customer, leases_store")


@pytest.mark.usefixtures("crowd")
@pytest.mark.parametrize(
    ("said", "index"),
    [
        ("peñalosa", "customer_name_key"),
        ("Carla@example.com", "customer_email_once"),
        ("104477312", "lease_number_once"),
        ("a-104", "lease_number_once"),
        ("f-2041", "lease_invoice_number"),
        ("2105550134", "leases_lease_customer_id"),
        ("555-0134", "leases_lease_customer_id"),
        ("6f9619ff-8b86-4d01-b42d-00cf4fc964ff", "leases_lease_application_id"),
    ],
)
def test_each_way_of_asking_has_its_index(ana: User, said: str, index: str) -> None:
    plan = leases_of(said, user=ana)[:LIMIT].explain()
    assert index in plan
    assert "Seq Scan on leases_lease" not in plan


@pytest.mark.usefixtures("crowd")
def test_last_digits_and_slips_have_their_index(
    ana: User, django_assert_num_queries: Callable[[int], Any]
) -> None:
    with django_assert_num_queries(2) as asked:
        find_leases("555-0134", user=ana)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {asked.captured_queries[0]['sql']}")
        assert "customer_phone_end" in str(cursor.fetchall())
    with django_assert_num_queries(9) as asked:  # a savepoint, its settings and its end among them
        find_leases("peñalossa", user=ana)
    with connection.cursor() as cursor:
        cursor.execute(asked.captured_queries[5]["sql"])
        cursor.execute(f"EXPLAIN {asked.captured_queries[6]['sql']}")
        assert "customer_name_key" in str(cursor.fetchall())


@pytest.mark.django_db
def test_of_the_names_like_it_only_so_many_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tenth of all customers may be called Hernández, and comparing is slow."""
    for place in range(4):
        register_customer(
            name="Rosa Hernández", email=f"r{place}@example.com", phone=f"(210) 555-030{place}",
            language="es", language_source=LanguageSource.ASKED,
        )  # fmt: skip
    assert len(names.nearly_named("hernandes", Customer.objects.all())) == 4
    monkeypatch.setattr(names, "MOST_COMPARED", 2)
    assert len(names.nearly_named("hernandes", Customer.objects.all())) == 2


def test_where_the_newest_fill_the_page_no_other_name_is_compared(
    carla: Customer, make_lease: Callable[..., Lease], ana: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And where they don't, everyone is found as without them."""
    for place in range(4):
        customer = register_customer(
            name="Rosa Hernández", email=f"r{place}@example.com", phone=f"(210) 555-030{place}",
            language="es", language_source=LanguageSource.ASKED,
        )  # fmt: skip
        make_lease(customer, f"70070070{place}")
    everyone = find_leases("rosa hernandes", user=ana)
    assert len(everyone) == 4
    monkeypatch.setattr(names, "NEWEST_COMPARED", 2)
    assert find_leases("rosa hernandes", user=ana) == everyone
    monkeypatch.setattr(find, "LIMIT", 2)
    monkeypatch.setattr(find, "nearly_named", None)  # not asked
    assert find_leases("rosa hernandes", user=ana) == everyone[:2]
    assert find_leases("ros hernandes", user=ana) == everyone[:2]


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
    for searched in ("20447731291", "123456"):
        assert warning in client.post(call, {"find": "1", "contract": searched}).content.decode()
        assert warning in client.get("/find/", {"q": searched}).content.decode()
    assert warning not in client.get("/find/", {"q": "1234567"}).content.decode()
    # something that finds someone is no typing error
    for searched in ("20447731290", carla.phone[-4:]):
        make_lease(carla, f"1044773{len(searched):02d}")
        assert (
            warning not in client.post(call, {"find": "1", "contract": searched}).content.decode()
        )
        found = client.get("/find/", {"q": searched}, follow=True).content.decode()
        assert carla.name in found
        assert warning not in found
    typed = {
        "language": "es", "contract": "20447731290", "kind": "other", "channel": "phone",
        "summary": "Pregunta.", "visibility": "internal",
    }  # fmt: skip
    assert client.post(call, typed).headers["Location"].startswith("/cases/")
