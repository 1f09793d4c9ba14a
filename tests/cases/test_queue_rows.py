"""A row of the queue: how late, in which group, with which marks."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from cases import actions
from cases.enums import CaseStatus, FlagKind, OutsideBody
from cases.kinds import kinds
from cases.models import Case
from cases.queries.queue import queue_page, view
from cases.views.queue_rows import grouped_rows
from common.company_day import business_day
from common.remembered import remembering
from leases.models import Customer

pytestmark = pytest.mark.django_db


@pytest.fixture
def today(now: datetime) -> date:
    return business_day(now)


@pytest.fixture
def agent(sign_in: Callable[[User], Client], ana: User) -> Client:
    return sign_in(ana)


def words(page: bytes) -> str:
    """Without the marks between them."""
    return " ".join(re.sub(r"<[^>]*>", " ", page.decode()).split())


def groups(agent: Client, **asked: str) -> dict[str, list[int]]:
    found = agent.get(reverse("queue"), asked).context["groups"]
    return {each.key: [row.case.pk for row in each.rows] for each in found}


@pytest.mark.requirement("R8")
def test_escalated_cases_stand_apart_then_late_today_and_later(
    agent: Client, open_case: Callable[..., Case], today: date
) -> None:
    days = {each: open_case(due_on=today + timedelta(max(each, 0))).pk for each in (-2, 0, 1, 9)}
    Case.objects.filter(pk=days[-2]).update(due_on=today - timedelta(2))
    escalated = open_case(due_on=today + timedelta(30)).pk
    Case.objects.filter(pk=escalated).update(status=CaseStatus.ESCALATED)
    assert groups(agent) == {
        "escalated": [escalated],
        "late": [days[-2]],
        "today": [days[0]],
        "later": [days[1], days[9]],
    }
    assert groups(agent, view="escalated") == {"later": [escalated]}
    assert groups(agent, view="done") == {}


def test_a_group_goes_on_where_the_page_before_ended(
    agent: Client, open_case: Callable[..., Case], today: date
) -> None:
    late = [open_case().pk for _ in range(33)]
    Case.objects.update(due_on=today - timedelta(1))
    Case.objects.filter(pk=late[0]).update(status=CaseStatus.ESCALATED)
    first = agent.get(reverse("queue")).context["page"]
    assert groups(agent) == {"escalated": late[:1], "late": late[1:30]}
    assert groups(agent, after=first.next) == {"late": late[30:]}


def test_what_the_customer_wrote_is_marked_in_words_too(
    agent: Client, open_case: Callable[..., Case], carla: Customer, now: datetime
) -> None:
    case = open_case()
    page = agent.get(reverse("queue")).content.decode()
    assert "data-new" not in page
    actions.add_customer_message(case=case, body="Hola", by=carla.user, now=now)
    written = agent.get(reverse("queue"))
    assert 'role="row" data-new>' in written.content.decode()
    assert "Carla Peña escribió el cliente" in words(written.content)


def test_no_one_has_it_and_whose_turn_it_is(agent: Client, open_case: Callable[..., Case]) -> None:
    Case.objects.filter(pk=open_case().pk).update(assignee=None, status=CaseStatus.WAITING_CUSTOMER)
    assert "Espera: cliente Nadie" in words(agent.get(reverse("queue")).content)


@pytest.mark.parametrize(
    ("days", "tone", "said"),
    [
        (-1, "bad", "CFPB 1 d tarde"),
        (0, "bad", "CFPB hoy"),
        (3, "bad", "CFPB 3 d"),
        (4, "warn", "CFPB 4 d"),
        (7, "warn", "CFPB 7 d"),
        (8, "", "CFPB 8 d"),
    ],
)
def test_an_outside_deadline_is_told_in_days(
    agent: Client, open_case: Callable[..., Case], ana: User, today: date, now: datetime,
    days: int, tone: str, said: str,
) -> None:  # fmt: skip
    case = open_case()
    for body, more in ((OutsideBody.BBB, 20), (OutsideBody.CFPB, 0)):
        case.outside_deadlines.create(
            body=body, received_on=today - timedelta(5), due_on=today + timedelta(days + more),
            by=ana, at=now,
        )  # fmt: skip
    response = agent.get(reverse("queue"))
    [chip] = response.context["groups"][0].rows[0].chips
    assert (chip.words, chip.tone) == (said, tone)
    assert chip.in_full.startswith("Plazo externo, CFPB: ")
    case.outside_deadlines.update(answered_on=today, answered_by=ana)
    assert not agent.get(reverse("queue")).context["groups"][0].rows[0].chips


def test_flags_stand_beside_the_summary_also_an_attorneys_of_another_case(
    agent: Client, open_case: Callable[..., Case], ana: User, sofia: User, now: datetime
) -> None:
    named, other = open_case(), open_case()
    attorney = actions.Attorney(name="Marta Ruiz", email="marta@ruiz.example")
    actions.flag_case(case=named, kind=FlagKind.LEGAL_HOLD, by=ana, now=now)
    flag = actions.flag_case(case=named, kind=FlagKind.ATTORNEY, attorney=attorney, by=ana, now=now)

    def chips() -> dict[int, list[str]]:
        [group] = agent.get(reverse("queue")).context["groups"]
        return {row.case.pk: [each.words for each in row.chips] for row in group.rows}

    assert chips() == {named.pk: ["Abogado/a", "Retención legal"], other.pk: ["Abogado/a"]}
    actions.lift_flag(flag=flag, reason="Error.", by=sofia, now=now)
    assert chips() == {named.pk: ["Retención legal"], other.pk: []}


@pytest.mark.parametrize("count", [1, 30])
def test_rows_with_all_their_marks_are_one_query(
    open_case: Callable[..., Case], ana: User, today: date, now: datetime, count: int,
    django_assert_num_queries: Callable[[int], AbstractContextManager[Any]],
) -> None:  # fmt: skip
    for _ in range(count):
        case = open_case()
        actions.flag_case(case=case, kind=FlagKind.LEGAL_HOLD, by=ana, now=now)
        case.outside_deadlines.create(
            body=OutsideBody.BBB, received_on=today, due_on=today, by=ana, at=now
        )
    cases = view("active", user=ana, today=today)
    with translation.override("es"), remembering():
        assert "return" in kinds()  # read once for all of the page
        with django_assert_num_queries(1):
            rows = queue_page(cases, name="active", after="").rows
            [group] = grouped_rows(rows, name="active", today=today, sizes={}, tags={})
            said = {
                (row.case.person.name, *(each.words for each in row.chips)) for row in group.rows
            }
    assert said == {("Carla Peña", "Retención legal", "BBB hoy")}


def test_one_link_a_row(agent: Client, open_case: Callable[..., Case]) -> None:
    """Its number, which lies over the whole row: one stop with the Tab key for each case."""
    case = open_case()
    page = agent.get(reverse("queue")).content.decode()
    [row] = re.findall(r'<tr class="row".*?</tr>', page, re.DOTALL)
    assert re.findall(r"href=\"([^\"]+)\"", row) == [reverse("case", args=[case.number])]
