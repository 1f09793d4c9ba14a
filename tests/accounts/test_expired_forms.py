"""A form from before its reader signed in again: refused, with all they typed to send again."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from accounts.models import Draft, User
from accounts.sent_forms import new_key
from cases.models import Case, Entry
from tests.pages import text

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R100")]
SAID = "Le llamé a las tres y no contestó."
HIDDEN = re.compile(r'type="hidden" name="(\w+)" value="([^"]*)"')


@pytest.fixture
def strict(sign_in: Callable[..., Client], ana: User) -> Client:
    """Ana's browser, which has signed in again after the page was opened."""
    User.objects.filter(pk=ana.pk).update(language="en")
    client = Client(enforce_csrf_checks=True)
    client.cookies = sign_in(ana).cookies
    return client


@pytest.fixture
def case(open_case: Callable[..., Case]) -> Case:
    return open_case()


@pytest.fixture
def send(strict: Client, case: Case, ana: User) -> Callable[..., HttpResponse]:
    page = f"/cases/{case.number}/"

    def sent(client: Client = strict, path: str = f"{page}entries/", **more: Any) -> HttpResponse:
        fields = {
            "csrfmiddlewaretoken": "x" * 64, "form_key": str(new_key(ana)), "body": SAID,
            "version": "1", "seen": "0", "language": "es", "visibility": "internal",
            "due_on": "23 nov 2026",
        }  # fmt: skip
        headers = {"referer": f"http://testserver{page}"} | more.pop("headers", {})
        fields = {name: value for name, value in (fields | more).items() if value is not None}
        return client.post(path, fields, headers=headers)

    return sent


def form_of(answer: HttpResponse) -> str:
    return answer.content.decode().split("<h1>")[1].split("</form>")[0]


@pytest.mark.parametrize("language", ["en", "es"])
def test_what_was_typed_is_one_press_away(
    send: Callable[..., HttpResponse], strict: Client, case: Case, ana: User, language: str
) -> None:
    User.objects.filter(pk=ana.pk).update(language=language)
    answer = send()
    assert answer.status_code == 403
    assert not Entry.objects.filter(body=SAID).exists()
    why = {"en": "so nothing was saved", "es": "así que no guardamos nada"}[language]
    assert why in text(answer)
    html = form_of(answer)
    assert f">{SAID}</textarea>" in html
    assert f'action="/cases/{case.number}/entries/"' in html
    assert f'href="/cases/{case.number}/"' in html
    fields = {name: unescape(value) for name, value in HIDDEN.findall(html)}
    assert fields["due_on"] == "23 nov 2026"
    sent = strict.post(f"/cases/{case.number}/entries/", {**fields, "body": SAID})
    assert sent.status_code == 302
    assert Entry.objects.filter(body=SAID).count() == 1


def test_its_draft_ends_with_it(
    send: Callable[..., HttpResponse], strict: Client, case: Case, ana: User
) -> None:
    """With scripts, the page has kept the words too."""
    path = f"/cases/{case.number}/entries/"
    fields = dict(HIDDEN.findall(form_of(send(draft=f"abc {path}"))))
    assert strict.post(path, {**fields, "body": SAID}).status_code == 302
    assert Draft.objects.get(writer=ana, form=path).spent == "abc"


def test_files_are_said_to_be_lost(send: Callable[..., HttpResponse]) -> None:
    answer = send(evidence=SimpleUploadedFile("foto.jpg", b"x"))
    assert "The files you chose weren’t saved." in text(answer)
    assert "Please choose your files again: foto.jpg" in text(answer)


@pytest.mark.parametrize(
    "more",
    [
        {"form_key": None},
        {"form_key": "00000000-0000-0000-0000-000000000000"},
        {"body": ""},
        {"path": "/account/kept/"},
    ],
)
def test_what_no_page_of_theirs_sent_is_not_shown(
    send: Callable[..., HttpResponse], more: dict[str, Any]
) -> None:
    answer = send(**more)
    assert answer.status_code == 403
    assert SAID not in text(answer)
    assert "This page has expired" in text(answer)


def test_words_of_someone_else_are_not_shown(send: Callable[..., HttpResponse], ben: User) -> None:
    answer = send(form_key=str(new_key(ben)))
    assert answer.status_code == 403
    assert SAID not in text(answer)


def test_a_browser_without_cookies_signs_in_first(send: Callable[..., HttpResponse]) -> None:
    """The session is gone, and with it the token."""
    answer = send(client=Client(enforce_csrf_checks=True))
    assert answer.headers["Location"] == "/account/login/?ended=over&kept=1&next=/account/kept/"
    assert not Entry.objects.filter(body=SAID).exists()


def test_a_part_of_a_page_hears_that_its_session_is_over(
    send: Callable[..., HttpResponse],
) -> None:
    answer = send(headers={"hx-request": "true"})
    assert (answer.status_code, answer.headers["HX-Trigger"]) == (204, "session-over")


def test_a_page_to_sign_in_says_only_that_it_has_expired() -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/account/login/", {"login": SAID})
    assert answer.status_code == 403
    assert SAID not in text(answer)
