"""Commands: what the call bar does after `>`, by their names in either language."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from cases.actions import escalate, start_call
from cases.models import Case

SignIn = Callable[[User], Client]
OPTION = re.compile(r'id="found-([^"]+)" role="option"')


@pytest.fixture
def asked(sign_in: SignIn) -> Callable[[User, str], list[str]]:
    """The keys of what is offered."""

    def found(user: User, text: str) -> list[str]:
        answer = sign_in(user).get("/find/suggest/", {"q": text})
        assert answer.status_code == 200
        return OPTION.findall(answer.content.decode())

    return found


Asked = Callable[[User, str], list[str]]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "first"),
    [
        (">glos", "help_glossary"),
        (">glosario", "help_glossary"),
        (">  GLÓSSARY", "help_glossary"),
        (">cola", "queue-view-active"),
        (">queue", "queue-view-active"),
        (">mis casos", "queue-view-mine"),
        (">casos mis", "queue-view-mine"),
        (">registrar", "log-call"),
        (">begin call", "log-call"),
        (">plantillas de correo", "correspondence_texts"),
        (">email templates", "correspondence_texts"),
        (">atajos", "keys"),
        (">cerrar sesion", "sign-out"),
        (">verificación", "mfa_index"),
    ],
)
def test_words_of_either_language_find_a_command(
    asked: Asked, ana: User, ben: User, typed: str, first: str
) -> None:
    for reader in (ana, ben):
        assert asked(reader, typed)[:1] == [first], reader


@pytest.mark.django_db
def test_the_sign_alone_lists_them_all_and_nonsense_none(
    asked: Asked, ana: User, sign_in: SignIn
) -> None:
    every = asked(ana, ">")
    assert {"log-call", "queue-view-active", "leases", "help", "keys", "sign-out"} <= {*every}
    assert len(every) == len({*every})
    for nonsense in (">zzyzx", "> % _", ">" * 300, ">\x00 ' OR 1=1 --", "> 書", "> " + "a" * 9_000):
        answer = sign_in(ana).get("/find/suggest/", {"q": nonsense})
        assert answer.status_code == 200
        assert sign_in(ana).get("/find/", {"q": nonsense}).status_code in {200, 302}
    assert "no_command" in sign_in(ana).get("/find/suggest/", {"q": ">zzyzx"}).content.decode()


@pytest.mark.django_db
def test_each_is_offered_the_other_language(asked: Asked, ana: User, ben: User) -> None:
    assert asked(ana, ">language") == asked(ana, ">idioma") == ["language-en"]
    assert asked(ben, ">idioma") == ["language-es"]


@pytest.mark.django_db
def test_only_what_someone_may_do_is_offered(
    asked: Asked, ana: User, sofia: User, mateo: User, irene: User, sign_in: SignIn
) -> None:
    """And each that is offered opens."""
    everyones = {each: {*asked(each, ">")} for each in (ana, sofia, mateo, irene)}
    assert "correspondence_uncertain" in everyones[sofia] - everyones[ana]
    assert "admin-index" in everyones[irene] - everyones[sofia]
    assert not everyones[mateo] & {"log-call", "queue-view-active", "correspondence", "calls"}
    for reader in everyones:
        client = sign_in(reader)
        page = client.get("/find/", {"q": ">"}).content.decode()
        commands = re.findall(r'<a class="result command" href="([^"]+)"', page)
        assert len(commands) > 10
        for address in commands:
            assert client.get(address.replace("&amp;", "&")).status_code in {200, 302}, address


@pytest.mark.django_db
def test_the_telephone_is_offered_where_there_is_one(
    asked: Asked, ana: User, settings: Any
) -> None:
    settings.TELEPHONE_SECRETS = []
    assert "phone_calls" not in asked(ana, ">")
    settings.TELEPHONE_SECRETS = ["cable-submarino-de-pruebas"]
    assert {"phone_calls", "phone_calls-view-all"} <= {*asked(ana, ">")}


@pytest.mark.django_db
def test_a_begun_call_goes_on(asked: Asked, ana: User, ben: User, now: datetime) -> None:
    draft = start_call(by=ana, now=now)
    key = f"call-{draft.number}"
    for typed in (">continuar", ">continue", f">{draft.number}", f">{draft.spoken_number}"):
        assert asked(ana, typed) == [key], typed
    assert key not in asked(ben, ">")


@pytest.mark.django_db
def test_enter_opens_the_only_page_and_lists_several(ana: User, sign_in: SignIn) -> None:
    """As without JavaScript."""
    client = sign_in(ana)
    assert client.get("/find/", {"q": ">glosario"})["Location"] == "/help/glossary/"
    several = client.get("/find/", {"q": ">casos"}).content.decode()
    assert 'href="/cases/?view=mine"' in several
    assert 'role="option"' not in several
    only = client.get("/find/", {"q": ">cerrar sesión"}).content.decode()
    assert 'form="sign-out"' in only
    assert 'id="sign-out"' in only
    assert "no_command" in client.get("/find/", {"q": ">zzyzx"}).content.decode()


@pytest.mark.django_db
def test_commands_cost_one_query_for_begun_calls(ana: User, sign_in: SignIn) -> None:
    client = sign_in(ana)
    client.get("/find/suggest/", {"q": ">"})
    with CaptureQueriesContext(connection) as queries:
        client.get("/find/suggest/", {"q": ">"})
    found = [each["sql"] for each in queries if "accounts_" not in each["sql"].split("WHERE")[0]]
    assert len([each for each in found if "cases_calldraft" in each]) == 1


@pytest.fixture
def case(open_case: Callable[..., Case]) -> Case:
    return open_case(kind="defective")


@pytest.fixture
def asked_on(sign_in: SignIn) -> Callable[[User, str, str], list[str]]:
    """The keys of what is offered on the page at a path."""

    def found(user: User, text: str, on: str) -> list[str]:
        answer = sign_in(user).get("/find/suggest/", {"q": text, "on": on})
        assert answer.status_code == 200
        return OPTION.findall(answer.content.decode())

    return found


AskedOn = Callable[[User, str, str], list[str]]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        (">escalar", "case-escalate"), (">escalate", "case-escalate"), (">jefe", "case-escalate"),
        (">resolver", "case-resolve"), (">terminar", "case-resolve"), (">posponer", "case-snooze"),
        (">etiqueta", "case-tags"),
        (">pedir pruebas", "case-evidence"), (">asignar", "case-assign"),
        (">responder", "case-reply"), (">duplicado", "case-duplicate"),
        (">merge", "case-duplicate"), (">nota", "case-note"), (">reembolso", "case-refunds"),
        (">verificar", "case-verification"),
    ],
)  # fmt: skip
def test_a_case_offers_what_can_be_done_in_it_first(
    asked: Asked, asked_on: AskedOn, case: Case, ana: User, ben: User, typed: str, first: str
) -> None:
    for reader in (ana, ben):
        for on in ("", "assignment/", "refunds/"):
            assert asked_on(reader, typed, f"/cases/{case.number}/{on}")[:1] == [first], reader
        assert first not in asked(reader, typed)
        assert first not in asked_on(reader, typed, "/cases/")


def test_each_leads_to_its_place(case: Case, ana: User, sign_in: SignIn) -> None:
    client, page = sign_in(ana), f"/cases/{case.number}/"
    found = client.get("/find/suggest/", {"q": ">", "on": page}).content.decode()
    addresses = re.findall(r'<a class="result command" href="([^"]+)" id="found-case-', found)
    assert len(addresses) > 12
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        place = address.partition("#")[2]
        assert not place or f'id="{place}"' in answer.content.decode(), address
        assert "?open=" not in address or answer.context["opened"] == place, address


def test_only_what_the_case_allows_is_offered(
    asked_on: AskedOn, case: Case, ana: User, sofia: User, now: datetime
) -> None:
    page = f"/cases/{case.number}/"
    all_of_it = {"case-escalate", "case-snooze", "case-tags", "case-duplicate"}
    assert all_of_it <= {*asked_on(ana, ">", page)}
    escalate(case=case, reason="Pide un supervisor.", by=ana, now=now)
    offered = {*asked_on(ana, ">", page)}
    assert not offered & {"case-escalate", "case-snooze", "case-duplicate", "case-resolve"}
    assert "case-resolve" in asked_on(sofia, ">", page)


def test_what_has_ended_is_reopened(
    asked_on: AskedOn, case: Case, ana: User, sign_in: SignIn
) -> None:
    page = f"/cases/{case.number}/"
    assert "case-reopen" not in asked_on(ana, ">", page)
    Case.objects.filter(pk=case.pk).update(status="resolved")
    offered = {*asked_on(ana, ">reabrir", page)}
    assert offered == {"case-reopen"}
    assert sign_in(ana).get(page, {"open": "reopen"}).context["opened"] == "reopen"


def test_no_reply_is_offered_to_whoever_has_no_address(
    open_case: Callable[..., Case], asked_on: AskedOn, case: Case, ana: User
) -> None:
    assert "case-reply" in asked_on(ana, ">", f"/cases/{case.number}/")
    case.lease.customer.email = ""
    case.lease.customer.save()
    assert "case-reply" not in asked_on(ana, ">", f"/cases/{case.number}/")
    assert "case-note" in asked_on(ana, ">", f"/cases/{case.number}/")


def test_no_case_is_told_from_a_path(
    asked: Asked, asked_on: AskedOn, case: Case, ana: User, mateo: User
) -> None:
    page = f"/cases/{case.number}/"
    assert not any(each.startswith("case-") for each in asked_on(mateo, ">", page))
    for on in ("/cases/260999994/", "//", "/cases/x/", "/" * 300, "\x00", "?", page + "nowhere/",
               f"https://elsewhere.example{page}"):  # fmt: skip
        assert asked_on(ana, ">", on) == asked(ana, ">"), on


@pytest.mark.parametrize(
    ("typed", "first"),
    [(">escaltar", "case-escalate"), (">resover", "case-resolve"), (">glosraio", "help_glossary"),
     (">esclate", "case-escalate"), (">seguimentos", "case-follow-ups")],
)  # fmt: skip
def test_a_typing_error_finds_it_too(
    asked_on: AskedOn, case: Case, ana: User, typed: str, first: str
) -> None:
    assert asked_on(ana, typed, f"/cases/{case.number}/")[:1] == [first]


def test_what_is_called_so_comes_without_what_only_resembles_it(
    asked_on: AskedOn, case: Case, ana: User
) -> None:
    assert asked_on(ana, ">escalar", f"/cases/{case.number}/") == ["case-escalate"]


def test_the_page_of_a_case_costs_one_query_more(case: Case, ana: User, sign_in: SignIn) -> None:
    client = sign_in(ana)
    counts = []
    for on in ("/cases/", f"/cases/{case.number}/"):
        client.get("/find/suggest/", {"q": ">", "on": on})
        with CaptureQueriesContext(connection) as queries:
            client.get("/find/suggest/", {"q": ">", "on": on})
        counts.append(len(queries))
    assert counts[1] == counts[0] + 1
