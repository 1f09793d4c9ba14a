"""Attempts to reach a customer are counted over all of their cases; too many are warned of."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import ProgrammingError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from cases import actions
from cases.attempts import Attempted, Limit, count
from cases.enums import AttemptResult
from cases.models import Case, ContactAttempt
from cases.queries.attempts import count_of, counts_of
from leases.models import Customer, Lease
from mail.enums import SuppressionReason
from mail.models import Email
from tests.cases.test_constraints import refused

pytestmark = pytest.mark.requirement("R82")
SEVEN = Limit(7, 7)
R = AttemptResult


def ago(now: datetime, **parts: int) -> datetime:
    return now - timedelta(**parts)


@pytest.mark.parametrize(
    ("results", "limit", "warns"),
    [
        ([], SEVEN, False),
        ([R.NO_ANSWER] * 6, SEVEN, False),
        ([R.NO_ANSWER] * 7, SEVEN, True),
        ([R.LEFT_MESSAGE] * 7, SEVEN, True),
        ([R.BUSY, R.WRONG_NUMBER, R.BOUNCED] * 7, SEVEN, False),  # nothing rang at the customer's
        ([R.REACHED], SEVEN, True),  # spoke within the week
        ([R.REACHED] * 9, Limit(0, 7), False),  # switched off
        ([R.NO_ANSWER] * 2, Limit(2, 7), True),
    ],
)
def test_when_another_call_would_be_too_many(
    results: list[R], limit: Limit, *, warns: bool, now: datetime
) -> None:
    made = [Attempted(each, ago(now, hours=1)) for each in results]
    assert count(made, limit, now).warns is warns


def test_a_week_later_nothing_is_left_of_it(now: datetime) -> None:
    made = [Attempted(R.REACHED, ago(now, days=7)), Attempted(R.NO_ANSWER, ago(now, days=7))]
    told = count(made, SEVEN, now)
    assert (told.calls, told.attempts, told.spoke_at, told.warns) == (0, 0, None, False)
    assert count(made, SEVEN, ago(now, seconds=1)).calls == 2


@pytest.fixture
def case(open_case: Callable[..., Case]) -> Case:
    return open_case()


@pytest.fixture
def attempt(case: Case, ana: User, now: datetime) -> Callable[..., ContactAttempt]:
    def made(result: str = R.NO_ANSWER, **fields: Any) -> ContactAttempt:
        values: dict[str, Any] = {"case": case, "by": ana, "now": now}
        return actions.record_attempt(**(values | fields), result=result)

    return made


def test_a_persons_cases_count_together(
    attempt: Callable[..., ContactAttempt],
    case: Case,
    open_case: Callable[..., Case],
    dans_lease: Lease,
    now: datetime,
) -> None:
    other, dans = open_case(kind="return"), open_case(lease=dans_lease, language="en")
    contact = actions.Contact(why="no_lease", name="Rosa Ibáñez", phone="(210) 555-0188")
    alone = open_case(lease=None, contact=contact)
    attempt(), attempt(case=other), attempt(case=dans), attempt(case=alone)
    told = counts_of([case, other, dans, alone], now=now)
    assert [told[each.pk].calls for each in (case, other, dans, alone)] == [2, 2, 1, 1]


@pytest.mark.parametrize("number", [1, 30])
def test_counts_of_many_cases_are_one_query(
    attempt: Callable[..., ContactAttempt],
    open_case: Callable[..., Case],
    number: int,
    now: datetime,
    django_assert_num_queries: Callable[[int], AbstractContextManager[Any]],
) -> None:
    for _each in range(number):
        attempt(case=open_case())
    cases = list(Case.objects.with_parties())
    with django_assert_num_queries(1):
        assert counts_of(cases, now=now)[cases[0].pk].calls == number


def test_it_is_in_the_history_and_not_for_the_customer(
    attempt: Callable[..., ContactAttempt], case: Case
) -> None:
    attempt()
    [entry] = case.entries.filter(event="contact_attempted")
    assert not entry.is_public


def test_who_may_and_what_may_be_recorded(
    attempt: Callable[..., ContactAttempt], carla: Customer
) -> None:
    with pytest.raises(PermissionDenied):
        attempt(by=carla.user)
    for wrong in ("bounced", "sang", ""):
        with pytest.raises(ValidationError) as refusal:
            attempt(wrong)
        assert refusal.value.code == "attempt_result"
    assert not ContactAttempt.objects.exists()


def test_a_bounce_counts_by_itself_and_once(case: Case, now: datetime) -> None:
    mail = Email.objects.get(casemail__case=case)
    for _each in range(2):
        actions.bounced(
            address=mail.to, reason=SuppressionReason.BOUNCED, error="5.1.1", email=mail, now=now
        )
    made = ContactAttempt.objects.get()
    assert (made.result, made.case, made.by, made.email) == (R.BOUNCED, case, None, mail)
    assert (count_of(case, now=now).calls, count_of(case, now=now).attempts) == (0, 1)


def test_a_planned_call_that_was_made_counts(case: Case, ana: User, now: datetime) -> None:
    call = actions.set_follow_up(
        case=case, on=now.date() + timedelta(days=2), channel="phone", by=ana, now=now
    )
    actions.finish_follow_up(follow_up=call, result=R.LEFT_MESSAGE, by=ana, now=now)
    assert ContactAttempt.objects.get().result == R.LEFT_MESSAGE


def test_the_database_keeps_them(
    attempt: Callable[..., ContactAttempt], case: Case, ana: User, now: datetime
) -> None:
    rows = ContactAttempt.objects.filter(pk=attempt().pk)
    for write in (lambda: rows.update(result=R.REACHED), rows.delete):
        with pytest.raises(ProgrammingError), transaction.atomic():
            write()
    new = {"case": case, "at": now}
    refused(
        "attempt_made_by_somebody", lambda: ContactAttempt.objects.create(result=R.REACHED, **new)
    )
    refused(
        "attempt_result_known", lambda: ContactAttempt.objects.create(result="sang", by=ana, **new)
    )


@pytest.fixture
def agent(sign_in: Callable[[User], Client], ana: User) -> Client:
    return sign_in(ana)


def test_one_press_records_it_and_the_page_warns_before_the_next(
    agent: Client, case: Case, settings: Any
) -> None:
    settings.CONTACT_MOST_CALLS = 2
    address, page = (reverse(name, args=[case.number]) for name in ("case_attempts", "case"))
    assert agent.post(address, {"result": "sang"}).status_code == 400
    agent.post(address, {"result": "no_answer"})
    assert "No vuelva a llamar" not in agent.get(page).content.decode()
    agent.post(address, {"result": "no_answer"})
    shown = agent.get(page).content.decode()
    assert "2 llamadas en 7 días; nuestro límite es 2. No vuelva a llamar" in shown


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_costs_the_same_for_one_and_thirty(
    agent: Client,
    attempt: Callable[..., ContactAttempt],
    number: int,
    django_assert_num_queries: Callable[[int], AbstractContextManager[Any]],
) -> None:
    for _each in range(number):
        attempt(now=timezone.now())
    page = reverse("contact_attempts")
    agent.get(page)
    with django_assert_num_queries(6):  # session, person, two marks in the header, rows, counts
        shown = agent.get(page)
    assert len(shown.context["rows"]) == number
    assert f"{number} de 7" in shown.content.decode()
