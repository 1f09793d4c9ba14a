"""Whether something is due or overdue is decided by the company's day, wherever the reader is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from cases.models import Case, FollowUp
from cases.queries.calendar import monday_of
from cases.scripts.facts import Facts
from cases.views.case.call_done import SAVED_CALL
from common.company_day import business_day
from common.form_fields import FARTHEST, DayField
from leases.models import Lease

EAST, WEST = "Pacific/Kiritimati", "Etc/GMT+12"  # 26 hours apart: never on the same day


@pytest.fixture(params=[(EAST, WEST), (WEST, EAST)], ids=["agent in the west", "agent in the east"])
def agent(
    request: pytest.FixtureRequest, settings: Any, ana: User, sign_in: Callable[[User], Client]
) -> Client:
    settings.BUSINESS_TIME_ZONE, ana.time_zone = request.param
    ana.save()
    return sign_in(ana)


@pytest.fixture
def today(agent: Client) -> date:
    """The company's."""
    return business_day(timezone.now())


def overdue_words(page: str) -> int:
    return page.count("vencido</span>")


def late_words(page: str) -> int:
    return page.count('data-when="late">1 día tarde<')


@pytest.mark.parametrize(("days", "is_overdue"), [(-1, True), (0, False), (1, False)])
def test_queue_and_case_agree_on_what_is_overdue(
    agent: Client, open_case: Callable[..., Case], today: date, days: int, is_overdue: bool
) -> None:
    case = open_case()
    Case.objects.update(due_on=today + timedelta(days))
    listed = agent.get(reverse("queue"))
    late = agent.get(reverse("queue"), {"view": "overdue"}).context["page"].rows
    page = agent.get(reverse("case", args=[case.number]))
    assert late == ([case] if is_overdue else [])
    assert late_words(listed.content.decode()) == is_overdue
    assert late_words(page.content.decode()) == is_overdue

    session = agent.session  # as right after a call: the next step is read aloud
    session[SAVED_CALL] = case.number
    session.save()
    saved = agent.get(reverse("case", args=[case.number])).content.decode()
    assert "Caso guardado" in saved
    assert (overdue_words(saved), late_words(saved)) == (is_overdue, is_overdue)


def test_a_next_step_may_be_on_the_companys_day(
    agent: Client, open_case: Callable[..., Case], today: date
) -> None:
    address = reverse("case_entries", args=[open_case().number])
    typed = {
        "version": "1", "seen": "0", "visibility": "internal", "language": "es", "body": "Nota",
        "initial-due_on": "2030-01-01",
    }  # fmt: skip
    early = agent.post(address, typed | {"due_on": (today - timedelta(1)).isoformat()})
    assert early.status_code == 422
    assert early.context["composer"].has_error("due_on", "day_past")
    assert agent.post(address, typed | {"due_on": today.isoformat()}).status_code == 302


def test_the_calendar_counts_the_calls_of_the_companys_day(
    agent: Client, open_case: Callable[..., Case], ana: User, today: date
) -> None:
    FollowUp.objects.create(
        case=open_case(), by=ana, on=today, rule="on_day", channel="phone",
        message="Hola", language="es", at=timezone.now(),
        send_at=datetime.combine(today, time(12), UTC),
    )  # fmt: skip
    shown = agent.get(reverse("correspondence_follow_ups")).context
    assert (shown["today"], shown["week"].monday) == (today, monday_of(today))
    lists = agent.get(reverse("correspondence")).context["lists"]
    assert {each["tab"].name: each["waits"] for each in lists}["correspondence_follow_ups"] == "1"


def test_a_script_says_the_companys_day(
    agent: Client, lease: Lease, ana: User, open_case: Callable[..., Case]
) -> None:
    now = datetime(2026, 11, 18, 11, 30, tzinfo=UTC)  # the 18th in one zone, the 17th or 19th there
    case = open_case()
    with timezone.override(ana.time_zone), translation.override("en"):
        facts = Facts.of_case(case, by=ana, now=now)
        company = business_day(now)
        said = f"November {company.day}, 2026"
        assert facts.fill("{today}", "en") == said
        case.lease.signed_at = now
        assert facts.fill("{signed_day}", "en") == said


@pytest.mark.parametrize(("company", "reader"), [(EAST, WEST), (WEST, EAST)])
def test_the_farthest_day_of_a_form_is_counted_from_the_companys(
    settings: Any, company: str, reader: str
) -> None:
    settings.BUSINESS_TIME_ZONE = company
    last = business_day(timezone.now()) + FARTHEST
    with timezone.override(reader):
        assert DayField().clean(last.isoformat()) == last
        with pytest.raises(ValidationError):
            DayField().clean((last + timedelta(days=1)).isoformat())
