"""Codes and links that open an account go through the outbox, once, in the person's language."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.sign_in.codes import new_code
from leases.models import Customer
from mail import outbox
from mail.enums import EmailState
from mail.models import Email
from mail.sign_in.adapter import AccountAdapter
from tests.mail.conftest import Inbox
from tests.mails import forget
from tests.sign_in import ask_for_code, ask_for_password, mailed_codes

pytestmark = pytest.mark.django_db


def ask(email: str, **headers: str) -> Any:
    return ask_for_code(Client(headers=headers), email)


def test_mailed_code_signs_the_customer_in(carla: Customer, inbox: Inbox) -> None:
    browser = Client()
    asked = ask_for_code(browser, "Carla@Example.com")
    assert asked.status_code == 302
    assert outbox.drain().sent == 1
    [mail] = inbox.messages
    assert mail.recipients == ("carla@example.com",)
    assert mail.subject == f"Su código para entrar a {settings.COMPANY_NAME}"
    [code] = re.findall(r"^\d{3} \d{3}$", mail.text, re.MULTILINE)
    assert "10 minutos" in mail.text
    browser.post(asked["Location"], {"code": code})
    assert browser.session["_auth_user_id"] == str(carla.user.pk)
    assert Email.objects.get().params == {}


def test_language_is_the_persons_not_the_browsers(dan: Customer) -> None:
    ask("dan@example.com", accept_language="es")
    assert Email.objects.get().language == "en"


def test_without_a_setting_it_is_the_browsers(dan: Customer) -> None:
    User.objects.update(language="")
    ask("dan@example.com", accept_language="es-MX,es;q=0.9")
    assert Email.objects.get().language == "es"


def test_two_requests_are_two_mails(carla: Customer) -> None:
    ask("carla@example.com")
    ask("carla@example.com")
    codes = mailed_codes()
    assert len(codes) == 2
    assert all(re.fullmatch(r"\d{6}", code) for code in codes)
    assert set(Email.objects.values_list("is_secret", "state")) == {(True, EmailState.PENDING)}


def test_unknown_and_staff_addresses_get_the_same_answer_and_no_mail(
    carla: Customer, ana: User
) -> None:
    known = ask("carla@example.com")
    forget()
    for email in ("nobody@example.com", ana.email):
        answer = ask(email)
        assert (answer.status_code, answer["Location"]) == (known.status_code, known["Location"])
    assert not Email.objects.exists()


def test_new_password_by_a_link_to_our_own_address(ana: User, inbox: Inbox) -> None:
    answer = ask_for_password(Client(), ana.email, host="localhost")
    assert answer.status_code == 302
    outbox.drain()
    [mail] = inbox.messages
    assert mail.subject == f"Elija una contraseña nueva para {settings.COMPANY_NAME}"
    [link] = re.findall(r"^http\S+$", mail.text, re.MULTILINE)
    assert link.startswith(settings.BASE_URL + "/account/password/reset/key/")
    path = link.removeprefix(settings.BASE_URL)
    assert Client().get(path, follow=True).status_code == 200
    assert Email.objects.get().params == {}


def test_nobody_signs_up() -> None:
    answer = Client().post(
        reverse("account_signup"),
        {"email": "x@example.com", "password1": "corriente-puente-43"},
    )
    assert answer.status_code == 200
    assert not User.objects.filter(email="x@example.com").exists()


def test_mail_nobody_worded_is_a_bug_not_a_mail(rf: Any, carla: Customer) -> None:
    with pytest.raises(NotImplementedError):
        AccountAdapter(rf.get("/")).send_mail("account/email/unknown", "carla@example.com", {})


def test_codes_are_six_digits_with_leading_zeros(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("secrets.randbelow", lambda top: 42)
    assert new_code() == "000042"
