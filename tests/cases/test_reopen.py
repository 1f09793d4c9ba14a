"""A case that has ended goes on: by one button with a reason, or with a message."""

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
from cases import actions, deadlines
from cases.enums import CaseStatus
from cases.events import describe
from cases.kinds import outcome_name
from cases.models import Case
from cases.queries.outcomes import outcomes_of
from common.company_day import business_day, company_zone
from leases.models import Customer
from mail.models import Email
from mail.outbound.render import render
from tests.moves import move
from tests.pages import text

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
WHY = "El cargo volvió a aparecer."
At = Callable[[datetime], None]


@pytest.fixture
def later(now: datetime) -> datetime:
    """Long after the case has ended."""
    return now + 30 * DAY


@pytest.fixture
def usual(later: datetime) -> date:
    return deadlines.next_update(later, company_zone())


@pytest.fixture
def case(open_case: Callable[..., Case], ana: User, now: datetime) -> Case:
    case = open_case(kind="charge_dispute")
    ended = actions.Update(
        body="Listo.", language="es", visibility="public", to_status=CaseStatus.RESOLVED,
        outcome="charge_removed",
    )  # fmt: skip
    return actions.update_case(case=case, version=1, update=ended, by=ana, now=now)


@pytest.fixture
def agent(sign_in: Callable[[User], Client], ana: User, later: datetime, at: At) -> Client:
    at(later)
    return sign_in(ana)


def code(error: pytest.ExceptionInfo[ValidationError]) -> str:
    return str(error.value.error_list[0].code)


def told(case: Case, event: str) -> list[str]:
    rows = case.entries.filter(event=event).order_by("pk")
    return [describe(each, for_customer=False) for each in rows]


def close(case: Case, by: User, now: datetime) -> Case:
    return actions.update_case(
        case=case, version=case.version, update=move("closed"), by=by, now=now
    )


@pytest.mark.parametrize("is_closed", [False, True])
def test_it_is_in_progress_with_the_usual_date_and_without_its_outcome(
    case: Case, ana: User, later: datetime, usual: date, *, is_closed: bool
) -> None:
    if is_closed:
        case = close(case, ana, later)
    assert outcomes_of([case]) == {case.pk: "charge_removed"}
    case = actions.reopen_case(case=case, reason=WHY, by=ana, now=later)
    assert (case.status, case.due_on) == (CaseStatus.IN_PROGRESS, usual)
    assert outcomes_of([case]) == {}
    [why] = case.entries.filter(event="reopened")
    assert (why.visibility, why.params) == ("internal", {"reason": WHY})
    assert told(case, "status_changed")[-1].endswith(
        "→ In progress. Next step by December 23, 2026"
    )
    [mail] = Email.objects.filter(template__key="status_changed")
    said = render(mail).text
    assert "23 de diciembre de 2026" in said
    assert WHY not in said


def test_on_a_day_of_its_own_and_never_in_the_past(case: Case, ana: User, later: datetime) -> None:
    today = business_day(later)
    with pytest.raises(ValidationError) as error:
        actions.reopen_case(case=case, reason=WHY, due_on=today - DAY, by=ana, now=later)
    assert code(error) == "day_past"
    case = actions.reopen_case(case=case, reason=WHY, due_on=today, by=ana, now=later)
    assert case.due_on == today


def test_not_without_a_reason_not_twice_and_not_by_anyone(
    case: Case, ana: User, mateo: User, carla: Customer, later: datetime
) -> None:
    for user in (mateo, carla.user):
        with pytest.raises(PermissionDenied):
            actions.reopen_case(case=case, reason=WHY, by=user, now=later)
    with pytest.raises(ValidationError) as error:
        actions.reopen_case(case=case, reason=" ", by=ana, now=later)
    assert code(error) == "reason"
    actions.reopen_case(case=case, reason=WHY, by=ana, now=later)
    with pytest.raises(ValidationError) as error:
        actions.reopen_case(case=case, reason=WHY, by=ana, now=later)
    assert code(error) == "not_ended"
    assert len(told(case, "reopened")) == 1


def test_a_duplicate_is_part_of_another_case(
    open_case: Callable[..., Case], agent: Client, ana: User, later: datetime
) -> None:
    kept, duplicate = open_case(), open_case()
    actions.merge_case(case=duplicate, into=kept, by=ana, now=later)
    with pytest.raises(ValidationError) as error:
        actions.reopen_case(case=duplicate, reason=WHY, by=ana, now=later)
    assert code(error) == "case_merged"
    page = agent.get(reverse("case", args=[duplicate.number]), {"open": "reopen"})
    assert reverse("case_reopening", args=[duplicate.number]) not in text(page)
    assert "Para separarlo, deshaga la unión." in text(page)


def test_the_composer_does_the_same_with_its_message_as_the_reason(
    case: Case, ana: User, later: datetime, usual: date
) -> None:
    update = move("in_progress")
    case = actions.update_case(case=case, version=2, update=update, by=ana, now=later)
    assert (case.status, case.due_on) == (CaseStatus.IN_PROGRESS, usual)
    assert not Email.objects.filter(template__key="status_changed").exists()
    assert Email.objects.filter(template__key="message_added").count() == 1


def test_the_composer_keeps_the_date_it_showed_if_it_is_still_to_come(
    case: Case, ana: User, now: datetime
) -> None:
    due_on = business_day(now) + 9 * DAY
    Case.objects.filter(pk=case.pk).update(due_on=due_on)
    moved = actions.update_case(
        case=case, version=2, update=move("in_progress"), by=ana, now=now + DAY
    )
    assert moved.due_on == due_on


def test_by_a_button_of_its_page(agent: Client, case: Case, usual: date) -> None:
    address = reverse("case", args=[case.number])
    assert f'href="{address}?open=reopen#reopen"' in text(agent.get(address))
    page = agent.get(address, {"open": "reopen"})
    assert page.context["reopening"]["due_on"].value() == usual
    with translation.override("es"):
        assert f"“{outcome_name('charge_removed')}” deja de contar" in text(page)
    post = reverse("case_reopening", args=[case.number])
    refused = agent.post(post, {"reason": "", "due_on": "2026-12-01"})
    assert refused.status_code == 422
    form = refused.context["reopening"]
    assert (list(form.errors), form["due_on"].value()) == (["reason"], "2026-12-01")
    refused = agent.post(post, {"reason": WHY, "due_on": "2026-12-01"})
    assert list(refused.context["reopening"].errors) == ["due_on"]
    sent: dict[str, Any] = {"reason": WHY, "due_on": usual.isoformat()}
    page = agent.post(post, sent, follow=True)
    assert "Reabierto. Carla Peña recibirá un correo." in text(page)
    assert f'<span lang="es">{WHY}</span>' in text(page)
    assert "?open=reopen" not in text(page)
    again = agent.post(post, sent, follow=True)
    assert "Este caso ya está abierto." in text(again)
    assert len(told(case, "reopened")) == 1
