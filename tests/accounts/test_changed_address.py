"""After an address change, what the old address could open is closed, and both are told."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings as our
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.sign_in.answer import answer_sign_ins
from accounts.sign_in.change_address import change_address
from accounts.sign_in.rows import SignInRequest
from leases.actions import revise_customer
from leases.models import Customer
from mail import outbox
from mail.enums import EmailState
from mail.models import Email
from tests.cases.conftest import Inbox
from tests.conftest import PASSWORD
from tests.sign_in import ask_for_code, ask_for_password, mailed_code

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
CONFIRM, NEW = "/account/login/code/confirm/", "carla.nueva@example.com"


def move(customer: Customer, email: str = NEW) -> None:
    customer.email = email
    revise_customer(customer=customer, by=None, now=timezone.now())


def is_in(client: Client) -> bool:
    return client.get("/").headers["Location"] in {"/portal/", "/cases/"}


def told() -> set[tuple[str, str, str]]:
    mails = Email.objects.filter(is_secret=False)
    return set(mails.values_list("template__key", "to", "language"))


def test_a_code_mailed_to_the_old_address_opens_nothing(carla: Customer, inbox: Inbox) -> None:
    thief = Client()
    ask_for_code(thief, "carla@example.com")
    outbox.drain()
    [code] = re.findall(r"^\d{3} \d{3}$", inbox.messages[0].text, re.MULTILINE)
    move(carla)
    assert SignInRequest.objects.get().code_hash == ""
    thief.post(CONFIRM, {"code": code})
    assert not is_in(thief)


def test_nor_one_that_nobody_has_answered_or_sent_yet(carla: Customer) -> None:
    waiting, asked = Client(), Client()
    ask_for_code(waiting, "carla@example.com")
    asked.post(reverse("account_request_login_code"), {"email": "carla@example.com"})
    move(carla)
    assert answer_sign_ins(now=timezone.now()) == 0
    [code] = Email.objects.filter(is_secret=True)
    assert (code.state, code.params) == (EmailState.WITHDRAWN, {})


def test_who_gets_the_old_address_does_not_get_her_code(carla: Customer, dan: Customer) -> None:
    browser = Client()
    ask_for_code(browser, "carla@example.com")
    code = mailed_code()
    move(carla)
    move(dan, "carla@example.com")
    browser.post(CONFIRM, {"code": code})
    assert not is_in(browser)


def test_a_change_by_sql_shuts_them_too(carla: Customer) -> None:
    browser = Client()
    ask_for_code(browser, "carla@example.com")
    User.objects.filter(pk=carla.user_id).update(email=NEW)
    browser.post(CONFIRM, {"code": mailed_code()})
    assert not is_in(browser)


def test_all_her_sessions_end(carla: Customer, sign_in: SignIn) -> None:
    """The session hash includes the address, so changing it ends the sessions."""
    sessions = [sign_in(carla.user), sign_in(carla.user)]
    assert all(map(is_in, sessions))
    move(carla)
    assert not any(map(is_in, sessions))
    fresh = Client()
    ask_for_code(fresh, NEW)
    fresh.post(CONFIRM, {"code": mailed_code()})
    assert is_in(fresh)


def test_both_addresses_are_told_in_her_language(carla: Customer, inbox: Inbox) -> None:
    move(carla)
    assert told() == {
        ("address_changed", "carla@example.com", "es"), ("address_changed", NEW, "es"),
    }  # fmt: skip
    outbox.drain()
    assert {mail.subject for mail in inbox.messages} == {
        f"Se cambió su correo electrónico en {our.COMPANY_NAME}"
    }
    assert all(NEW not in mail.text for mail in inbox.messages)
    move(carla)  # nothing has changed
    assert Email.objects.count() == 2


def test_the_administration_changes_staff_by_the_same_action(
    irene: User, ben: User, sign_in: SignIn, inbox: Inbox
) -> None:
    old, page = sign_in(ben), reverse("admin:accounts_user_change", args=[ben.pk])
    assert is_in(old)
    typed = {"email": "B.Wright@puente.example", "name": "Ben Wright", "role": "agent",
             "language": "en", "time_zone": "", "is_active": "on"}  # fmt: skip
    assert sign_in(irene).post(page, typed).status_code == 302
    ben.refresh_from_db()
    assert ben.email == "b.wright@puente.example"
    assert not is_in(old)
    assert told() == {
        ("address_changed", "ben@puente.example", "en"),
        ("address_changed", "b.wright@puente.example", "en"),
    }
    again = Client()
    again.post(reverse("account_login"), {"login": ben.email, "password": PASSWORD})
    assert is_in(again)


def test_a_link_for_a_new_password_dies_with_the_address(ana: User) -> None:
    ask_for_password(Client(), ana.email)
    link = Email.objects.get().said.link.removeprefix(our.BASE_URL)
    change_address(user=ana, email="ana.torres@puente.example", by=None, now=timezone.now())
    assert "no longer works" in Client().get(link, follow=True).content.decode()


def test_an_address_in_use_changes_nothing(carla: Customer, dan: Customer) -> None:
    with pytest.raises(ValidationError) as refused:
        move(carla, "dan@example.com")
    assert [each.code for each in refused.value.error_dict["email"]] == ["unique"]
    assert User.objects.get(pk=carla.user_id).email == "carla@example.com"
    assert not Email.objects.exists()


def reset(client: Client, user: User, new: str) -> Any:
    ask_for_password(client, user.email)
    link = Email.objects.get(template__key="password_reset").said.link
    page = client.get(link.removeprefix(our.BASE_URL))["Location"]
    return client.post(page, {"password1": new, "password2": new})


def test_a_new_password_is_told_and_ends_all_sessions(ana: User, sign_in: SignIn) -> None:
    old = sign_in(ana)
    assert is_in(old)
    assert reset(Client(), ana, "caballo-grapa-42").status_code == 302
    assert not is_in(old)
    assert told() == {("password_changed", "ana@puente.example", "es")}


def test_a_password_changed_by_hand_is_told_too(ben: User, sign_in: SignIn) -> None:
    new = "caballo-grapa-42"
    typed = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    sign_in(ben).post(reverse("account_change_password"), typed)
    assert told() == {("password_changed", "ben@puente.example", "en")}
