"""Customers sign in with a mailed code, staff with a password; no one learns who has an account."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.middleware import SEEN_AT, UNATTENDED
from accounts.models import User
from cases.models import Case
from leases.models import Customer
from mail.models import Email
from tests import clock
from tests.conftest import PASSWORD
from tests.pages import text as page_text
from tests.sign_in import (
    ask_for_code,
    ask_for_password,
    give_second_factor,
    mailed_code,
    wrong,
)

SignIn = Callable[[User], Client]


@pytest.mark.requirement("R49", "R54")
def test_a_customer_signs_in_with_the_mailed_code(carla: Customer) -> None:
    client = Client()
    assert ask_for_code(client, "carla@example.com").status_code == 302
    mail = Email.objects.get()
    assert (mail.to, mail.language, mail.is_secret) == ("carla@example.com", "es", True)
    confirm = reverse("account_confirm_login_code")
    assert client.post(confirm, {"code": wrong(mailed_code())}).status_code == 422
    answer = client.post(confirm, {"code": mailed_code()}, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("portal_home")


def test_a_code_is_of_no_use_after_three_wrong_ones(carla: Customer) -> None:
    client = Client()
    ask_for_code(client, "carla@example.com")
    for _ in range(3):
        client.post(reverse("account_confirm_login_code"), {"code": wrong(mailed_code())})
    client.post(reverse("account_confirm_login_code"), {"code": mailed_code()})
    assert client.get(reverse("portal_home")).status_code == 302


@pytest.mark.parametrize("email", ["nobody@example.com", "ana@puente.example"])
def test_unknown_and_staff_addresses_are_answered_like_customers(
    carla: Customer, ana: User, email: str
) -> None:
    known, other = Client(), Client()
    answers = [ask_for_code(known, "carla@example.com"), ask_for_code(other, email)]
    assert [(each.status_code, each.headers["Location"]) for each in answers] == [
        (302, reverse("account_confirm_login_code"))
    ] * 2
    confirm = reverse("account_confirm_login_code")
    pages = [
        client.get(confirm).content.decode().replace(address, "")
        for client, address in ((known, "carla@example.com"), (other, email))
    ]
    strip = [page[page.index("<main") : page.index("</main>")] for page in pages]
    assert _without_tokens(strip[0]) == _without_tokens(strip[1])
    assert list(Email.objects.values_list("to", flat=True)) == ["carla@example.com"]


def _without_tokens(page: str) -> str:
    import re  # noqa: PLC0415

    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)


def test_staff_sign_in_with_their_password(ana: User) -> None:
    client = Client()
    answer = client.post(
        reverse("account_login"), {"login": "ANA@puente.example", "password": PASSWORD}
    )
    assert answer.headers["Location"] == reverse("home")
    assert client.get(reverse("queue")).status_code == 200


def test_a_second_factor_is_asked_for_once_it_is_set_up(ana: User) -> None:
    give_second_factor(ana)
    client = Client()
    answer = client.post(reverse("account_login"), {"login": ana.email, "password": PASSWORD})
    assert answer.headers["Location"] == reverse("mfa_authenticate")
    assert client.get(reverse("queue")).status_code == 302
    refused = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert refused.status_code == 200
    assert client.get(reverse("queue")).status_code == 302


def test_the_administration_asks_for_the_second_factor_too(irene: User) -> None:
    give_second_factor(irene)
    client = Client()
    door = client.get("/admin/").headers["Location"]
    door = client.get(door).headers["Location"]
    assert door.startswith(reverse("account_login"))
    answer = client.post(door, {"login": irene.email, "password": PASSWORD})
    assert answer.headers["Location"].startswith(reverse("mfa_authenticate"))
    assert client.get("/admin/").status_code == 302


def test_a_new_password_is_only_for_staff(carla: Customer, ana: User) -> None:
    for email in ("carla@example.com", "ana@puente.example", "nobody@example.com"):
        answer = ask_for_password(Client(), email)
        assert answer.headers["Location"] == reverse("account_reset_password_done")
    assert list(Email.objects.values_list("to", "template__key")) == [
        ("ana@puente.example", "password_reset")
    ]


def test_staff_who_walked_away_are_signed_out(sign_in: SignIn, ana: User, settings: Any) -> None:
    client = sign_in(ana)
    assert client.get(reverse("queue")).status_code == 200
    session = client.session
    session[SEEN_AT] -= settings.STAFF_IDLE_SECONDS + 1
    session.save()
    away = client.get(reverse("queue"))
    assert away.headers["Location"] == f"{reverse('account_login')}?ended=idle&next=/cases/"
    assert "weren’t active" in page_text(Client().get(away.headers["Location"]))
    assert client.get(reverse("queue")).status_code == 302


def test_what_a_page_asks_by_itself_shows_no_one_there(
    sign_in: SignIn, ana: User, settings: Any
) -> None:
    """A phone that rings in an empty room."""
    client = sign_in(ana)
    assert client.get(reverse("queue")).status_code == 200
    session = client.session
    session[SEEN_AT] -= settings.STAFF_IDLE_SECONDS - 30
    session.save()
    before = client.session[SEEN_AT]
    assert client.get(reverse("ringing"), headers={UNATTENDED: "1"}).status_code == 200
    assert client.session[SEEN_AT] == before
    assert client.get(reverse("ringing")).status_code == 200
    assert client.session[SEEN_AT] > before


def test_a_session_of_staff_ends_after_its_hours_however_busy(
    sign_in: SignIn, ana: User, settings: Any
) -> None:
    client, start = sign_in(ana), timezone.now()
    for passed in range(0, settings.SESSION_COOKIE_AGE, 1500):
        with clock.at(start + timedelta(seconds=passed)):
            assert client.get(reverse("queue")).status_code == 200
    with clock.at(start + timedelta(seconds=settings.SESSION_COOKIE_AGE + 5)):
        over = client.get(reverse("queue"))
    assert over.headers["Location"] == f"{reverse('account_login')}?ended=hours&next=/cases/"
    assert "reached its limit" in page_text(Client().get(over.headers["Location"]))


@pytest.mark.requirement("R100")
def test_a_part_of_a_page_never_becomes_the_page_to_sign_in(sign_in: SignIn, ana: User) -> None:
    client = sign_in(ana)
    client.session.delete()
    answer = client.get(reverse("queue"), headers={"hx-request": "true"})
    assert answer.status_code == 204
    assert answer.headers["HX-Trigger"] == "session-over"


@pytest.mark.requirement("R100")
def test_a_session_that_is_gone_is_said_and_a_first_visit_is_not(
    sign_in: SignIn, ana: User
) -> None:
    client = sign_in(ana)
    client.session.delete()
    gone = client.get(reverse("queue"))
    assert gone.headers["Location"] == f"{reverse('account_login')}?ended=over&next=/cases/"
    assert "signed out. Sign in to go back to your page." in page_text(
        Client().get(gone.headers["Location"])
    )
    first = Client().get(reverse("queue"))
    assert first.headers["Location"] == f"{reverse('account_login')}?next=/cases/"
    for odd in ("", "?ended=", "?ended=%3Cb%3E"):
        assert "go back to your page" not in page_text(Client().get(reverse("account_login") + odd))


def test_a_disabled_account_is_refused_at_the_next_request(sign_in: SignIn, ana: User) -> None:
    client = sign_in(ana)
    assert client.get(reverse("queue")).status_code == 200
    User.objects.filter(pk=ana.pk).update(is_active=False)
    assert client.get(reverse("queue")).status_code == 302


def test_a_form_sent_after_the_session_leads_back_to_its_page(
    sign_in: SignIn, open_case: Callable[..., Case]
) -> None:
    case = open_case()
    page = reverse("case", args=[case.number])
    entries = reverse("case_entries", args=[case.number])
    late = Client().post(
        entries, {"body": "x"}, headers={"Referer": f"http://testserver{page}?a=1"}
    )
    door = f"{reverse('account_login')}?ended=over"
    assert late.headers["Location"] == f"{door}&next={page}"
    for elsewhere in ("https://evil.example/x", "http://[testserver", "testserver", ""):
        foreign = Client().post(entries, {"body": "x"}, headers={"Referer": elsewhere})
        assert foreign.headers["Location"] == f"{door}&next=/"


def test_the_switch_leads_from_a_refused_form_to_its_page(
    sign_in: SignIn, ana: User, open_case: Callable[..., Case]
) -> None:
    case = open_case()
    refused = sign_in(ana).post(reverse("case_escalations", args=[case.number]), {"reason": ""})
    assert refused.status_code == 422
    page = reverse("case", args=[case.number])
    assert f'name="next" value="{page}"' in refused.content.decode()


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "The email address or password is incorrect."),
     ("es", "El correo electrónico o la contraseña no son correctos.")],
)  # fmt: skip
def test_a_wrong_password_is_told_in_our_own_words(ana: User, language: str, words: str) -> None:
    answer = Client(headers={"Accept-Language": language}).post(
        reverse("account_login"), {"login": ana.email, "password": "wrong-password-1"}
    )
    assert words in answer.content.decode()
    assert ana.email in answer.content.decode()
