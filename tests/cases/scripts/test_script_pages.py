"""The pages of scripts: read by everyone who takes calls, changed by administrators."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from cases.actions.revise_script import revise_script
from cases.enums import ScriptMedium
from cases.models import Script
from cases.scripts.current import current_script

WHICH = ["return", ScriptMedium.EMAIL.value]
NEW = {
    "body_es": "Su caso es {case_number}.\r\n\r\nTráigalo a {store}.",
    "body_en": "Your case is {case_number}.",
    "version": "1",
}


@pytest.fixture
def desk(irene: User, sign_in: Callable[..., Client]) -> Client:
    return sign_in(irene)


def current() -> Script:
    return current_script(WHICH[0], WHICH[1])


def address(part: str = "", *more: int) -> str:
    name = "correspondence_script" + (f"_{part}" if part else "")
    return reverse(name, args=[*WHICH, *more])


def revise(by: User, now: datetime, based_on: int = 1) -> Script:
    texts = {"body_es": "{case_number}", "body_en": "{case_number}"}
    return revise_script(
        situation="return",
        medium=ScriptMedium.EMAIL,
        texts=texts,
        by=by,
        now=now,
        based_on=based_on,
    )


@pytest.mark.django_db
def test_everybody_who_takes_calls_reads_them_all(ana: User, sign_in: Any) -> None:
    page = sign_in(ana).get(reverse("correspondence_scripts")).content.decode()
    for text in ("me encargo de su caso {case_number}", "I’m handling your case"):
        assert text in page
    assert "textarea" not in sign_in(ana).get(address()).content.decode()


@pytest.mark.django_db
def test_the_list_costs_the_same_however_many_versions(
    desk: Client, irene: User, now: datetime
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            desk.get(reverse("correspondence_scripts"))
        return len(seen)

    queries()  # only the first visit asks this
    once = queries()
    for version in range(1, 31):
        revise(irene, now, version)
    assert queries() == once


@pytest.mark.django_db
def test_saving_makes_a_version(desk: Client, irene: User) -> None:
    before = current().body_es
    assert desk.post(address("versions"), NEW).status_code == 302
    assert (current().version, current().by) == (2, irene)
    assert current().body_es == "Su caso es {case_number}.\n\nTráigalo a {store}."
    assert before.split("\n")[0] in desk.get(address("version", 1)).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "questions"),
    [
        ({"body_es": "Your case is {case_number}."}, {"body_es": "language_looks_other"}),
        ({"body_en": "Caso {case_number}"}, {"body_en": "language_looks_other"}),
        ({"body_es": "Balance total {case_number}"}, {"body_es": "language_undecided"}),
        (
            {"body_es": NEW["body_en"], "body_en": NEW["body_es"]},
            {"body_es": "language_looks_other", "body_en": "language_looks_other"},
        ),
    ],
)
def test_a_script_in_the_other_language_is_asked_about_before_it_is_shown(
    desk: Client, typed: dict[str, str], questions: dict[str, str]
) -> None:
    page = desk.post(address("versions"), NEW | typed)
    form = page.context["form"]
    told = {field: each[0].code for field, each in form.errors.as_data().items()}
    assert (page.status_code, told) == (422, questions)
    assert current().version == 1
    answer = form["asked"].value()
    assert f'name="asked" value="{answer}"' in page.content.decode()
    assert desk.post(address("versions"), NEW | typed | {"asked": answer}).status_code == 302
    assert current().version == 2


@pytest.mark.django_db
def test_an_old_version_begins_the_next(desk: Client) -> None:
    first = current()
    desk.post(address("versions"), NEW)
    page = desk.get(address(), {"from": "1"})
    assert page.context["form"]["body_es"].value() == first.body_es
    assert page.context["form"]["version"].value() == 2
    assert desk.get(address(), {"from": "9"}).status_code == 404
    assert current().version == 2  # until it is saved


@pytest.mark.django_db
def test_an_unchanged_script_makes_no_version(desk: Client) -> None:
    form = desk.get(address()).context["form"]
    posted = {name: str(value).replace("\n", "\r\n") for name, value in form.initial.items()}
    assert desk.post(address("versions"), posted).status_code == 302
    assert current().version == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "text", "code", "named"),
    [
        ("body_es", "Su caso", "placeholder_missing", "{case_number}"),
        ("body_en", "{case_number} {nobody}", "placeholder_unknown", "{nobody}"),
        ("body_es", "{case_number} {case.lease}", "placeholder_unknown", "{case.lease}"),
        ("body_es", "{case_number} {", "placeholder_braces", ""),
        ("body_es", "", "required", ""),
        ("body_en", "{case_number}" + "x" * 10_000, "max_length", ""),
    ],
)
def test_a_refused_script_stays_typed(
    field: str, text: str, code: str, named: str, desk: Client
) -> None:
    page = desk.post(address("versions"), NEW | {field: text})
    assert page.status_code == 422
    errors = page.context["form"].errors
    assert [each.code for each in errors.as_data()[field]] == [code]
    assert list(errors) == [field]
    assert named in errors[field][0]
    assert page.context["form"][field].value() == text
    assert current().version == 1


@pytest.mark.django_db
def test_a_version_made_from_an_old_one_is_held_back(
    desk: Client, irene: User, now: datetime
) -> None:
    revise(irene, now)
    page = desk.post(address("versions"), NEW)
    assert page.status_code == 409
    problems = page.context["form"].errors.as_data()["__all__"]
    assert [each.code for each in problems] == ["script_stale"]
    assert "Tráigalo a {store}" in page.content.decode()
    assert current().version == 2
    again = {name: page.context["form"][name].value() for name in NEW}
    assert desk.post(address("versions"), again).status_code == 302
    assert current().version == 3


@pytest.mark.django_db
@pytest.mark.parametrize("person", ["ana", "sofia"])
def test_only_administrators_change(person: str, request: Any, sign_in: Any) -> None:
    client = sign_in(request.getfixturevalue(person))
    assert client.post(address("versions"), NEW).status_code == 404
    assert current().version == 1


@pytest.mark.django_db
def test_no_such_script(desk: Client) -> None:
    for which in (["nothing", "email"], ["return", "nothing"]):
        assert desk.get(reverse("correspondence_script", args=which)).status_code == 404
        there = reverse("correspondence_script_versions", args=which)
        assert desk.post(there, NEW).status_code == 404
    assert desk.get(address("version", 2)).status_code == 404
