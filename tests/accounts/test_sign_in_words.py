"""Whatever allauth adds to our pages uses our words, in both languages."""

from __future__ import annotations

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from tests.conftest import PASSWORD

PAGES = {
    "account_change_password": {
        "en": ["Current password", "New password, again"],
        "es": ["Contraseña actual", "Contraseña nueva (otra vez)"],
    },
    "mfa_add_webauthn": {
        "en": ["Name of the key", "Security key 1"],
        "es": ["Nombre de la llave", "Llave de seguridad 1"],
    },
}
#: allauth's own Spanish and English for these, and a form without a label.
THEIRS = ("Nueva contraseña", "New Password", "Clave", "Llave maestra", "Master key", ">Name<")


def signed_in(user: User, language: str) -> Client:
    User.objects.filter(pk=user.pk).update(language=language)
    client = Client()
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("name", PAGES)
def test_a_form_of_allauths_is_labeled_in_our_words(name: str, language: str, ana: User) -> None:
    page = signed_in(ana, language).get(reverse(name)).content.decode()
    for words in PAGES[name][language]:
        assert words in page
    assert [words for words in THEIRS if words in page] == []


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "This isn’t your current password."), ("es", "Esta no es su contraseña actual.")],
)
def test_a_wrong_current_password_is_told_in_our_words(
    language: str, words: str, ana: User
) -> None:
    typed = {"oldpassword": "wrong", "password1": "corriente-43-puente", "password2": "x"}
    answer = signed_in(ana, language).post(reverse("account_change_password"), typed)
    assert words in answer.content.decode()


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Use your authenticator app or a recovery code"),
     ("es", "Usar la aplicación de autenticación o un código de recuperación")],
)  # fmt: skip
def test_other_ways_to_confirm_who_one_is(language: str, words: str, ana: User) -> None:
    client = signed_in(ana, language)
    with translation.override(language):
        Authenticator.objects.create(user=ana, type="totp", data={"secret": "x"})
    page = client.get(reverse("account_reauthenticate")).content.decode()
    assert words in page


def test_each_key_gets_a_name_of_its_own(ana: User) -> None:
    for number in (1, 2):
        kind = Authenticator.Type.WEBAUTHN
        assert get_adapter().generate_authenticator_name(ana, kind) == f"Security key {number}"
        Authenticator.objects.create(user=ana, type=kind, data={})
