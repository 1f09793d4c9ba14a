"""No form offers a day in the past, and a form that needs a new one says so at its field."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import escape

from accounts.models import User
from cases.models import CallDraft, Case, FollowUp
from common.company_day import business_day
from common.formats import day

SignIn = Callable[[User], Client]


@pytest.fixture
def today() -> date:
    return business_day(timezone.now())


@pytest.fixture
def agent(ana: User, sign_in: SignIn) -> Client:
    return sign_in(ana)


@pytest.fixture
def late(open_case: Callable[..., Case], today: date) -> Case:
    case = open_case()
    Case.objects.update(due_on=today - timedelta(days=2))
    case.refresh_from_db()
    return case


def note(page: Any, **changes: str) -> dict[str, str]:
    """The composer as a browser sends it, with a note."""
    form = page.context["composer"]
    sent = {
        name: form[name].value() or ""
        for name in ("version", "seen", "visibility", "language", "to_status", "due_on")
    }
    sent["initial-due_on"] = str(form["due_on"].initial or "")
    return {name: str(value) for name, value in sent.items()} | {"body": "Nota."} | changes


@pytest.mark.requirement("R3")
def test_the_composer_offers_no_day_gone_by(agent: Client, late: Case, today: date) -> None:
    page = agent.get(reverse("case", args=[late.number]))
    html = page.content.decode()
    assert page.context["composer"]["due_on"].value() is None
    assert f'data-first="{today.isoformat()}"' in html
    with translation.override("es"):
        assert f"La fecha anterior, el {day(late.due_on)}, ya pasó." in html
    address = reverse("case_entries", args=[late.number])
    assert agent.post(address, note(page)).status_code == 302
    assert Case.objects.get().due_on == late.due_on  # a note doesn't make it look on time


def test_a_day_to_come_stands_there(agent: Client, open_case: Callable[..., Case]) -> None:
    case = open_case()
    Case.objects.update(due_on=business_day(timezone.now()))
    case.refresh_from_db()
    form = agent.get(reverse("case", args=[case.number])).context["composer"]
    assert (form["due_on"].value(), form.fields["due_on"].help_text) == (case.due_on, "")


def test_a_new_status_of_a_late_case_asks_for_a_day(agent: Client, late: Case, today: date) -> None:
    page = agent.get(reverse("case", args=[late.number]))
    address = reverse("case_entries", args=[late.number])
    sent = note(page, visibility="public", to_status="waiting_store", body="Hablamos con ellos.")
    refused = agent.post(address, sent)
    assert refused.status_code == 422
    assert refused.context["composer"].has_error("due_on", "day_past")
    assert agent.post(address, sent | {"due_on": today.isoformat()}).status_code == 302
    assert Case.objects.get().due_on == today


def test_a_save_that_came_too_late_offers_none_either(
    agent: Client, late: Case, today: date
) -> None:
    page = agent.get(reverse("case", args=[late.number]))
    address = reverse("case_entries", args=[late.number])
    Case.objects.update(version=late.version + 1)
    stale = agent.post(address, note(page))
    assert stale.status_code == 409
    assert not stale.context["composer"]["due_on"].value()
    kept = agent.post(address, note(page, due_on=today.isoformat()))
    assert kept.context["composer"]["due_on"].value() == today.isoformat()


@pytest.mark.requirement("R3")
@pytest.mark.parametrize("who", ["ana", "ben"])
def test_a_status_change_among_us_is_told_what_to_choose(
    who: str, late: Case, sign_in: SignIn, request: pytest.FixtureRequest
) -> None:
    client = sign_in(request.getfixturevalue(who))
    page = client.get(reverse("case", args=[late.number]))
    refused = client.post(
        reverse("case_entries", args=[late.number]), note(page, to_status="in_progress")
    )
    assert refused.status_code == 422
    assert refused.context["composer"].has_error("visibility", "status_reader")
    said = {
        "ana": "Carla Peña recibirá un correo con el estado nuevo. Elija aquí “Carla Peña”",
        "ben": "Carla Peña will get an email about the new status. Choose “Carla Peña” here",
    }[who]
    assert escape(said) in refused.content.decode()


def test_a_follow_up_is_not_moved_to_a_day_gone_by(
    agent: Client, late: Case, ana: User, today: date
) -> None:
    planned = today - timedelta(days=1)
    follow_up = FollowUp.objects.create(
        case=late, by=ana, on=planned, rule="on_day", channel="phone",
        message="Hola", language="es", at=timezone.now(),
        send_at=datetime.combine(planned, time(18), UTC),
    )  # fmt: skip
    page = agent.get(reverse("case", args=[late.number]), {"open": "follow-ups"})
    [shown] = page.context["follow_ups"]
    assert (shown.move["to"].value(), shown.move["expected_on"].value()) == (
        None,
        planned.isoformat(),
    )
    week = {"week": planned.isoformat(), "open": follow_up.pk}
    calendar = agent.get(reverse("correspondence_follow_ups"), week)
    assert f'id="move_{follow_up.pk}_to"' in calendar.content.decode()
    assert calendar.context["move"]["to"].value() is None


@pytest.mark.parametrize(("days", "is_kept"), [(-1, False), (0, True), (30, True)])
def test_a_call_gone_on_with_another_day(
    agent: Client, ana: User, today: date, days: int, is_kept: bool
) -> None:
    agent.post("/calls/")
    draft = CallDraft.objects.get()
    typed = (today + timedelta(days)).isoformat()
    draft.typed = {"language": "es", "suggested_language": "es", "due_on": typed}
    draft.save()
    form = agent.get(reverse("call", args=[draft.number])).context["form"]
    assert (str(form["due_on"].value()) == typed) is is_kept
    assert str(form["due_on"].value()) >= today.isoformat()
