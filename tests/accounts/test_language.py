"""The interface uses the person's language: their own setting, else the cookie, else the
browser's.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from accounts.models import User

SignIn = Callable[..., Client]
LOGIN = "/account/login/"


def language_of(client: Client, address: str = LOGIN, browser: str = "en") -> str:
    response = client.get(address, headers={"Accept-Language": browser})
    return str(response.headers["Content-Language"])


@pytest.mark.parametrize(
    ("browser", "language"),
    [("es-MX,es;q=0.9", "es"), ("en-US", "en"), ("fr,de", "en"), ("", "en")],
)
@pytest.mark.django_db
def test_a_new_visitor_gets_the_language_of_the_browser(browser: str, language: str) -> None:
    assert language_of(Client(), browser=browser) == language


@pytest.mark.django_db
def test_the_switch_is_remembered_and_keeps_the_page() -> None:
    client = Client()
    answer = client.post(
        reverse("language"), {"language": "es", "next": "/account/login/code/?x=1"}
    )
    assert answer.headers["Location"] == "/account/login/code/?x=1"
    assert language_of(client, browser="en") == "es"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "//evil.example", "/\\evil.example", "\t//evil.example", "https://evil.example/",
        "https:evil.example", "javascript:alert(1)", "//[", "queue", "nowhere", "?x=1", "#", "",
    ],
)  # fmt: skip
def test_the_switch_leads_nowhere_else(address: str) -> None:
    answer = Client().post(reverse("language"), {"language": "es", "next": address})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")


def test_a_persons_own_setting_wins(sign_in: SignIn, ana: User) -> None:
    client = sign_in(ana)
    client.cookies["puente_language"] = "en"
    assert language_of(client, reverse("queue"), browser="en") == "es"
    client.post(reverse("language"), {"language": "en", "next": "/"})
    assert User.objects.get(pk=ana.pk).language == "en"
    assert language_of(client, reverse("queue"), browser="es") == "en"


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["", "fr", "en'", "es\x00"])
def test_no_other_language_is_taken(language: str) -> None:
    client = Client()
    assert client.post(reverse("language"), {"language": language}).status_code == 400
    assert language_of(client) == "en"


@pytest.mark.parametrize("name", ["America/Nowhere", "../etc/passwd", "utc+6"])
def test_a_time_zone_must_exist(ana: User, name: str) -> None:
    ana.time_zone = name
    with pytest.raises(ValidationError) as error:
        ana.full_clean()
    assert [each.code for each in error.value.error_dict["time_zone"]] == ["time_zone"]
