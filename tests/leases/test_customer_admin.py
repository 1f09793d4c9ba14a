"""What administrators change about a customer: the registered address and the sign-in are one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from leases.models import Customer
from tests.pages import admin_codes

SignIn = Callable[[User], Client]


@pytest.fixture
def change(irene: User, carla: Customer, sign_in: SignIn) -> Callable[..., Any]:
    client = sign_in(irene)
    address = reverse("admin:leases_customer_change", args=[carla.pk])

    def changed(**values: Any) -> Any:
        typed = {
            "name": carla.name, "email": carla.email, "phone": carla.phone, "language": "es",
            "language_source": "asked", "available_days": ["mon", "tue"], "available_from": "17:00",
            "available_to": "20:00", "time_zone": "America/Chicago",
        } | values  # fmt: skip
        answer = client.post(address, typed)
        carla.refresh_from_db()
        carla.user.refresh_from_db()
        return answer

    return changed


def test_a_new_address_is_the_new_sign_in_and_ends_old_sessions(
    change: Callable[..., Any], carla: Customer, sign_in: SignIn
) -> None:
    session = sign_in(carla.user)
    assert session.get(reverse("portal_home")).status_code == 200
    change(name="Carla Peña Ruiz", phone="(312) 555-0123")
    assert (carla.name, carla.phone) == ("Carla Peña Ruiz", "+13125550123")
    assert carla.user.name == "Carla Peña Ruiz"
    assert session.get(reverse("portal_home")).status_code == 200
    assert change(email="Carla.Nueva@example.com").status_code == 302
    assert carla.email == carla.user.email == "carla.nueva@example.com"
    assert session.get(reverse("portal_home")).status_code == 302


@pytest.mark.parametrize("taken", ["dan@example.com", "ANA@puente.example"])
def test_an_address_in_use_is_refused(
    change: Callable[..., Any], carla: Customer, dan: Customer, ana: User, taken: str
) -> None:
    assert admin_codes(change(email=taken)) == {"email": ["unique"]}
    assert carla.email == carla.user.email == "carla@example.com"


def test_what_is_no_phone_or_no_name_is_refused(
    change: Callable[..., Any], carla: Customer
) -> None:
    wrong = change(phone="12", name="Carla\r\nBcc: dan@example.com")
    assert admin_codes(wrong) == {"phone": ["phone"], "name": ["line_break"]}
    assert admin_codes(change(phone="555-0134")) == {"phone": ["phone_area_code"]}
    assert admin_codes(change(phone="(312) 555-0123 ext 5")) == {"phone": ["phone_extension"]}
    assert (carla.name, carla.phone) == ("Carla Peña", "+12105550134")


def test_a_customers_sign_in_is_not_changed_by_itself(
    irene: User, ana: User, carla: Customer, sign_in: SignIn
) -> None:
    client = sign_in(irene)
    address = reverse("admin:accounts_user_change", args=[carla.user_id])
    typed = {"email": "x@example.com", "name": "X", "role": "administrator", "is_active": "on"}
    refused = client.post(address, typed)
    assert admin_codes(refused) == {each: ["customers_own"] for each in ("email", "name", "role")}
    carla.user.refresh_from_db()
    assert (carla.user.email, carla.user.role) == ("carla@example.com", "customer")
    address = reverse("admin:accounts_user_change", args=[ana.pk])
    refused = client.post(address, typed | {"role": "customer"})
    assert admin_codes(refused) == {"role": ["invalid_choice"]}
