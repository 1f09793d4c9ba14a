"""Administrators word, order and switch off reasons, proof and outcomes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases.models import CaseKind, CaseOutcome, EvidenceSlot

LINES = {
    f"{prefix}-{name}": value
    for prefix in ("own_slots", "own_outcomes")
    for name, value in {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0"}.items()
}
KIND = {
    "position": "5", "is_offered": "on", "name_en": "Repair", "name_es": "Reparación",
    "due_days": "2", "script": "return", "seen": "1", **LINES,
}  # fmt: skip


@pytest.fixture
def office(irene: User, sign_in: Callable[..., Client]) -> Client:
    return sign_in(irene)


def address(model: Any, key: str = "") -> str:
    name = f"admin:cases_{model._meta.model_name}"
    return reverse(f"{name}_change", args=[key]) if key else reverse(f"{name}_add")


def problems(page: Any) -> list[str]:
    data = page.context["adminform"].form.errors.as_data()
    return [each.code for found in data.values() for each in found]


def with_lines(key: str) -> dict[str, str]:
    """As the page sends what a reason already has."""
    sent = dict(KIND)
    for prefix, rows, field in (
        ("own_slots", CaseKind.objects.get(key=key).own_slots.all(), "slot"),
        ("own_outcomes", CaseKind.objects.get(key=key).own_outcomes.all(), "outcome"),
    ):
        sent |= {f"{prefix}-TOTAL_FORMS": str(len(rows)), f"{prefix}-INITIAL_FORMS": str(len(rows))}
        for place, row in enumerate(rows):
            sent |= {
                f"{prefix}-{place}-id": str(row.pk),
                f"{prefix}-{place}-kind": key,
                f"{prefix}-{place}-{field}": getattr(row, f"{field}_id"),
                f"{prefix}-{place}-position": str(row.position),
            }
    return sent


@pytest.mark.django_db
def test_a_reason_is_added_in_both_languages(office: Client) -> None:
    assert problems(office.post(address(CaseKind), KIND | {"key": "repair", "name_es": ""})) == [
        "required"
    ]
    assert problems(office.post(address(CaseKind), KIND | {"key": "Re pair"})) == ["invalid"]
    assert office.post(address(CaseKind), KIND | {"key": "repair"}).status_code == 302
    row = CaseKind.objects.get(key="repair")
    assert (row.name_en, row.name_es, row.due_days) == ("Repair", "Reparación", 2)


@pytest.mark.django_db
def test_whoever_saves_second_is_told_and_overwrites_nothing(office: Client) -> None:
    sent = with_lines("exchange")
    assert office.post(address(CaseKind, "exchange"), sent).status_code == 302
    late = office.post(address(CaseKind, "exchange"), sent | {"name_en": "Swap"})
    assert problems(late) == ["row_stale"]
    row = CaseKind.objects.get(key="exchange")
    assert (row.name_en, row.version) == ("Repair", 2)


@pytest.mark.django_db
def test_the_last_reason_stays_offered(office: Client) -> None:
    CaseKind.objects.exclude(key="other").update(is_offered=False)
    sent = with_lines("other")
    del sent["is_offered"]
    assert problems(office.post(address(CaseKind, "other"), sent)) == ["last_kind"]
    CaseKind.objects.filter(key="fraud").update(is_offered=True)
    assert office.post(address(CaseKind, "other"), sent).status_code == 302
    assert list(CaseKind.objects.offered().values_list("key", flat=True)) == ["fraud"]


@pytest.mark.parametrize(
    ("model", "key"), [(CaseKind, "other"), (EvidenceSlot, "photos"), (CaseOutcome, "done")]
)
@pytest.mark.django_db
def test_nothing_is_deleted_and_the_page_says_what_to_do(
    model: Any, key: str, office: Client
) -> None:
    page = office.get(address(model, key)).content.decode()
    assert "Uncheck this to stop offering it. Cases that already have it keep it." in page
    assert (
        office.post(reverse(f"admin:cases_{model._meta.model_name}_delete", args=[key])).status_code
        == 403
    )
    assert model.objects.filter(key=key).exists()


@pytest.mark.django_db
def test_proof_and_outcomes_are_worded(office: Client) -> None:
    photos = {
        "position": "6", "is_offered": "on", "name_en": "Pictures", "name_es": "Fotografías",
        "description_en": "Show the damage.", "description_es": "Que se vea el daño.", "seen": "1",
    }  # fmt: skip
    assert office.post(address(EvidenceSlot, "photos"), photos).status_code == 302
    assert EvidenceSlot.objects.get(key="photos").description_es == "Que se vea el daño."
    done = {
        "position": "9",
        "name_en": "Done",
        "name_es": "Hecho",
        "sentence_en": "Done.",
        "seen": "1",
    }
    assert problems(office.post(address(CaseOutcome, "done"), done)) == ["required"]
