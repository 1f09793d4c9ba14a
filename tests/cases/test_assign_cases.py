"""Many cases of the queue at once: given to someone with a reason, and back."""

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
from cases.enums import CaseStatus, Event, NotChanged
from cases.models import Case
from leases.models import Customer
from tests.threads import at_once

pytestmark = pytest.mark.django_db
WHY = "Está de vacaciones."
Open = Callable[..., Case]


@pytest.fixture
def cases(open_case: Open) -> list[Case]:
    return [open_case() for _ in range(3)]


@pytest.fixture
def agent(sign_in: Callable[[User], Client], ana: User) -> Client:
    return sign_in(ana)


def seen(cases: list[Case]) -> dict[str, int]:
    return {each.number: each.version for each in cases}


def owners(cases: list[Case]) -> list[User | None]:
    return [Case.objects.get(pk=each.pk).assignee for each in cases]


def told(case: Case) -> list[dict[str, Any]]:
    events = case.entries.filter(event=Event.ASSIGNED).order_by("pk")
    return [each.params for each in events]


def test_each_case_says_who_has_it_now_and_why(
    cases: list[Case], ana: User, ben: User, now: datetime
) -> None:
    done = actions.assign_cases(chosen=seen(cases), to=ben, reason=f" {WHY} ", by=ana, now=now)
    assert owners(cases) == [ben] * 3
    assert done.skipped == []
    for case, given in zip(cases, done.given, strict=True):
        case.refresh_from_db()
        assert (given.number, given.version, given.before) == (case.number, case.version, ana.pk)
        assert (case.version, case.changed_at) == (2, now)
        assert told(case) == [{"to": ben.name, "reason": WHY}]


def test_those_that_may_not_are_named_and_the_others_go(
    cases: list[Case], open_case: Open, ana: User, ben: User, now: datetime
) -> None:
    chosen = seen(cases)
    changed, over, bens = open_case(), open_case(), open_case()
    chosen |= seen([changed, over, bens]) | {"269999999": 1}
    actions.assign(case=changed, to=None, by=ana, now=now)
    Case.objects.filter(pk=over.pk).update(status=CaseStatus.RESOLVED)
    Case.objects.filter(pk=bens.pk).update(assignee=ben)
    done = actions.assign_cases(chosen=chosen, to=ben, reason=WHY, by=ana, now=now)
    assert {each.number for each in done.given} == set(seen(cases))
    assert {each.number: each.why for each in done.skipped} == {
        changed.number: NotChanged.CHANGED,
        over.number: NotChanged.OVER,
        bens.number: NotChanged.SAME,
        "269999999": NotChanged.UNKNOWN,
    }
    assert owners([changed, over, bens]) == [None, ana, ben]


def test_a_thousand_with_three_that_may_not(
    open_case: Open, ana: User, ben: User, now: datetime,
    django_assert_max_num_queries: Callable[[int], AbstractContextManager[Any]],
) -> None:  # fmt: skip
    case = open_case()
    copies = [
        Case(
            number=f"99{place:07d}", lease=case.lease, kind_id="other", channel="phone",
            language="es", headline="x", opened_by=ana, assignee=ana, opened_at=now,
            changed_at=now, due_on=case.due_on, version=1,
        )
        for place in range(1000)
    ]  # fmt: skip
    made = Case.objects.bulk_create(copies)
    chosen = seen(made)
    Case.objects.filter(pk__in=[each.pk for each in made[:3]]).update(version=7)
    with django_assert_max_num_queries(10):
        done = actions.assign_cases(chosen=chosen, to=ben, reason=WHY, by=ana, now=now)
    assert (len(done.given), len(done.skipped)) == (997, 3)
    chosen = seen([*made, case])
    with pytest.raises(ValidationError) as refusal:
        actions.assign_cases(chosen=chosen, to=None, reason=WHY, by=ana, now=now)
    assert refusal.value.code == "too_many_cases"
    assert Case.objects.filter(assignee=ben).count() == 997


@pytest.mark.parametrize(
    ("change", "code"),
    [({"reason": " \n"}, "reason"), ({"chosen": {}}, "no_cases"), ({"to": "carla"}, "assignee")],
)
def test_refused_as_a_whole(
    cases: list[Case], carla: Customer, ana: User, ben: User, now: datetime,
    change: dict[str, Any], code: str,
) -> None:  # fmt: skip
    asked: dict[str, Any] = {"chosen": seen(cases), "to": ben, "reason": WHY} | change
    asked["to"] = carla.user if asked["to"] == "carla" else ben
    with pytest.raises(ValidationError) as refusal:
        actions.assign_cases(**asked, by=ana, now=now)
    assert refusal.value.code == code
    assert owners(cases) == [ana] * 3


def test_only_who_works_cases(cases: list[Case], mateo: User, ben: User, now: datetime) -> None:
    with pytest.raises(PermissionDenied):
        actions.assign_cases(chosen=seen(cases), to=ben, reason=WHY, by=mateo, now=now)
    with pytest.raises(PermissionDenied):
        actions.undo_assign_cases(given=[], by=mateo, now=now)


def test_undone_but_where_something_came_in_between(
    cases: list[Case], ana: User, ben: User, sofia: User, now: datetime
) -> None:
    Case.objects.filter(pk=cases[2].pk).update(assignee=None)
    given = actions.assign_cases(chosen=seen(cases), to=ben, reason=WHY, by=ana, now=now).given
    actions.assign(case=cases[0], to=sofia, by=sofia, now=now)
    done = actions.undo_assign_cases(given=given, by=ana, now=now)
    assert owners(cases) == [sofia, ana, None]
    assert [each.number for each in done.given] == [each.number for each in cases[1:]]
    assert done.skipped == [(cases[0].number, NotChanged.CHANGED)]
    again = actions.undo_assign_cases(given=given, by=ana, now=now)
    assert (again.given, len(again.skipped)) == ([], 3)


def test_nothing_goes_back_to_someone_who_left(
    cases: list[Case], ana: User, ben: User, now: datetime
) -> None:
    given = actions.assign_cases(chosen=seen(cases), to=ben, reason=WHY, by=ben, now=now).given
    User.objects.filter(pk=ana.pk).update(is_active=False)
    done = actions.undo_assign_cases(given=given, by=ben, now=now)
    assert {each.why for each in done.skipped} == {NotChanged.GONE}
    assert owners(cases) == [ben] * 3


@pytest.mark.django_db(transaction=True)
def test_two_people_at_once_never_both_have_a_case(
    cases: list[Case], ana: User, ben: User, sofia: User, now: datetime
) -> None:
    Case.objects.update(assignee=None)
    chosen = seen(cases)
    done = at_once(
        lambda: actions.assign_cases(chosen=chosen, to=ben, reason=WHY, by=ana, now=now),
        lambda: actions.assign_cases(
            chosen=dict(reversed(chosen.items())), to=sofia, reason=WHY, by=sofia, now=now
        ),
    )
    assert sorted(len(each.given) for each in done) == [0, 3]
    assert len(set(owners(cases))) == 1


def boxes(cases: list[Case]) -> list[str]:
    return [f"{each.number}:{each.version}" for each in cases]


def test_from_the_queue_and_back(agent: Client, cases: list[Case], ana: User, ben: User) -> None:
    asked = {"case": boxes(cases[:2]), "to": str(ben.pk), "reason": WHY}
    answer = agent.post(f"{reverse('case_assignments')}?view=mine&language=es", asked)
    assert answer.headers["Location"] == f"{reverse('queue')}?view=mine&language=es"
    page = agent.get(answer.headers["Location"])
    assert page.context["result"][:2] == (ben.name, 2)
    assert "2 casos asignados a Ben Wright." in " ".join(page.content.decode().split())
    assert agent.get(answer.headers["Location"]).context["result"] is None  # told once
    assert owners(cases) == [ben, ben, ana]

    agent.post(reverse("case_assignments_undone"))
    assert owners(cases) == [ana] * 3
    page = agent.get(reverse("queue"))
    assert "Deshecho: 2 casos volvieron a quien los tenía." in " ".join(
        page.content.decode().split()
    )
    agent.post(reverse("case_assignments_undone"))  # a second time: nothing
    assert owners(cases) == [ana] * 3


def test_what_was_selected_and_typed_stays(agent: Client, cases: list[Case], ben: User) -> None:
    for asked, fields in (
        ({"case": boxes(cases[:1]), "to": str(ben.pk), "reason": " "}, {"reason"}),
        ({"case": boxes(cases[:1]), "to": "", "reason": WHY}, {"to"}),
        ({"case": boxes(cases[:1]), "to": "999999", "reason": WHY}, {"to"}),
        ({"case": ["x", "1:1", "260000019"], "to": str(ben.pk), "reason": WHY}, {"__all__"}),
    ):
        answer = agent.post(reverse("case_assignments"), asked)
        assert answer.status_code == 422
        assert set(answer.context["form"].errors) == fields
        page = answer.content.decode()
        marked = re.findall(r'name="case" value="([^"]+)"[^>]* checked>', page)
        assert marked == [each for each in asked["case"] if each in boxes(cases)]
        assert WHY in page or asked["reason"] == " "
    assert [len(told(each)) for each in cases] == [0, 0, 0]


def test_what_has_ended_is_not_selected(agent: Client, cases: list[Case]) -> None:
    Case.objects.filter(pk=cases[0].pk).update(status=CaseStatus.RESOLVED)
    done = agent.get(reverse("queue"), {"view": "done"}).content.decode()
    assert cases[0].spoken_number in done
    assert 'type="checkbox" name="case"' not in done
