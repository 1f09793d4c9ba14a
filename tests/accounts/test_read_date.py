"""What was typed into a date field, read back in the page's language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone, translation

from accounts.models import User
from common.company_day import business_day
from common.form_fields import DayField

SignIn = Callable[..., Client]


def test_a_date_in_words(sign_in: SignIn, ana: User, ben: User) -> None:
    told = sign_in(ana).get("/dates/", {"text": "11/30/2026"}).json()
    assert told == {
        "iso": "2026-11-30",
        "short": "30 nov 2026",
        "words": "lunes 30 de noviembre de 2026",
    }
    told = sign_in(ben).get("/dates/", {"text": "30 de noviembre de 2026"}).json()
    assert told["words"] == "Monday, November 30, 2026"


def test_a_weekday_alone_is_looked_for_where_the_field_says(sign_in: SignIn, ana: User) -> None:
    today = business_day(timezone.now())

    def told(**asked: str) -> date:
        answer = sign_in(ana).get("/dates/", {"text": "viernes", **asked}).json()
        return date.fromisoformat(answer["iso"])

    assert today < told() <= today + timedelta(days=7)
    assert told(toward="next") == told(toward="nonsense") == told()
    assert told(toward="last") < today
    asked = sign_in(ana).get("/dates/", {"text": "viernes", "toward": "either"})
    assert asked.status_code == 422
    assert "¿Es el " in asked.json()["error"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("pronto", "Escriba una fecha, como 4 mar 2026."),
        ("30 feb 2026", "Esa fecha no existe."),
        ("martes 30 nov 2026", "cae en otro día de la semana"),
        ("3/4/2026", "¿Es el 4 de marzo de 2026 o el 3 de abril de 2026?"),
        ("4 mar 2226", "más de cinco años"),
        ("", "Este campo es obligatorio."),
    ],
)
def test_what_is_no_date_is_told_as_the_form_will_tell_it(
    text: str, said: str, sign_in: SignIn, ana: User
) -> None:
    answer = sign_in(ana).get("/dates/", {"text": text})
    assert answer.status_code == 422
    assert said in answer.json()["error"]


@pytest.mark.parametrize(
    ("language", "shown", "words"),
    [
        ("es", "30 nov 2026", "lunes 30 de noviembre de 2026"),
        ("en", "Nov 30, 2026", "Monday, November 30, 2026"),
    ],
)
def test_a_field_comes_with_its_date_in_words(language: str, shown: str, words: str) -> None:
    """Also a refused one, which stays as it was typed."""
    field, typed = DayField(), "2026-11-30"
    with translation.override(language):
        made = field.widget.render("on", field.to_python(typed), {"id": "id_on"})
        sent = field.widget.render("on", typed, {"id": "id_on"})
    assert f'value="{shown}"' in made
    assert f'value="{typed}"' in sent
    for html in (made, sent):
        assert f'<output class="date-words" id="id_on_words" for="id_on">{words}</output>' in html
        assert 'aria-describedby="id_on_words"' in html
