"""Attempts to reach a customer are counted over all of their cases; too many are warned of."""

from __future__ import annotations

import secrets
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
from cases.attempts import Attempted, Limit, count, with_dialed
from cases.enums import AttemptResult
from cases.events import describe
from cases.models import AttemptRetraction, Case, ContactAttempt
from cases.queries.attempts import count_of, counts_of
from leases.models import Customer, Lease
from mail.enums import SuppressionReason
from mail.models import Email
from telephone.models import PhoneCall
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


def dial(number: str, at: datetime, end_cause: str = "noAnswer", **fields: Any) -> PhoneCall:
    """As the telephone system tells of a call of ours; it ended at once."""
    told = {"direction": "out", "to_number": number, "ended_at": at} | fields
    return PhoneCall.objects.create(
        call_id=secrets.token_hex(8), rang_at=at, end_cause=end_cause, **told
    )


CARLAS = "+12105550134"


@pytest.fixture
def telephone(settings: Any) -> None:
    settings.TELEPHONE_SECRETS = ["cable-submarino-de-pruebas"]


@pytest.mark.usefixtures("telephone")
def test_a_call_of_ours_that_no_one_answered_counts_by_itself(
    case: Case, dans_lease: Lease, open_case: Callable[..., Case], now: datetime
) -> None:
    other, dans = open_case(kind="return"), open_case(lease=dans_lease, language="en")
    dial(CARLAS, ago(now, hours=3))
    dial(CARLAS, ago(now, hours=2), "busy")
    dial(CARLAS, ago(now, hours=1), answered_at=ago(now, hours=1))  # is logged as a call
    dial(CARLAS, ago(now, days=8))
    dial("+17135550162", ago(now, hours=1))
    told = counts_of([case, other, dans], now=now)
    assert [told[each.pk].calls for each in (case, other, dans)] == [1, 1, 0]
    assert told[case.pk].attempts == 2


@pytest.mark.usefixtures("telephone")
def test_one_that_still_rings_or_came_in_does_not_count(case: Case, now: datetime) -> None:
    dial(CARLAS, ago(now, seconds=20), "", ended_at=None)
    dial("", ago(now, hours=1), direction="in", from_number=CARLAS)
    assert count_of(case, now=now).attempts == 0
    assert count_of(case, now=now + timedelta(minutes=6)).calls == 1  # its end was never told


@pytest.mark.usefixtures("telephone")
def test_what_someone_records_of_it_counts_in_its_place(
    attempt: Callable[..., ContactAttempt], case: Case, ana: User, now: datetime
) -> None:
    dial(CARLAS, ago(now, minutes=40))
    dial(CARLAS, ago(now, minutes=5))
    made = attempt(R.WRONG_NUMBER)  # of the second one
    told = count_of(case, now=now)
    assert (told.calls, told.attempts) == (1, 2)
    actions.undo_attempt(attempt=made, by=ana, now=now)
    assert count_of(case, now=now).calls == 2


def test_each_recorded_call_covers_one_that_was_dialed(now: datetime) -> None:
    dialed = [Attempted(R.NO_ANSWER, ago(now, minutes=each)) for each in (10, 9, 8)]
    recorded = [Attempted(R.LEFT_MESSAGE, now), Attempted(R.BOUNCED, now)]
    assert len(with_dialed(recorded, dialed)) == 4
    assert with_dialed([], []) == []


@pytest.mark.usefixtures("telephone")
@pytest.mark.parametrize("number", [1, 30])
def test_counts_with_a_telephone_system_are_two_queries(
    case: Case, number: int, now: datetime,
    django_assert_num_queries: Callable[[int], AbstractContextManager[Any]],
) -> None:  # fmt: skip
    for each in range(number):
        dial(CARLAS, ago(now, minutes=each))
    cases = list(Case.objects.with_parties())
    with django_assert_num_queries(2):
        assert counts_of(cases, now=now)[case.pk].calls == number


def test_a_mistake_is_undone_once_and_stays_in_the_history(
    attempt: Callable[..., ContactAttempt], case: Case, ana: User, sofia: User, now: datetime
) -> None:
    made = attempt(R.REACHED)
    assert count_of(case, now=now).warns
    assert actions.undo_attempt(attempt=made, by=ana, now=now)
    assert not actions.undo_attempt(attempt=made, by=sofia, now=now)
    told = count_of(case, now=now)
    assert (told.attempts, told.warns) == (0, False)
    [entry] = case.entries.filter(event="attempt_undone")
    assert "doesn’t count" in describe(entry, for_customer=False)
    assert ContactAttempt.objects.filter(pk=made.pk).exists()
    rows = AttemptRetraction.objects.all()
    for write in (lambda: rows.update(at=now), rows.delete):
        with pytest.raises(ProgrammingError), transaction.atomic():
            write()


def test_whoever_recorded_it_or_a_supervisor_undoes_it(
    attempt: Callable[..., ContactAttempt], case: Case, ben: User, sofia: User, mateo: User,
    now: datetime, sign_in: Callable[[User], Client], open_case: Callable[..., Case],
) -> None:  # fmt: skip
    made = attempt()
    for other in (ben, mateo):
        with pytest.raises(PermissionDenied):
            actions.undo_attempt(attempt=made, by=other, now=now)
    elsewhere = reverse("attempt_retraction", args=[open_case(kind="return").number, made.pk])
    here = reverse("attempt_retraction", args=[case.number, made.pk])
    assert sign_in(sofia).post(elsewhere).status_code == 404
    assert sign_in(ben).post(here).status_code == 404
    page = sign_in(sofia).get(reverse("case", args=[case.number]), {"open": "attempts"})
    assert here in page.content.decode()
    assert sign_in(sofia).post(here).status_code == 302
    assert sign_in(sofia).post(here).status_code == 302  # a second window
    assert AttemptRetraction.objects.get().attempt == made
    page = sign_in(sofia).get(reverse("contact_attempts")).content.decode()
    assert "<s>" in page


def test_a_bounce_can_not_be_undone(case: Case, sofia: User, now: datetime) -> None:
    email = Email.objects.filter(casemail__case=case).get()
    made = ContactAttempt.objects.create(case=case, result=R.BOUNCED, email=email, at=now)
    with pytest.raises(PermissionDenied):
        actions.undo_attempt(attempt=made, by=sofia, now=now)


@pytest.mark.usefixtures("telephone")
def test_a_call_we_made_and_they_answered_is_offered_to_be_logged(
    agent: Client, case: Case, ana: User
) -> None:
    now = timezone.now()
    call = dial(CARLAS, ago(now, minutes=9), answered_at=ago(now, minutes=9), agent=ana)
    missed = dial(CARLAS, ago(now, minutes=5), agent=ana)
    page = agent.get(reverse("phone_calls"), {"view": "mine"}).content.decode()
    assert reverse("phone_call_answers", args=[call.pk]) in page
    assert reverse("phone_call_answers", args=[missed.pk]) not in page
