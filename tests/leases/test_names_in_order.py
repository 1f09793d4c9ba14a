"""People, stores, merchants and programs by name, in lists, selects and the administration."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.admin.templatetags.admin_list import result_headers
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from accounts.models import User
from cases.queries.people import case_workers
from common.pages import page
from leases.models import Customer, Lease, Merchant, Program, Store
from tests.upgrades import before

NAMES = ["Zoë Marín", "Íñigo Paz", "ángel Cruz", "Ignacio Gil", "Ñusta León", "Nuria Ortiz"]
IN_ORDER = ["ángel Cruz", "Ignacio Gil", "Íñigo Paz", "Nuria Ortiz", "Ñusta León", "Zoë Marín"]


@pytest.fixture
def people(db: None) -> list[User]:
    return [
        User.objects.create_user(f"{n}@puente.example", role=Role.AGENT, name=name)
        for n, name in enumerate(NAMES)
    ]


def names(rows: Any) -> list[str]:
    return [each.name for each in rows]


def test_who_a_case_is_given_to(people: list[User]) -> None:
    assert names(case_workers()) == IN_ORDER


def test_pages_go_on_in_the_same_order(people: list[User]) -> None:
    rows, cursor = [], ""
    while not rows or cursor:
        found = page(User.objects.all(), order=("name_sort", "id"), after=cursor, size=2)
        rows, cursor = [*rows, *found.rows], found.next
    assert names(rows) == IN_ORDER


def test_stores_and_merchants(luna: Store) -> None:
    for name in ("Ñandú Hogar", "Átomo", "Zeta", "Nube"):
        Merchant.objects.create(name=name)
    assert names(Merchant.objects.all()) == [
        "Átomo", "Mueblería Luna", "Nube", "Ñandú Hogar", "Zeta",
    ]  # fmt: skip
    for name in ("Luna 10", "Luna 9", "LUNA Ávila"):
        Store.objects.create(merchant=luna.merchant, name=name, city="Austin", state="TX")
    assert names(Store.objects.all()) == ["Luna 9", "Luna 10", "LUNA Ávila", "Luna San Antonio"]


@pytest.fixture
def office(irene: User, sign_in: Callable[..., Client]) -> Client:
    return sign_in(irene)


def listed(office: Client, where: str, *, backwards: bool = False) -> Any:
    address = reverse(f"admin:{where}_changelist")
    found = office.get(address).context["cl"]
    if backwards:
        column = found.list_display.index("name")
        found = office.get(address, {"o": f"-{column}"}).context["cl"]
    return found.result_list


def test_the_administration_lists_users(office: Client, irene: User, people: list[User]) -> None:
    found = ["ángel Cruz", "Ignacio Gil", "Íñigo Paz", irene.name, *IN_ORDER[3:]]
    assert names(listed(office, "accounts_user")) == found
    assert names(listed(office, "accounts_user", backwards=True)) == found[::-1]


def test_the_administration_lists_customers(office: Client, carla: Customer, dan: Customer) -> None:
    carla.name = "Édgar Peña"
    carla.save()
    found = ["Dan Miller", "Édgar Peña"]
    assert names(listed(office, "leases_customer")) == found
    assert names(listed(office, "leases_customer", backwards=True)) == found[::-1]


def test_second_steps_stand_by_whose_they_are(office: Client, people: list[User]) -> None:
    for user in people:
        Authenticator.objects.create(user=user, type="totp", data={})
    found = office.get(reverse("admin:accounts_secondstep_changelist"), {"o": "1"})
    others = [each.user for each in found.context["cl"].result_list if each.user in people]
    assert names(others) == IN_ORDER


def test_leases_sort_by_what_has_an_index(office: Client, dans_lease: Lease) -> None:
    page = office.get(reverse("admin:leases_lease_changelist"))
    sortable = [each["class_attrib"] for each in result_headers(page.context["cl"])]
    assert [("sortable" in each) for each in sortable] == [True, False, False, False, True, False]


def test_programs_stand_by_their_name_in_the_readers_language(
    office: Client, irene: User, program: Program
) -> None:
    def codes() -> list[str]:
        return [each.code for each in listed(office, "leases_program")]

    program.pk, program.code = None, "prueba"
    program.name_en, program.name_es = "Ninety days", "Época de prueba"
    program.save()
    assert codes() == ["prueba", "doce-meses"]
    User.objects.filter(pk=irene.pk).update(language="es")
    assert codes() == ["doce-meses", "prueba"]


def test_an_earlier_installation_gets_its_keys(carla: Customer, luna: Store) -> None:
    with before("leases", "0005_names_in_order"):
        pass
    assert Customer.objects.get().name_sort == "carla pen~a"
    assert Store.objects.get().name_sort == "luna san antonio"
