"""A form sent after the session ended, without scripts: its writer finds it after signing in."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django import forms
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from accounts.kept_forms import COOKIE, FROM_A_NETWORK, KEPT_FOR, LONGEST, WORDS
from accounts.models import User
from accounts.sent_forms import is_key_of, new_key
from cases.models import Case, Entry
from leases.models import Customer
from tests.accounts.test_kept_fields import fields_of_forms
from tests.pages import text

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R100")]
SignIn = Callable[..., Client]
SAID = "Le llamé a las tres y no contestó."
KEPT = "/account/kept/"


@pytest.fixture
def case(open_case: Callable[..., Case]) -> Case:
    return open_case()


class Browser:
    """A browser without scripts, and what its person does in it."""

    def __init__(self, client: Client, sign_in: SignIn) -> None:
        self.client = client
        self.sign_in_there = sign_in

    def key_on(self, page: str) -> str:
        found = re.search(
            r'name="form_key" value="([^"]+)"', self.client.get(page).content.decode()
        )
        assert found
        return found[1]

    def end_session(self) -> None:
        Session.objects.all().delete()

    def sign_in(self, user: User) -> None:
        """In the same browser."""
        signed = self.sign_in_there(user).cookies[settings.SESSION_COOKIE_NAME]
        self.client.cookies[settings.SESSION_COOKIE_NAME] = signed.value


@pytest.fixture
def browser(ana: User, sign_in: SignIn) -> Browser:
    return Browser(sign_in(ana), sign_in)


@pytest.fixture
def send(browser: Browser, case: Case) -> Callable[..., HttpResponse]:
    def sent(**more: Any) -> HttpResponse:
        page = f"/cases/{case.number}/"
        fields = {
            "form_key": browser.key_on(page), "body": SAID, "version": "1", "seen": "0",
            "language": "es", "visibility": "internal", "due_on": "23 nov 2026",
        }  # fmt: skip
        headers = more.pop("headers", {})
        browser.end_session()
        return browser.client.post(
            f"{page}entries/",
            {k: v for k, v in (fields | more).items() if v is not None},
            headers={"referer": f"http://testserver{page}"} | headers,
        )

    return sent


def test_it_is_kept_said_and_sent_by_its_writer(
    browser: Browser, send: Callable[..., HttpResponse], ana: User, case: Case
) -> None:
    answer = send()
    assert answer.headers["Location"] == "/account/login/?ended=over&kept=1&next=/account/kept/"
    assert "We kept what you wrote." in text(browser.client.get(answer.headers["Location"]))
    assert not Entry.objects.filter(body=SAID).exists()
    browser.sign_in(ana)
    page = browser.client.get(KEPT)
    assert not Entry.objects.filter(body=SAID).exists()  # nothing is sent by itself
    html = page.content.decode()
    assert html.count("<textarea") == 1
    assert f'action="/cases/{case.number}/entries/"' in html
    assert f">{SAID}</textarea>" in html
    assert f'href="/cases/{case.number}/"' in html
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]+)"', html))
    assert fields["visibility"] == "internal"
    sent = browser.client.post(f"/cases/{case.number}/entries/", {**fields, "body": SAID})
    assert sent.status_code == 302
    assert Entry.objects.filter(body=SAID).count() == 1


def test_shown_again_it_is_still_the_same_form(
    browser: Browser, send: Callable[..., HttpResponse], ana: User, case: Case
) -> None:
    send()
    browser.sign_in(ana)
    for _each in range(2):  # the second time by going back to it
        html = browser.client.get(KEPT).content.decode().split("<h1>")[1].split("</form>")[0]
        fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]+)"', html))
        sent = browser.client.post(f"/cases/{case.number}/entries/", {**fields, "body": SAID})
        assert sent.status_code == 302
    assert Entry.objects.filter(body=SAID).count() == 1


def test_no_one_else_sees_it(
    browser: Browser, send: Callable[..., HttpResponse], ana: User, ben: User
) -> None:
    send()
    browser.sign_in(ben)
    answer = browser.client.get(KEPT)
    assert answer.headers["Location"] == "/"
    browser.sign_in(ana)  # and now it's gone
    assert browser.client.get(KEPT).headers["Location"] == "/"


def test_another_browser_has_none(
    browser: Browser, send: Callable[..., HttpResponse], ana: User, sign_in: SignIn
) -> None:
    send()
    assert sign_in(ana).get(KEPT).headers["Location"] == "/"


def test_it_can_be_discarded(
    browser: Browser, send: Callable[..., HttpResponse], ana: User, case: Case
) -> None:
    send()
    browser.sign_in(ana)
    assert browser.client.post(KEPT).headers["Location"] == f"/cases/{case.number}/"
    assert browser.client.get(KEPT).headers["Location"] == "/"


def test_it_is_forgotten_after_an_hour(
    browser: Browser, send: Callable[..., HttpResponse], ana: User
) -> None:
    answer = send()
    kept = answer.cookies[COOKIE]
    assert (kept["max-age"], kept["path"]) == (KEPT_FOR.total_seconds(), KEPT)
    assert (bool(kept["httponly"]), kept["samesite"]) == (True, "Lax")
    row = Session.objects.get(pk=kept.value)
    assert row.expire_date <= timezone.now() + KEPT_FOR
    assert SAID not in row.session_data  # encrypted
    Session.objects.filter(pk=kept.value).update(expire_date=timezone.now() - timedelta(seconds=1))
    browser.sign_in(ana)
    assert browser.client.get(KEPT).headers["Location"] == "/"


def test_secrets_are_never_kept(
    browser: Browser, send: Callable[..., HttpResponse], ana: User
) -> None:
    send(
        body=f"{SAID} Card 4111 1111 1111 1111", password="un secreto largo", ssn_last4="1234",
        code="123 456",
    )  # fmt: skip
    browser.sign_in(ana)
    kept = browser.client.get(KEPT).context["kept"]
    names = {name for name, _value in kept.typed}
    assert names == {"body", "version", "seen", "language", "visibility", "due_on"}
    [(_name, words)] = kept.words
    assert SAID in words
    assert "4111 1111" not in words


def test_files_are_named(browser: Browser, send: Callable[..., HttpResponse], ana: User) -> None:
    send(evidence=SimpleUploadedFile("recibo.png", b"x"))
    browser.sign_in(ana)
    assert "Elija otra vez sus archivos: recibo.png" in text(browser.client.get(KEPT))


@pytest.mark.parametrize(
    "more",
    [
        {"body": "x " * LONGEST},
        {"body": ""},
        {"form_key": None},
        {"form_key": "x"},
        {"draft": "t1 /cases/1/entries/"},  # its page has scripts
        {"headers": {"HX-Request": "true"}},
        {"headers": {"X-Requested-With": "fetch"}},
        dict.fromkeys((f"f{n}" for n in range(100)), "x"),
    ],
)
def test_what_is_not_kept(send: Callable[..., HttpResponse], more: dict[str, Any]) -> None:
    answer = send(**more)
    assert "kept" not in answer.headers.get("Location", "")
    assert COOKIE not in answer.cookies


def test_a_form_with_someone_elses_key_reaches_no_one(
    browser: Browser, send: Callable[..., HttpResponse], ana: User, ben: User
) -> None:
    send(form_key=str(new_key(ben)))
    browser.sign_in(ana)
    assert browser.client.get(KEPT).headers["Location"] == "/"


def test_a_network_cannot_fill_the_database(db: None) -> None:
    client, data = Client(), {"form_key": str(new_key(User(pk=1))), "body": SAID}
    for _time in range(FROM_A_NETWORK.burst + 5):
        client.post("/cases/260000001/entries/", data)
    assert Session.objects.count() == FROM_A_NETWORK.burst


@pytest.mark.parametrize("cookie", ["", "x", "x" * 32, "x\0", "ñ" * 32, "../.."])
def test_a_wrong_cookie_finds_nothing(browser: Browser, cookie: str) -> None:
    browser.client.cookies[COOKIE] = cookie
    assert browser.client.get(KEPT).headers["Location"] == "/"


def test_the_cookie_opens_no_session_and_deletes_none(browser: Browser) -> None:
    browser.client.cookies[COOKIE] = browser.client.cookies[settings.SESSION_COOKIE_NAME].value
    assert browser.client.post(KEPT).status_code == 302
    assert browser.client.get("/cases/").status_code == 200


def test_an_idle_agent_finds_it_too(
    browser: Browser, ana: User, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = f"/cases/{case.number}/"
    fields = {"form_key": browser.key_on(page), "body": SAID}
    monkeypatch.setattr(settings, "STAFF_IDLE_SECONDS", -1)
    answer = browser.client.post(f"{page}entries/", fields)
    assert "ended=idle&kept=1" in answer.headers["Location"]
    monkeypatch.undo()
    browser.sign_in(ana)
    assert SAID in text(browser.client.get(KEPT))


def test_a_customer_finds_a_single_word(
    carla: Customer, case: Case, sign_in: SignIn, now: datetime
) -> None:
    assert carla.user
    browser = Browser(sign_in(carla.user), sign_in)
    page = f"/portal/cases/{case.number}/"
    fields = {"form_key": browser.key_on(page), "body": "Gracias"}
    browser.end_session()
    browser.client.post(f"{page}messages/", fields)
    browser.sign_in(carla.user)
    assert ">Gracias</textarea>" in browser.client.get(KEPT).content.decode()


def test_a_key_says_whose_form_it_is(ana: User, ben: User) -> None:
    key = new_key(ana)
    assert (is_key_of(ana, key), is_key_of(ben, key)) == (True, False)
    assert new_key(ana) != key


def test_every_field_for_words_counts_with_one_word() -> None:
    assert {name for _form, name in fields_of_forms(forms.Textarea)} == WORDS
