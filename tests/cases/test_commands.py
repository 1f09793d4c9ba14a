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
from cases.actions import start_call

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
