"""The next case that no one has: in the languages and for the reasons someone takes."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from accounts.models import User
from cases import actions, kinds
from cases.models import Case, TakePreference
from cases.queries.take_next import next_keys
from tests.threads import at_once

pytestmark = pytest.mark.django_db
Open = Callable[..., Case]
NEXT = "/cases/next/"
PREFERENCES = "/cases/next/preferences/"


@pytest.fixture
def waiting(open_case: Open, now: datetime) -> Callable[..., Case]:
    """A case that no one has, due in so many days."""

    def made(days: int, **more: Any) -> Case:
        case = open_case(**more)
        due_on = now.date() + timedelta(days=days)
        Case.objects.filter(pk=case.pk).update(assignee=None, due_on=due_on)
        case.refresh_from_db()
        return case

    return made


def prefer(by: User, languages: list[str], *keys: str) -> None:
    actions.prefer_cases(languages=languages, kinds=keys, by=by)


def chosen(page: str) -> int:
    return len(re.findall(r'name="(?:languages|kinds)"[^>]* checked', page))


def test_what_is_due_first_becomes_ones_own(
    waiting: Callable[..., Case], open_case: Open, ben: User, now: datetime
) -> None:
    later, sooner = waiting(4), waiting(1)
    open_case()  # someone has it
    assert actions.take_next(by=ben, now=now) == sooner
    sooner.refresh_from_db()
    assert (sooner.assignee, sooner.version) == (ben, 2)
    event = sooner.entries.first()
    assert event is not None
    assert event.params == {"to": "Ben Wright"}
    assert actions.take_next(by=ben, now=now) == later
    assert actions.take_next(by=ben, now=now) is None


def test_only_in_the_languages_and_for_the_reasons_that_someone_takes(
    waiting: Callable[..., Case], ben: User, ana: User, now: datetime
) -> None:
    spanish = waiting(1, language="es", kind="late_payment")
    english = waiting(2, language="en", kind="late_payment")
    waiting(3, language="en", kind="return")
    prefer(ben, ["en"], "late_payment")
    assert actions.take_next(by=ben, now=now) == english
    assert actions.take_next(by=ben, now=now) is None
    assert actions.take_next(by=ana, now=now) == spanish  # she takes all of them


def test_an_escalated_case_is_taken_by_supervisors_only(
    waiting: Callable[..., Case], ben: User, sofia: User, now: datetime
) -> None:
    case = waiting(1)
    actions.escalate(case=case, reason="La tienda se niega.", by=ben, now=now)
    assert actions.take_next(by=ben, now=now) is None
    assert actions.take_next(by=sofia, now=now) == case


def test_what_is_resolved_is_no_ones_next(
    waiting: Callable[..., Case], ben: User, now: datetime
) -> None:
    case = waiting(1)
    Case.objects.filter(pk=case.pk).update(status="resolved")
    assert actions.take_next(by=ben, now=now) is None


def test_customers_and_stores_take_nothing(mateo: User, now: datetime) -> None:
    with pytest.raises(PermissionDenied):
        actions.take_next(by=mateo, now=now)
    with pytest.raises(PermissionDenied):
        actions.prefer_cases(languages=["en"], kinds=[], by=mateo)


@pytest.mark.django_db(transaction=True)
def test_two_who_press_at_the_same_time_get_two_cases(
    waiting: Callable[..., Case], ana: User, ben: User, now: datetime
) -> None:
    cases = {waiting(1), waiting(1)}
    taken = at_once(
        lambda: actions.take_next(by=ana, now=now), lambda: actions.take_next(by=ben, now=now)
    )
    assert set(taken) == cases
    assert {each.assignee for each in Case.objects.all()} == {ana, ben}


@pytest.mark.parametrize("waiting_cases", [1, 7])
def test_as_many_queries_for_one_waiting_case_as_for_many(
    waiting: Callable[..., Case],
    ben: User,
    now: datetime,
    django_assert_num_queries: Callable[[int], AbstractContextManager[Any]],
    waiting_cases: int,
) -> None:
    for days in range(waiting_cases):
        waiting(days)
    kinds.kinds()
    with django_assert_num_queries(3):  # what they take, all reasons, the union
        assert len(next_keys(ben)) == waiting_cases


def test_the_button_leads_to_the_case(
    waiting: Callable[..., Case], sign_in: Callable[[User], Client], ben: User
) -> None:
    case = waiting(1)
    agent = sign_in(ben)
    assert 'data-key="n"' in agent.get("/cases/").content.decode()
    answer = agent.post(NEXT, follow=True)
    assert answer.redirect_chain == [(f"/cases/{case.number}/", 302)]
    assert "This case is yours now." in answer.content.decode()
    answer = agent.post(NEXT, follow=True)
    assert answer.redirect_chain == [("/cases/", 302)]
    assert "No case that you take is unassigned." in answer.content.decode()


def test_what_someone_takes_is_a_page(
    sign_in: Callable[[User], Client], ben: User, now: date
) -> None:
    agent = sign_in(ben)
    page = agent.get(PREFERENCES).content.decode()
    assert chosen(page) == 2  # both languages, and no reason: all
    answer = agent.post(PREFERENCES, {"languages": ["es"], "kinds": ["return"]})
    assert (answer.status_code, answer["Location"]) == (302, "/cases/")
    row = TakePreference.objects.get(user=ben)
    assert (row.languages, row.kinds) == (["es"], ["return"])
    assert chosen(agent.get(PREFERENCES).content.decode()) == 2


def test_at_least_one_language(sign_in: Callable[[User], Client], ben: User, ana: User) -> None:
    answer = sign_in(ben).post(PREFERENCES, {"kinds": ["return"]})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Choose at least one language." in page
    assert chosen(page) == 1  # the reason stays
    with pytest.raises(ValidationError) as error:
        actions.prefer_cases(languages=["fr"], kinds=[], by=ana)
    assert error.value.code == "languages"
