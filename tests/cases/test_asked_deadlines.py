"""Cases that come with a deadline: 30 days for a credit report, 15 more once; 45 for one's data."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from cases import actions, outside
from cases.enums import OutsideBody
from cases.events import describe
from cases.models import Case, Entry, OutsideDeadline
from leases.models import Lease, StateRule

TODAY = date(2026, 11, 18)


@pytest.fixture
def credit(open_case: Callable[..., Case]) -> Case:
    return open_case(kind="credit_bureau")


@pytest.fixture
def answer(ana: User, now: datetime) -> Callable[..., None]:
    def answered(case: Case, **answers: Any) -> None:
        actions.answer_questions(case=case, answers=answers, by=ana, now=now)

    return answered


@pytest.fixture
def extend(ana: User, now: datetime) -> Callable[..., OutsideDeadline]:
    def extended(case: Case, arrived_on: date = TODAY, **fields: Any) -> OutsideDeadline:
        values: dict[str, Any] = {
            "deadline": deadline_of(case),
            "arrived_on": arrived_on,
            "by": ana,
            "now": now,
        }
        return actions.extend_outside_deadline(**values | fields)

    return extended


def deadline_of(case: Case) -> OutsideDeadline:
    return OutsideDeadline.objects.get(case=case)


def days(case: Case) -> tuple[date, date]:
    found = deadline_of(case)
    return found.received_on, found.due_on


@pytest.mark.requirement("R79")
def test_a_dispute_about_a_credit_report_is_due_in_30_days(credit: Case) -> None:
    assert deadline_of(credit).body == OutsideBody.CREDIT_BUREAU
    assert days(credit) == (TODAY, date(2026, 12, 18))
    entry = Entry.objects.get(case=credit, event="outside_opened")
    with translation.override("en"):
        assert "December 18, 2026" in describe(entry, for_customer=False)


def test_one_that_is_sooner_than_thought_ends_a_snooze(
    open_case: Callable[..., Case], answer: Callable[..., None], ana: User, now: datetime
) -> None:
    case = open_case(kind="credit_bureau", due_on=date(2026, 12, 1))
    until = date(2026, 11, 27)
    actions.snooze_case(case=case, until=until, reason="Espera.", by=ana, now=now)
    answer(case, credit_disputed_on=date(2026, 11, 10))  # due on December 10
    case.refresh_from_db()
    assert case.snoozed_until
    answer(case, credit_disputed_on=date(2026, 10, 21))  # on November 20
    case.refresh_from_db()
    assert case.snoozed_until is None


@pytest.mark.requirement("R79")
def test_it_counts_from_the_day_it_reached_us(credit: Case, answer: Callable[..., None]) -> None:
    answer(credit, credit_disputed_on=date(2026, 11, 2))
    assert days(credit) == (date(2026, 11, 2), date(2026, 12, 2))
    answer(credit, credit_agency="equifax")  # changes nothing
    assert Entry.objects.filter(case=credit, event="outside_opened").count() == 2
    with pytest.raises(ValidationError) as slip:
        answer(credit, credit_disputed_on=date(2026, 11, 30))
    assert slip.value.code == "answer_future"
    assert days(credit) == (date(2026, 11, 2), date(2026, 12, 2))


@pytest.mark.requirement("R79")
def test_more_information_gives_15_days_once(
    credit: Case, extend: Callable[..., OutsideDeadline]
) -> None:
    extend(credit)
    assert days(credit) == (TODAY, date(2027, 1, 2))
    assert deadline_of(credit).extended_on == TODAY
    entry = Entry.objects.get(case=credit, event="outside_extended")
    with translation.override("es"):
        assert "2 de enero de 2027" in describe(entry, for_customer=False)
    with pytest.raises(ValidationError) as refused:
        extend(credit)
    assert refused.value.code == "outside_extended"
    assert days(credit) == (TODAY, date(2027, 1, 2))


@pytest.mark.requirement("R79")
@pytest.mark.parametrize(
    ("arrived", "gives"),
    [
        (date(2026, 11, 17), False),
        (date(2026, 11, 18), True),
        (date(2026, 12, 18), True),  # the thirtieth day
        (date(2026, 12, 19), False),
    ],
)
def test_only_within_the_30_days(
    arrived: date, gives: bool, credit: Case, extend: Callable[..., OutsideDeadline], now: datetime
) -> None:
    later = now + timedelta(days=40)
    if gives:
        assert extend(credit, arrived, now=later).due_on == date(2027, 1, 2)
        return
    with pytest.raises(ValidationError) as refused:
        extend(credit, arrived, now=later)
    assert refused.value.code == "outside_too_late"


@pytest.mark.requirement("R79")
def test_other_reasons_to_refuse_it(
    credit: Case,
    open_case: Callable[..., Case],
    extend: Callable[..., OutsideDeadline],
    ana: User,
    mateo: User,
    now: datetime,
) -> None:
    with pytest.raises(ValidationError) as refused:
        extend(credit, TODAY + timedelta(days=1))
    assert refused.value.code == "day_future"
    with pytest.raises(PermissionDenied):
        extend(credit, by=mateo)
    other = open_case()
    actions.open_outside_deadline(case=other, body="cfpb", received_on=TODAY, by=ana, now=now)
    with pytest.raises(ValidationError) as refused:
        extend(other)
    assert refused.value.code == "outside_no_more"
    deadline = deadline_of(credit)
    actions.answer_outside_deadline(deadline=deadline, answered_on=TODAY, by=ana, now=now)
    with pytest.raises(ValidationError) as refused:
        extend(credit)
    assert refused.value.code == "outside_answered"


@pytest.mark.requirement("R79")
def test_what_was_extended_or_answered_stays(
    credit: Case, answer: Callable[..., None], extend: Callable[..., OutsideDeadline]
) -> None:
    extend(credit)
    answer(credit, credit_disputed_on=date(2026, 11, 2))
    assert days(credit) == (TODAY, date(2027, 1, 2))


@pytest.mark.requirement("R86")
def test_a_request_for_data_is_due_in_45_days(
    open_case: Callable[..., Case], answer: Callable[..., None]
) -> None:
    case = open_case(kind="data_request")
    assert deadline_of(case).body == OutsideBody.DATA_REQUEST
    assert days(case) == (TODAY, date(2027, 1, 2))
    answer(case, data_received_on=date(2026, 11, 1), data_wanted="deletion")
    assert days(case) == (date(2026, 11, 1), date(2026, 12, 16))


@pytest.mark.requirement("R86")
def test_a_states_rule_says_otherwise(open_case: Callable[..., Case]) -> None:
    StateRule.objects.update_or_create(
        state="TX", defaults={"data_request_days": 90, "source": "A law"}
    )
    case = open_case(kind="data_request")
    assert days(case) == (TODAY, date(2027, 2, 16))


@pytest.mark.requirement("R86")
def test_someone_without_a_lease_may_ask_too(open_case: Callable[..., Case]) -> None:
    contact = actions.Contact(name="Rosa", phone="(210) 555-0177", email="", why="no_lease")
    case = open_case(kind="data_request", lease=None, contact=contact)
    assert days(case) == (TODAY, date(2027, 1, 2))


@pytest.mark.requirement("R86")
def test_a_lease_attached_later_brings_the_days_of_its_state(
    open_case: Callable[..., Case], lease: Lease, ana: User, now: datetime
) -> None:
    rule = {"data_request_days": 30, "source": "A law"}
    StateRule.objects.update_or_create(state=lease.store.state, defaults=rule)
    contact = actions.Contact(name="Rosa", phone="(210) 555-0177", email="", why="no_lease")
    case = open_case(kind="data_request", lease=None, contact=contact)
    actions.attach_lease(case=case, lease=lease, is_certain=True, by=ana, now=now)
    assert days(case) == (TODAY, date(2026, 12, 18))
    actions.detach_lease(case=case, by=ana, now=now)
    assert days(case) == (TODAY, date(2027, 1, 2))


@pytest.mark.requirement("R86")
def test_a_day_that_someone_named_stays(
    open_case: Callable[..., Case], answer: Callable[..., None]
) -> None:
    case = open_case(kind="data_request")
    OutsideDeadline.objects.update(due_on=date(2026, 12, 1))
    answer(case, data_received_on=date(2026, 11, 1))
    assert days(case) == (TODAY, date(2026, 12, 1))


def test_other_kinds_bring_none(open_case: Callable[..., Case]) -> None:
    open_case()
    assert not OutsideDeadline.objects.exists()


def test_the_pure_table() -> None:
    assert outside.due_on("data_request", date(2026, 1, 1)) == date(2026, 2, 15)
    assert outside.extended("credit_bureau", date(2026, 1, 31)) == date(2026, 2, 15)
    assert not outside.takes_more("cfpb", TODAY, TODAY)


@pytest.mark.requirement("R79")
def test_the_page_extends_it(credit: Case, ana: User, sign_in: Callable[[User], Client]) -> None:
    client = sign_in(ana)
    address = reverse("case_outside_extension", args=[credit.number, deadline_of(credit).pk])
    page = f"{reverse('case', args=[credit.number])}?open=outside"
    assert address in client.get(page).content.decode()
    refused = client.post(address, {"arrived_on": "2026-12-30"})
    assert refused.status_code == 422
    assert client.post(address, {"arrived_on": "2026-11-18"}).status_code == 302
    assert deadline_of(credit).extended_on == TODAY
    shown = client.get(page).content.decode()
    assert "Llegó más información" in shown
    assert address not in shown
    assert client.post(address, {"arrived_on": "2026-11-18"}).status_code == 422
