"""A number or code that the customer read to us from an email or a letter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from cases import actions
from cases.events import describe
from cases.models import Case, CaseReference
from cases.queries.search import search
from cases.search_text import parse_search

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R17")]


@pytest.fixture
def case(open_case: Callable[..., Case]) -> Case:
    return open_case()


@pytest.fixture
def agent(ana: User, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(ana)


def standing(case: Case) -> list[str]:
    return [each.reference for each in CaseReference.objects.standing().filter(case=case)]


def test_the_same_one_is_kept_once(case: Case, ana: User, now: datetime) -> None:
    before = case.entries.count()
    first = actions.add_reference(case=case, reference="  REF-88 213 ", by=ana, now=now)
    again = actions.add_reference(case=case, reference="ref-88 213", by=ana, now=now)
    assert (again, standing(case)) == (first, ["REF-88 213"])
    assert case.entries.count() == before + 1


def test_a_removed_one_stays_in_the_history_and_can_come_back(
    case: Case, ana: User, now: datetime
) -> None:
    first = actions.add_reference(case=case, reference="REF-88213", by=ana, now=now)
    assert actions.remove_reference(reference=first, by=ana, now=now)
    assert not actions.remove_reference(reference=first, by=ana, now=now)
    assert standing(case) == []
    with translation.override("es"):
        events = case.entries.order_by("pk")
        told = [describe(each, for_customer=False) for each in events if each.event][-2:]
    assert told == ["Referencia que dio el cliente: REF-88213", "Referencia quitada: REF-88213"]
    actions.add_reference(case=case, reference="REF-88213", by=ana, now=now)
    assert standing(case) == ["REF-88213"]


def test_a_card_number_is_masked(case: Case, ana: User, now: datetime) -> None:
    first, again = (
        actions.add_reference(case=case, reference="4111 1111 1111 1111", by=ana, now=now)
        for _ in range(2)
    )
    assert "4111 1111" not in first.reference
    assert first == again


@pytest.mark.parametrize(
    ("reference", "code"), [(" \t", "reference_missing"), ("x" * 61, "reference_long")]
)
def test_what_is_none_is_refused(
    case: Case, ana: User, now: datetime, reference: str, code: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        actions.add_reference(case=case, reference=reference, by=ana, now=now)
    assert refused.value.code == code
    assert standing(case) == []


def test_there_is_an_end_to_them(case: Case, ana: User, now: datetime) -> None:
    for each in range(20):
        actions.add_reference(case=case, reference=f"R-{each}", by=ana, now=now)
    with pytest.raises(ValidationError) as refused:
        actions.add_reference(case=case, reference="R-20", by=ana, now=now)
    assert refused.value.code == "references_many"


def test_who_works_no_cases_adds_none(case: Case, mateo: User, now: datetime) -> None:
    with pytest.raises(PermissionDenied):
        actions.add_reference(case=case, reference="REF-1", by=mateo, now=now)


def test_a_call_brings_it_and_the_search_finds_its_case(
    open_case: Callable[..., Case], ana: User, now: datetime
) -> None:
    case = open_case(reference="REF-88213")
    assert standing(case) == ["REF-88213"]
    asked, later = parse_search("ref-88213"), now + timedelta(days=1)
    found = search(asked, user=ana, now=later)
    assert [hit.document.case for hit in found.rows] == [case]
    actions.remove_reference(reference=CaseReference.objects.get(), by=ana, now=now)
    assert search(asked, user=ana, now=later).rows == []


def test_on_the_page_of_the_case(agent: Client, case: Case) -> None:
    page = reverse("case", args=[case.number])
    sent = agent.post(reverse("case_references", args=[case.number]), {"reference": "REF-88213"})
    assert (sent.status_code, sent["Location"]) == (302, page)
    assert "REF-88213" in agent.get(page).content.decode()
    row = CaseReference.objects.get()
    agent.post(reverse("case_reference_removal", args=[case.number, row.pk]))
    assert standing(case) == []


def test_what_was_typed_stays(agent: Client, case: Case) -> None:
    typed = "x" * 61
    page = agent.post(reverse("case_references", args=[case.number]), {"reference": typed})
    assert page.status_code == 422
    assert typed in page.content.decode()
