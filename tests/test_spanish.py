"""What a Spanish-speaking reader sees is Spanish: no sentence of ours was left in English."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases import actions
from cases.enums import Visibility
from cases.models import Case, Evidence
from leases.models import Customer
from tests.photos import photo

CATALOG = Path(__file__).resolve().parents[1] / "locale" / "es" / "LC_MESSAGES" / "django.po"
READ = {"alt", "aria-label", "placeholder", "title"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
#: Languages are offered in their own words, and a name is a name.
AS_THEY_ARE = {"English", "Español", "Puente", "Carla Peña", "Ana Torres"}


class Words(HTMLParser):
    """What people read of a page, except parts in their own language."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.read = language
        self.languages = [language]
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        language = given.get("lang") or self.languages[-1]
        if language == self.read:
            self.found |= {value for name, value in attrs if name in READ and value}
        if tag not in VOID:
            self.languages.append("code" if tag in {"script", "style", "kbd"} else language)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.languages.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self.languages.pop()

    def handle_data(self, data: str) -> None:
        if self.languages[-1] == self.read:
            self.found.add(" ".join(data.split()))


def words(page: str, language: str = "es") -> set[str]:
    parser = Words(language)
    parser.feed(page)
    assert parser.languages == [language], "a tag was left open"
    return parser.found - AS_THEY_ARE


def english_texts() -> Iterator[re.Pattern[str]]:
    """Every English text whose Spanish differs; `%(name)s` stands for anything."""
    with CATALOG.open("rb") as file:
        for entry in read_po(file, locale="es"):
            pairs = zip(as_tuple(entry.id), as_tuple(entry.string), strict=False)
            for source, target in pairs:
                literal = re.sub(r"%\(\w+\)[sd]|%%", " ", source).strip()
                if source and target and source != target and len(literal) > 2:
                    parts = re.split(r"%\(\w+\)[sd]", " ".join(source.split()))
                    yield re.compile(".+".join(map(re.escape, parts)))


def as_tuple(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


@pytest.fixture(scope="module")
def left_in_english() -> Callable[[str], list[str]]:
    patterns = list(english_texts())
    assert patterns

    def found(page: str) -> list[str]:
        return [text for text in words(page) if any(each.fullmatch(text) for each in patterns)]

    return found


@pytest.fixture
def case(open_case: Callable[..., Case], ana: User, carla: Customer, now: datetime) -> Case:
    """With an entry and an event of every kind."""
    case = open_case()
    reply = actions.Update(
        body="Le escribimos el lunes.", visibility=Visibility.PUBLIC, language="es",
        to_status="waiting_customer",
    )  # fmt: skip
    case = actions.update_case(case=case, version=1, update=reply, by=ana, now=now)
    note = actions.Update(body="Falta el recibo.", language="es")
    case = actions.update_case(case=case, version=2, update=note, by=ana, now=now)
    actions.add_customer_message(case=case, body="Ya va.", files=[photo()], by=carla.user, now=now)
    planned = actions.set_follow_up(case=case, on=now.date(), message="¿Llegó?", by=ana, now=now)
    actions.cancel_follow_up(follow_up=planned, by=ana, now=now)
    actions.set_follow_up(case=case, on=now.date(), message="¿Llegó?", by=ana, now=now)
    actions.assign(case=case, to=None, by=ana, now=now)
    actions.escalate(case=case, reason="La tienda se niega.", by=ana, now=now)
    return Case.objects.get(pk=case.pk)


@pytest.mark.requirement("R10", "R18", "R54")
def test_no_page_of_an_agent_speaks_english(
    case: Case,
    ana: User,
    sign_in: Callable[[User], Client],
    left_in_english: Callable[[str], list[str]],
) -> None:
    client, number = sign_in(ana), case.number
    account = case.lease.account_number
    call = client.post("/calls/").headers["Location"]
    answers = [
        client.get(path)
        for path in (
            "/cases/", "/cases/?view=done", "/cases/?kind=fraud", call, f"/cases/{number}/",
            "/leases/", "/leases/?q=nadie", "/leases/?status=past-due",
            "/leases/?status=paid-off", f"/leases/{account}/", "/leases/statuses/", "/find/",
            "/find/?q=260001234", "/find/?q=nadie", "/account/logout/", "/account/password/change/",
            "/account/2fa/", "/account/2fa/webauthn/", "/account/reauthenticate/", "/nada/",
            "/phone/", "/phone/?view=all",
        )
    ]  # fmt: skip
    answers += [
        client.post(call, {}),
        client.post(call, {"contract": "carla", "find": "1"}),
        client.get(f"/cases/{number}/evidence/{Evidence.objects.get().pk}/"),
        client.post(f"/cases/{number}/evidence/{Evidence.objects.get().pk}/unreadable/"),
        client.post(f"/cases/{number}/entries/", {}),
        client.post(f"/cases/{number}/entries/", {"version": "1", "body": "x"}),
        client.post(f"/cases/{number}/follow-ups/", {"on": "02/30/2027"}),
        client.post(f"/cases/{number}/escalations/", {}),
        client.post(f"/cases/{number}/snooze/", {}),
        client.post(f"/cases/{number}/tags/", {}),
        client.get(f"/cases/{number}/?open=reopen"),
    ]
    pages = [(each.request["PATH_INFO"], each.content.decode()) for each in answers]
    english = [(path, left) for path, page in pages if (left := left_in_english(page))]
    assert english == []


@pytest.mark.requirement("R9", "R10", "R54")
def test_no_page_of_a_customer_speaks_english(
    case: Case,
    carla: Customer,
    sign_in: Callable[[User], Client],
    left_in_english: Callable[[str], list[str]],
) -> None:
    client = sign_in(carla.user)
    answers = [
        client.get(reverse("portal_home")),
        client.get(reverse("portal_case", args=[case.number])),
        client.get(reverse("portal_lease", args=[case.lease.account_number])),
        client.post(reverse("portal_messages", args=[case.number])),
        client.get("/portal/cases/999999999/"),
    ]
    for answer in answers:
        assert left_in_english(answer.content.decode()) == []


@pytest.mark.requirement("R10", "R54")
def test_nor_does_the_entrance(db: None, left_in_english: Callable[[str], list[str]]) -> None:
    client = Client(headers={"Accept-Language": "es-MX,es;q=0.9,en;q=0.5"})
    answers = [
        client.get(path)
        for path in (
            "/account/login/", "/account/login/code/", "/account/password/reset/",
            "/account/password/reset/done/", "/account/signup/", "/account/inactive/",
            "/account/password/reset/key/1-x/", "/inbox/", "/nada/",
        )
    ]  # fmt: skip
    answers.append(client.post("/account/login/", {"login": "x", "password": ""}))
    client.post("/account/login/code/", {"email": "nadie@example.com"})
    answers.append(client.get("/account/login/code/confirm/"))
    answers.append(client.post("/account/login/code/confirm/", {"code": "000000"}))
    for answer in answers:
        assert '<html lang="es"' in answer.content.decode()
        assert left_in_english(answer.content.decode()) == []
