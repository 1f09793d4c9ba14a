"""What narrows the queue is in its address: facets with counts, chips, views to share."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases.actions import start_call
from cases.enums import CaseStatus, OutsideBody
from cases.kinds import kinds
from cases.models import Case
from cases.queries.queue_counts import queue_counts
from cases.views.queue_filters import Facet
from common.company_day import business_day
from leases.models import Lease

pytestmark = pytest.mark.django_db


@pytest.fixture
def today(now: datetime) -> date:
    return business_day(now)


@pytest.fixture
def agent(sign_in: Callable[[User], Client], ana: User) -> Client:
    return sign_in(ana)


@pytest.fixture
def cases(
    open_case: Callable[..., Case], dans_lease: Lease, ben: User, ana: User, today: date,
    now: datetime,
) -> dict[str, Case]:  # fmt: skip
    """One of each, by what is said of it alone."""
    found = {
        "late": open_case(kind="return"),
        "today": open_case(due_on=today),
        "english": open_case(lease=dans_lease, language="en", kind="fraud"),
        "escalated": open_case(due_on=today + timedelta(30)),
        "outside": open_case(due_on=today + timedelta(30)),
        "waiting": open_case(due_on=today + timedelta(30)),
        "done": open_case(),
    }
    change: dict[str, dict[str, Any]] = {
        "late": {"due_on": today - timedelta(1)},
        "english": {"assignee": ben, "due_on": today + timedelta(30)},
        "escalated": {"status": CaseStatus.ESCALATED},
        "waiting": {"status": CaseStatus.WAITING_STORE},
    }
    for name, fields in change.items():
        Case.objects.filter(pk=found[name].pk).update(**fields)
    for status in (CaseStatus.RESOLVED, CaseStatus.CLOSED):
        Case.objects.filter(pk=found["done"].pk).update(status=status)
    found["outside"].outside_deadlines.create(
        body=OutsideBody.CFPB, received_on=today, due_on=today, by=ana, at=now
    )
    return found


def facets(agent: Client, **asked: str) -> dict[str, Facet]:
    sections = agent.get(reverse("queue"), asked).context["sections"]
    return {
        facet.label: facet for section in sections for facet in (*section.facets, *section.others)
    }


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"due": "late"}, {"late"}),
        ({"view": "overdue"}, {"late"}),
        ({"due": "today"}, {"today"}),
        ({"due": "outside"}, {"outside"}),
        ({"language": "en"}, {"english"}),
        ({"status": "escalated"}, {"escalated"}),
        ({"status": "waiting_store"}, {"waiting"}),
        ({"kind": "fraud"}, {"english"}),
        ({"kind": "return", "language": "en"}, set()),
        ({"view": "done", "language": "es"}, {"done"}),
        ({"view": "done", "language": "es", "due": "late", "status": "open"}, {"done"}),
        ({"view": "mine", "status": "open", "due": "today"}, {"today"}),
    ],
)
def test_an_address_names_what_is_shown(
    agent: Client, cases: dict[str, Case], asked: dict[str, str], expected: set[str]
) -> None:
    rows = agent.get(reverse("queue"), asked).context["page"].rows
    assert {row.pk for row in rows} == {cases[each].pk for each in expected}


def test_this_week_ends_on_sunday(
    agent: Client, open_case: Callable[..., Case], today: date
) -> None:
    sunday = today + timedelta(6 - today.weekday())
    shown = open_case(due_on=sunday)
    open_case(due_on=sunday + timedelta(1))
    assert agent.get(reverse("queue"), {"due": "week"}).context["page"].rows == [shown]


def test_an_assignee_no_one_knows_has_no_cases(
    agent: Client, cases: dict[str, Case], ben: User, carla: Any
) -> None:
    """A shared address never says more than its reader may see, and is never an error."""
    bens = agent.get(reverse("queue"), {"assignee": ben.pk})
    assert bens.context["page"].rows == [cases["english"]]
    assert [chip.label for chip in bens.context["chips"]] == [ben.name]
    for key in (carla.user.pk, 999_999_999):
        answer = agent.get(reverse("queue"), {"assignee": key})
        assert (answer.status_code, answer.context["page"].rows) == (200, [])
        assert [chip.label for chip in answer.context["chips"]] == ["Persona desconocida"]


@pytest.mark.parametrize(
    "asked",
    [
        {"kind": "nonsense"}, {"language": "fr"}, {"status": "closed"}, {"due": "\x00"},
        {"assignee": "-1"}, {"assignee": "9" * 40}, {"assignee": "٣"}, {"view": "all"},
    ],
)  # fmt: skip
def test_what_no_page_of_ours_asks_for_is_left_out(
    agent: Client, cases: dict[str, Case], asked: dict[str, str]
) -> None:
    answer = agent.get(reverse("queue"), asked)
    assert answer.status_code == 200
    assert len(answer.context["page"].rows) == len(cases) - 1
    assert answer.context["chips"] == []


def test_a_facets_count_is_what_its_link_leads_to(agent: Client, cases: dict[str, Case]) -> None:
    counted = {label: facet for label, facet in facets(agent).items() if facet.size}
    assert len(counted) > 8
    for label, facet in counted.items():
        if facet.address.startswith(reverse("queue")):
            rows = agent.get(facet.address).context["page"].rows
            assert len(rows) == int(facet.size), label


def test_no_count_is_shown_that_would_not_be_true(agent: Client, cases: dict[str, Case]) -> None:
    """Narrowed by something else, a facet leads to fewer than it has on the whole."""
    found = facets(agent, language="es")
    assert found["Español"].is_chosen
    assert found["English"].size == "1"  # in its place
    assert not found["Tarde"].size
    rows = agent.get(found["Tarde"].address).context["page"].rows
    assert rows == [cases["late"]]
    assert all(not each.size for each in facets(agent, view="mine").values() if each.language)


def test_chips_take_away_what_was_chosen(agent: Client, cases: dict[str, Case]) -> None:
    asked = {"language": "es", "kind": "return", "after": "x"}
    chips = agent.get(reverse("queue"), asked).context["chips"]
    assert [chip.label for chip in chips] == ["Español", "Devolución"]
    assert [chip.address for chip in chips] == [
        f"{reverse('queue')}?view=active&kind=return",
        f"{reverse('queue')}?view=active&language=es",
    ]
    chosen = facets(agent, language="es")["Español"]
    assert chosen.address == f"{reverse('queue')}?view=active"  # chosen again: taken away


def test_groups_say_how_many_they_have_where_nothing_is_left_out(
    agent: Client, cases: dict[str, Case]
) -> None:
    def sizes(**asked: str) -> dict[str, str]:
        groups = agent.get(reverse("queue"), asked).context["groups"]
        return {each.key: each.size for each in groups}

    assert sizes() == {"escalated": "1", "late": "1", "today": "1", "later": "3"}
    assert set(sizes(language="es").values()) == {""}


@pytest.mark.parametrize("count", [1, 30])
def test_all_counts_are_one_query(
    open_case: Callable[..., Case], ana: User, now: datetime, count: int,
    django_assert_num_queries: Callable[[int], AbstractContextManager[Any]],
) -> None:  # fmt: skip
    for _ in range(count):
        open_case()
    names = list(kinds())
    with django_assert_num_queries(1):
        counts = queue_counts(ana, kinds=names, now=now)
    assert counts.sizes["view", "active"] == count
    assert counts.shown["view", "unassigned"] == ""


def test_what_else_waits_today(agent: Client, ana: User, now: datetime) -> None:
    start_call(by=ana, now=now)
    found = facets(agent)
    assert found["Llamadas sin terminar"].size == "1"
    assert found["Seguimientos de hoy"].size == ""
