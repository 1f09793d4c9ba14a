"""The words of a script are in the caller's language; what to do, in that of the agent's pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases.actions import start_call
from cases.actions.revise_script import revise_script
from cases.scripts.asides import ASIDE, with_asides
from cases.scripts.current import current_script
from cases.scripts.defaults import TEXTS
from leases.models import Lease

pytestmark = pytest.mark.requirement("R18", "R42")
SPOKEN = {key: texts for key, texts in TEXTS.items() if key[1] == "call"}


@pytest.mark.parametrize("key", SPOKEN, ids="-".join)
def test_every_script_of_ours_has_the_same_asides_in_both_languages(key: tuple[str, str]) -> None:
    english, spanish = SPOKEN[key]["body_en"], SPOKEN[key]["body_es"]
    mixed = with_asides(spanish, english)
    assert mixed is not None
    assert ASIDE.findall(mixed) == ASIDE.findall(english)
    assert ASIDE.sub("", mixed) == ASIDE.sub("", spanish)


@pytest.mark.parametrize(
    ("words", "asides", "mixed"),
    [
        ("Hola.", "Hello.", "Hola."),
        ("Hola.\n(Mire.)", "Hello.\n(Look.)", "Hola.\n(Look.)"),
        ("(Si es así:) Hola.", "(If so:) Hello.", "(If so:) Hola."),
        ("Hola (sí).\n(Mire (bien).)", "Hello.\n(Look.)", "Hola (sí).\n(Look.)"),
        ("Hola.", "Hello.\n(Look.)", None),
        ("(Mire.)\n\nHola.", "Hello.\n\n(Look.)", None),
        ("", "(Look.)", None),
    ],
)
def test_asides_are_exchanged_only_where_they_match(
    words: str, asides: str, mixed: str | None
) -> None:
    assert with_asides(words, asides) == mixed


@pytest.fixture
def page(
    ben: User, lease: Lease, now: datetime, sign_in: Callable[[User], Client]
) -> Callable[..., str]:
    """A Spanish call on an English screen."""

    def shown(**typed: str) -> str:
        draft = start_call(by=ben, now=now, lease=lease)
        sent = {"language": "es", "lease": lease.account_number, "choose": "1"} | typed
        answer = sign_in(ben).post(reverse("call", args=[draft.number]), sent)
        return answer.content.decode()

    return shown


@pytest.mark.django_db
def test_an_english_screen_says_in_english_what_to_do_in_a_spanish_call(
    page: Callable[..., str],
) -> None:
    told = page(kind="fraud")
    spanish = told.partition('<div class="typed" lang="es">Lamento lo que le pasó.')[2]
    spanish = spanish.partition("</div>")[0]
    aside = "(Before you know who’s calling, don’t say anything about the account.)"
    assert f'<em class="aside" lang="en">{aside}</em>' in spanish
    assert "Antes de saber quién llama" not in told
    assert "¿Qué encontró: un cargo, un contrato o una carta?" in spanish


@pytest.mark.django_db
def test_why_the_rest_is_withheld_is_for_the_agent_too(page: Callable[..., str]) -> None:
    told = page(kind="defective")
    assert '<em class="aside" lang="en">(Verify first: ask for their full name' in told
    assert "(Primero" not in told


@pytest.mark.django_db
def test_a_script_edited_in_one_language_alone_stays_as_it_is(
    page: Callable[..., str], irene: User, now: datetime
) -> None:
    script, texts = current_script("fraud", "call"), dict(SPOKEN["fraud", "call"])
    texts["body_es"] += "\n(Anote la hora.)"
    revise_script(
        situation="fraud", medium="call", texts=texts, by=irene, now=now, based_on=script.version
    )
    told = page(kind="fraud")
    assert '<em class="aside">(Antes de saber quién llama, no diga nada de la cuenta.)</em>' in told
    assert '<em class="aside">(Anote la hora.)</em>' in told
