"""Administrators word, order and switch off the questions of reasons, and their choices."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases.models import KindQuestion, QuestionChoice

pytestmark = pytest.mark.django_db

QUESTION = {
    "position": "5", "is_offered": "on", "kind": "return", "answer_type": "text",
    "name_en": "Why it goes back", "name_es": "Por qué lo devuelve", "seen": "1",
    "choices-TOTAL_FORMS": "0", "choices-INITIAL_FORMS": "0",
}  # fmt: skip


def choices(*keys: str) -> dict[str, str]:
    sent = {"choices-TOTAL_FORMS": str(len(keys)), "choices-INITIAL_FORMS": "0"}
    for place, key in enumerate(keys):
        sent |= {
            f"choices-{place}-key": key,
            f"choices-{place}-name_en": key.title(),
            f"choices-{place}-name_es": key.title(),
            f"choices-{place}-position": str(place),
            f"choices-{place}-is_offered": "on",
        }
    return sent


@pytest.fixture
def office(irene: User, sign_in: Callable[..., Client]) -> Client:
    return sign_in(irene)


ADD = "admin:cases_kindquestion_add"


def change(key: str) -> str:
    return reverse("admin:cases_kindquestion_change", args=[key])


def problems(page: Any) -> list[str]:
    form = page.context["adminform"].form.errors.as_data()
    [lines] = page.context["inline_admin_formsets"]
    found = [each.code for errors in form.values() for each in errors]
    return found + [each.code for each in lines.formset.non_form_errors().as_data()]


def test_a_question_is_added_in_both_languages(office: Client) -> None:
    sent = QUESTION | {"key": "return_why"}
    assert problems(office.post(reverse(ADD), sent | {"name_es": ""})) == ["required"]
    assert office.post(reverse(ADD), sent).status_code == 302
    row = KindQuestion.objects.get(key="return_why")
    assert (row.name_en, row.name_es) == ("Why it goes back", "Por qué lo devuelve")


def test_one_of_several_has_at_least_two_choices(office: Client) -> None:
    sent = QUESTION | {"key": "return_why", "answer_type": "choice"}
    assert problems(office.post(reverse(ADD), sent | choices("broken"))) == ["choices_few"]
    assert not KindQuestion.objects.filter(key="return_why").exists()
    assert office.post(reverse(ADD), sent | choices("broken", "ugly")).status_code == 302
    keys = QuestionChoice.objects.filter(question="return_why").values_list("key", flat=True)
    assert list(keys) == ["broken", "ugly"]


def test_what_answers_are_read_by_is_chosen_once(office: Client) -> None:
    sent = QUESTION | {"kind": "other", "answer_type": "money"}
    assert office.post(change("letter_recipient"), sent).status_code == 302
    row = KindQuestion.objects.get(key="letter_recipient")
    assert (row.kind_id, row.answer_type, row.name_en) == (
        "paid_off_letter", "text", "Why it goes back",
    )  # fmt: skip


def test_whoever_saves_a_question_second_is_told(office: Client) -> None:
    office.post(change("letter_recipient"), QUESTION)
    late = office.post(change("letter_recipient"), QUESTION | {"name_en": "Whom"})
    assert problems(late) == ["row_stale"]


def test_a_question_is_switched_off_and_never_deleted(office: Client) -> None:
    page = office.get(change("letter_recipient")).content.decode()
    assert "Uncheck this to stop offering it. Cases that already have it keep it." in page
    delete = reverse("admin:cases_kindquestion_delete", args=["letter_recipient"])
    assert office.post(delete).status_code == 403
    sent = {name: value for name, value in QUESTION.items() if name != "is_offered"}
    assert office.post(change("letter_recipient"), sent).status_code == 302
    assert not KindQuestion.objects.get(key="letter_recipient").is_offered


def test_the_list_of_questions(office: Client) -> None:
    page = office.get(reverse("admin:cases_kindquestion_changelist"))
    assert "Amount requested" in page.content.decode()
