"""Who signs in after a session ended reads where they go and that their words are kept."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from accounts.models import User
from tests.conftest import PASSWORD
from tests.pages import text
from tests.sign_in import give_second_factor

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R54")]
LOGIN = "/account/login/"
CALL = "/calls/260000019/"
SAID = {
    CALL: "Volverá a la llamada 260 000 019. Se conserva todo lo que escribió en ella.",
    "/cases/260000027/?seen=1": (
        "Volverá al caso 260 000 027. Se conserva todo lo que escribió en él."
    ),
}


@pytest.fixture
def client() -> Client:
    return Client(headers={"accept-language": "es"})


def focused(page: str) -> list[str]:
    return re.findall(r'name="(\w+)"', "".join(re.findall(r"<input[^>]* autofocus[^>]*>", page)))


@pytest.mark.parametrize("address", SAID)
def test_the_page_to_sign_in_says_where_it_leads(client: Client, address: str) -> None:
    page = client.get(LOGIN, {"ended": "over", "next": address})
    assert SAID[address] in text(page)
    assert focused(page.content.decode()) == ["login"]


@pytest.mark.parametrize("address", ["", "/cases/", "/portal/cases/260000019/", "//evil.example/"])
def test_nothing_is_promised_about_other_pages(client: Client, address: str) -> None:
    page = client.get(LOGIN, {"next": address})
    assert "Volverá" not in text(page)
    assert focused(page.content.decode()) == []


def test_it_stays_beside_a_refusal_and_the_hand_is_in_the_empty_field(
    client: Client, ana: User
) -> None:
    sent = {"login": ana.email, "password": "wrong", "next": CALL}
    page = client.post(LOGIN, sent)
    assert SAID[CALL] in text(page)
    assert focused(page.content.decode()) == ["password"]


def test_the_second_step_says_it_too(client: Client, ana: User) -> None:
    give_second_factor(ana)
    sent = {"login": ana.email, "password": PASSWORD, "next": CALL}
    page = client.post(LOGIN, sent, follow=True)
    assert page.request["PATH_INFO"] == "/account/2fa/authenticate/"
    assert SAID[CALL] in text(page)
    assert focused(page.content.decode()) == ["code"]
