"""Many cases of the queue at once: tagged with a reason, and back."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases import actions
from cases.enums import CaseStatus, NotChanged
from cases.events import describe
from cases.models import Case, Tag
from tests.pages import text
from tests.threads import at_once

pytestmark = pytest.mark.django_db
WHY = "La misma falla."
Open = Callable[..., Case]
Bulk = Callable[..., actions.Taggings]


@pytest.fixture
def cases(open_case: Open) -> list[Case]:
    return [open_case() for _ in range(3)]


@pytest.fixture
def agent(sign_in: Callable[[User], Client], ana: User) -> Client:
    return sign_in(ana)


@pytest.fixture
def tag_all(ana: User, now: datetime) -> Bulk:
    def tagged(chosen: list[Case] | dict[str, int], **fields: Any) -> actions.Taggings:
        seen = chosen if isinstance(chosen, dict) else versions(chosen)
        values = {"chosen": seen, "name": "Doble", "reason": WHY, "by": ana, "now": now}
        return actions.tag_cases(**values | fields)

    return tagged


def versions(cases: list[Case]) -> dict[str, int]:
    return {each.number: each.version for each in cases}


def having(name: str) -> set[str]:
    tag = Tag.objects.filter(name=name).first()
    return set(Case.objects.tagged(tag.pk).values_list("number", flat=True)) if tag else set()


def told(case: Case) -> list[str]:
    rows = case.entries.filter(event__in=["tagged", "untagged"]).order_by("pk")
    return [describe(each, for_customer=False) for each in rows]


def test_each_case_says_its_tag_and_why(cases: list[Case], tag_all: Bulk, now: datetime) -> None:
    done = tag_all(cases, name="  Doble ", reason=f" {WHY} ")
    assert (having("Doble"), done.skipped) == ({each.number for each in cases}, [])
    for case, new in zip(cases, done.tagged, strict=True):
        case.refresh_from_db()
        assert (new.number, new.version) == (case.number, case.version)
        assert (case.version, case.changed_at) == (2, now)
        assert told(case) == [f"Tag “Doble” added: {WHY}"]


def test_those_that_may_not_are_named_and_the_others_go(
    cases: list[Case], open_case: Open, tag_all: Bulk, ana: User, now: datetime
) -> None:
    changed, over, same, full = (open_case() for _ in range(4))
    actions.tag_case(case=same, name="DOBLE", by=ana, now=now)
    for place in range(12):
        actions.tag_case(case=full, name=f"n{place}", by=ana, now=now)
    for each in (same, full):
        each.refresh_from_db()
    chosen = versions([*cases, changed, over, same, full]) | {"269999999": 1}
    actions.assign(case=changed, to=None, by=ana, now=now)
    Case.objects.filter(pk=over.pk).update(status=CaseStatus.RESOLVED)
    done = tag_all(chosen)
    assert {each.number for each in done.tagged} == {each.number for each in cases}
    assert {each.number: each.why for each in done.skipped} == {
        changed.number: NotChanged.CHANGED,
        over.number: NotChanged.OVER,
        same.number: NotChanged.SAME,
        full.number: NotChanged.FULL,
        "269999999": NotChanged.UNKNOWN,
    }
    assert having("DOBLE") == {each.number for each in (*cases, same)}


def test_a_tag_for_no_case_is_not_made(tag_all: Bulk) -> None:
    done = tag_all({"269999999": 1})
    assert (done.tag, done.tagged, len(done.skipped)) == (None, [], 1)
    assert not Tag.objects.exists()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"reason": " \n"}, "reason"),
        ({"chosen": {}}, "no_cases"),
        ({"chosen": {f"99{place:07d}": 1 for place in range(1001)}}, "too_many_cases"),
        ({"name": "x" * 41}, "tag_long"),
        ({"name": "\u3164 "}, "tag_missing"),
        ({"name": "old"}, "tag_off"),
    ],
)
def test_refused_as_a_whole(
    cases: list[Case], tag_all: Bulk, ana: User, now: datetime, change: dict[str, Any], code: str
) -> None:
    Tag.objects.create(name="Old", key="old", is_offered=False, created_by=ana, created_at=now)
    with pytest.raises(ValidationError) as refusal:
        tag_all(**{"chosen": cases} | change)
    assert refusal.value.code == code
    assert Tag.objects.count() == 1
    assert [told(each) for each in cases] == [[], [], []]


def test_only_who_works_cases(cases: list[Case], tag_all: Bulk, mateo: User, now: datetime) -> None:
    with pytest.raises(PermissionDenied):
        tag_all(cases, by=mateo)
    tag = tag_all(cases).tag
    assert tag
    with pytest.raises(PermissionDenied):
        actions.undo_tag_cases(tag=tag, tagged=[], by=mateo, now=now)


def test_in_few_queries(
    open_case: Open, tag_all: Bulk, ana: User, now: datetime,
    django_assert_num_queries: Callable[[int], AbstractContextManager[Any]],
) -> None:  # fmt: skip
    for size in (1, 30):
        chosen = [open_case() for _ in range(size)]
        tag_all([open_case()], name=f"n{size}")
        with django_assert_num_queries(6):
            assert len(tag_all(chosen, name=f"n{size}").tagged) == size


def test_undone_but_where_something_came_in_between(
    cases: list[Case], tag_all: Bulk, ana: User, now: datetime
) -> None:
    done = tag_all(cases)
    assert done.tag
    actions.assign(case=cases[0], to=None, by=ana, now=now)
    back = actions.undo_tag_cases(tag=done.tag, tagged=done.tagged, by=ana, now=now)
    assert having("Doble") == {cases[0].number}
    assert back.skipped == [(cases[0].number, NotChanged.CHANGED)]
    assert told(cases[1])[-1] == "Tag “Doble” removed"
    again = actions.undo_tag_cases(tag=done.tag, tagged=done.tagged, by=ana, now=now)
    assert (again.tagged, len(again.skipped)) == ([], 3)


@pytest.mark.django_db(transaction=True)
def test_two_people_at_once_never_both_tag_a_case_as_they_saw_it(
    cases: list[Case], tag_all: Bulk, ben: User
) -> None:
    chosen = versions(cases)
    done = at_once(
        lambda: tag_all(chosen, name="Uno"),
        lambda: tag_all(dict(reversed(chosen.items())), name="Dos", by=ben),
    )
    assert sorted(len(each.tagged) for each in done) == [0, 3]
    assert Tag.objects.count() == 1


def boxes(cases: list[Case]) -> list[str]:
    return [f"{each.number}:{each.version}" for each in cases]


@pytest.mark.parametrize("address", ["case_taggings", "case_assignments"])  # by Enter
def test_from_the_queue_and_back(agent: Client, cases: list[Case], address: str) -> None:
    asked = {"case": boxes(cases[:2]), "tag": "Doble", "reason": WHY, "to": ""}
    answer = agent.post(f"{reverse(address)}?view=mine", asked)
    assert answer.headers["Location"] == f"{reverse('queue')}?view=mine"
    page = agent.get(answer.headers["Location"])
    assert "2 casos etiquetados como “Doble”." in text(page)
    assert agent.get(answer.headers["Location"]).context["result"] is None  # told once
    assert having("Doble") == {each.number for each in cases[:2]}

    agent.post(reverse("case_assignments_undone"))
    assert having("Doble") == set()
    assert "Deshecho: 2 casos ya no tienen la etiqueta “Doble”." in text(agent.get("/cases/"))
    agent.post(reverse("case_assignments_undone"))  # a second time: nothing
    assert [len(told(each)) for each in cases] == [2, 2, 0]


def test_who_chose_a_person_assigns(agent: Client, cases: list[Case], ben: User) -> None:
    asked = {"case": boxes(cases[:1]), "tag": "Doble", "reason": WHY, "to": str(ben.pk)}
    agent.post(reverse("case_assignments"), asked)
    assert (Case.objects.get(pk=cases[0].pk).assignee, Tag.objects.count()) == (ben, 0)


def test_what_was_selected_and_typed_stays(agent: Client, cases: list[Case]) -> None:
    box = boxes(cases[:1])
    for asked, fields in (
        ({"case": box, "tag": "Doble", "reason": " "}, {"reason"}),
        ({"case": box, "tag": "", "reason": WHY}, {"tag"}),
        ({"case": box, "tag": "x" * 41, "reason": WHY}, {"tag"}),
        ({"case": ["1:1"], "tag": "Doble", "reason": WHY}, {"__all__"}),
    ):
        answer = agent.post(reverse("case_taggings"), asked)
        assert answer.status_code == 422
        assert set(answer.context["tagging"].errors) == fields
        page = answer.content.decode()
        marked = re.findall(r'name="case" value="([^"]+)"[^>]* checked>', page)
        assert marked == [each for each in asked["case"] if each in box]
        assert not asked["tag"] or f'value="{asked["tag"]}"' in page
        assert WHY in page or asked["reason"] == " "
    assert [told(each) for each in cases] == [[], [], []]
