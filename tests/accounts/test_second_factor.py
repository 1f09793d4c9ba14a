"""In production, staff have a second factor; its secret can't be read in the database."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import sealing
from accounts.models import User
from leases.models import Customer
from tests.conftest import PASSWORD
from tests.sign_in import ask_for_code, give_second_factor, mailed_code

SET_UP = "/account/2fa/"
SignIn = Callable[[User], Client]


@pytest.fixture
def required(settings: Any) -> None:
    settings.STAFF_SECOND_FACTOR_REQUIRED = True


def code(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, int(timezone.now().timestamp()) // 30)))


def by_password(user: User) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    return client


def once_more(client: Client) -> Client:
    """Asks for the password again before a change."""
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


@pytest.mark.parametrize(
    "address",
    ["/", "/cases/", "/leases/", "/find/?q=carla", "/admin/", "/account/password/change/", "/none"],
)
def test_staff_without_one_see_its_set_up_and_nothing_else(
    irene: User, required: None, address: str
) -> None:
    client = by_password(irene)
    for answer in (client.get(address), client.post(address)):
        assert (answer.status_code, answer.headers["Location"]) == (302, SET_UP)
    page = client.get(SET_UP).content.decode()
    assert "Before you can work here" in page
    assert reverse("queue") not in page
    assert reverse("account_logout") in page


def test_they_set_one_up_and_go_on(ana: User, required: None) -> None:
    client = once_more(by_password(ana))
    assert client.get(reverse("mfa_add_webauthn")).status_code == 200
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    done = client.post(reverse("mfa_activate_totp"), {"code": code(secret)})
    assert done.headers["Location"] == reverse("mfa_view_recovery_codes")
    assert client.get(reverse("mfa_view_recovery_codes")).status_code == 200
    assert client.get(reverse("queue")).status_code == 200


def test_a_security_key_is_one_too_and_recovery_codes_are_none(
    sign_in: SignIn, ana: User, ben: User, required: None
) -> None:
    kinds = Authenticator.Type
    Authenticator.objects.create(user=ana, type=kinds.WEBAUTHN, data={})
    Authenticator.objects.create(user=ben, type=kinds.RECOVERY_CODES, data={})
    assert sign_in(ana).get(reverse("queue")).status_code == 200
    assert sign_in(ben).get(reverse("queue")).headers["Location"] == SET_UP


def test_customers_need_none(carla: Customer, required: None) -> None:
    client = Client()
    ask_for_code(client, carla.email)
    client.post(reverse("account_confirm_login_code"), {"code": mailed_code()})
    assert client.get(reverse("portal_home")).status_code == 200


def test_where_it_is_not_required_nobody_asks(sign_in: SignIn, ana: User) -> None:
    assert sign_in(ana).get(reverse("queue")).status_code == 200


def test_its_secrets_are_sealed_and_open_for_nobody_else(ana: User, ben: User) -> None:
    secret = give_second_factor(ana)
    with connection.cursor() as cursor:
        cursor.execute("SELECT data::text FROM mfa_authenticator")
        [[stored]] = cursor.fetchall()
    assert secret not in stored
    client = by_password(ana)
    answer = client.post(reverse("mfa_authenticate"), {"code": code(secret)})
    assert answer.headers["Location"] == reverse("home")
    # The same bytes in another person's row, as someone with access to the database might put them.
    Authenticator.objects.update(user=ben)
    thief = by_password(ben)
    answer = thief.post(reverse("mfa_authenticate"), {"code": code(secret)})
    assert answer.context["form"].has_error("code", "second_factor_lost")
    assert "_auth_user_id" not in thief.session


def test_one_being_set_up_is_sealed_in_the_session(ana: User) -> None:
    client = once_more(by_password(ana))
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    assert client.session["mfa.totp.secret"] == secret
    assert sealing.is_sealed(Session.objects.get().session_data)
    other = Client()
    Session.objects.create(
        session_key="another", session_data=Session.objects.get().session_data,
        expire_date=Session.objects.get().expire_date,
    )  # fmt: skip
    other.cookies["sessionid"] = "another"
    assert other.get(reverse("queue")).status_code == 302


def test_a_pending_code_is_not_to_be_read_in_the_database(carla: Customer) -> None:
    ask_for_code(Client(), carla.email)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT string_agg(m::text, '') FROM mail_email m)"
            " || (SELECT string_agg(r::text, '') FROM accounts_signinrequest r)"
        )
        [[stored]] = cursor.fetchall()
    assert mailed_code() not in stored


def test_keys_change_while_everything_runs(ana: User, settings: Any) -> None:
    old = {"old": b"o" * 32}
    settings.ENCRYPTION_KEYS = old
    secret = give_second_factor(ana)
    settings.ENCRYPTION_KEYS = {"new": b"n" * 32} | old
    [row] = Authenticator.objects.all()
    assert row.data["secret"].startswith("sealed:old:")
    said = StringIO()
    call_command("seal_secrets", stdout=said)
    assert (
        said.getvalue() == "Secrets encrypted with the key new: 1. Already encrypted with it: 0.\n"
    )
    settings.ENCRYPTION_KEYS = {"new": b"n" * 32}
    answer = by_password(ana).post(reverse("mfa_authenticate"), {"code": code(secret)})
    assert answer.headers["Location"] == reverse("home")
    said = StringIO()
    call_command("seal_secrets", stdout=said)
    assert (
        said.getvalue() == "Secrets encrypted with the key new: 0. Already encrypted with it: 1.\n"
    )


def test_whose_key_is_gone_is_told_what_to_do(ana: User, settings: Any) -> None:
    secret = give_second_factor(ana)
    settings.ENCRYPTION_KEYS = {"other": bytes(32)}
    client = by_password(ana)
    answer = client.post("/account/2fa/authenticate/", {"code": code(secret)})
    assert answer.status_code == 200
    assert answer.context["form"].has_error("code", "second_factor_lost")
    assert "_auth_user_id" not in client.session


def test_what_was_stored_unsealed_is_sealed(ana: User) -> None:
    data = {"seed": "ab" * 40, "used_mask": 0}
    Authenticator.objects.create(user=ana, type=Authenticator.Type.RECOVERY_CODES, data=data)
    call_command("seal_secrets", stdout=StringIO())
    [row] = Authenticator.objects.all()
    assert sealing.is_sealed(row.data["seed"])
    assert sealing.opened(row.data["seed"], row=f"authenticator:{ana.pk}") == "ab" * 40
    assert row.data["used_mask"] == 0


@pytest.mark.parametrize(
    "bad", ["sealed:local:AAAA", "sealed:gone:AAAA", "plain", "sealed:local:%"]
)
def test_what_was_changed_does_not_open(bad: str) -> None:
    with pytest.raises(sealing.CannotOpenError):
        sealing.opened(bad, row="x")
