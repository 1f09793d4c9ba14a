"""Whose turn it is: one answer for the list, the page and every mail."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases import actions, lifecycle
from cases.deadlines import send_by
from cases.enums import CaseStatus as S
from cases.enums import ItemState, Party
from cases.models import Case
from cases.turns import NextStep, first_step, status_for, turn
from common.company_day import company_zone
from leases.models import Customer
from mail.models import Email
from mail.outbound.render import render
from tests.photos import photo

TODAY = date(2026, 11, 18)


def in_days(days: int) -> date:
    return TODAY + timedelta(days=days)


# --- the rule -------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", list(S))
def test_what_is_asked_and_open_makes_it_the_customers_turn(status: S) -> None:
    asked = turn(status, in_days(5), [], is_missing=True, since=TODAY)
    waits = status in lifecycle.ACTIVE - {S.ESCALATED}  # a supervisor doesn't wait for it
    assert asked.status == (S.WAITING_CUSTOMER if waits else status)
    assert asked.step.party == (Party.CUSTOMER if waits else lifecycle.ACTS[status])
    plain = turn(status, in_days(5), [], is_missing=False, since=TODAY)
    assert plain == (status, NextStep(in_days(5), lifecycle.ACTS[status]))
    assert status_for(status, is_missing=False) == status


def test_their_day_counts_only_on_their_turn() -> None:
    def on(status: S, *, is_missing: bool = True) -> date:
        by = in_days(7)
        return turn(status, in_days(1), [], is_missing=is_missing, since=TODAY, send_by=by).step.on

    assert on(S.OPEN) == in_days(7)
    assert on(S.OPEN, is_missing=False) == in_days(1)
    assert on(S.ESCALATED) == in_days(1)


def test_papers_take_a_week_where_we_act_sooner_than_usual(now: datetime) -> None:
    def by(due_on: date) -> date:
        return send_by(due_on, now, company_zone())

    assert by(in_days(1)) == in_days(7)  # five business days
    assert by(in_days(5)) == in_days(5)  # three: the rule of most reasons
    assert by(in_days(30)) == in_days(30)


def test_an_agreement_of_ours_is_not_their_day() -> None:
    ours = NextStep(in_days(1), Party.COMPANY, is_agreed=True)
    theirs = NextStep(in_days(3), Party.CUSTOMER, is_agreed=True)

    def step(*agreed: NextStep, is_missing: bool) -> NextStep:
        return turn(S.IN_PROGRESS, in_days(5), agreed, is_missing=is_missing, since=TODAY).step

    assert step(ours, theirs, is_missing=False) == ours
    assert step(ours, theirs, is_missing=True) == theirs
    assert step(ours, is_missing=True) == NextStep(in_days(5), Party.CUSTOMER)


def test_a_day_that_has_passed_counts_only_where_there_is_no_other() -> None:
    late, later = NextStep(in_days(-2), Party.STORE), NextStep(in_days(4), Party.COMPANY)
    assert first_step([late, later]) == late
    assert first_step([late, later], since=TODAY) == later
    assert first_step([late], since=TODAY) == late


# --- everywhere -----------------------------------------------------------------------------------


@pytest.fixture
def case(open_case: Callable[..., Case], now: datetime) -> Case:
    return open_case(due_on=now.date() + timedelta(days=5))


@pytest.fixture
def ask(case: Case, ana: User, now: datetime) -> Callable[..., None]:
    def asked(*slots: str, **fields: Any) -> None:
        actions.request_evidence(case=case, slots=slots or ("photos",), by=ana, now=now, **fields)

    return asked


def seen(client: Client, case: Case) -> dict[str, str]:
    """The status and the turn on the list, the case's page and the lease's."""
    pages = {
        "home": client.get(reverse("portal_home")).context["cases"][0],
        "case": client.get(reverse("portal_case", args=[case.number])).context,
        "lease": client.get(
            reverse("portal_lease", args=[case.lease.account_number])
        ).context["cases"][0],
    }  # fmt: skip
    return {name: f"{page['status']} · {page['who_acts']}" for name, page in pages.items()}


def last_mail(key: str) -> str:
    mail = Email.objects.filter(template__key=key).order_by("-created_at", "-pk")[0]
    return render(mail).text


@pytest.mark.parametrize("status", ["in_progress", "waiting_store"])
def test_list_page_and_mail_agree(
    case: Case, ask: Callable[..., None], carla: Customer, ana: User, sofia: User,
    sign_in: Callable[..., Client], now: datetime, status: str,
) -> None:  # fmt: skip
    Case.objects.filter(pk=case.pk).update(status=status)
    client = sign_in(carla.user)
    assert "Le toca a usted" not in str(seen(client, case))
    ask()
    assert set(seen(client, case).values()) == {"Le falta enviarnos algo · Le toca a usted"}
    mail = last_mail("evidence_requested")
    assert "Le falta enviarnos algo" in mail
    assert "Le toca a usted" in mail

    actions.settle_evidence(case=case, slot="photos", by=ana, now=now)
    assert "Le toca a usted" not in str(seen(client, case))


def test_what_a_call_asked_for_has_the_same_day_everywhere(
    open_case: Callable[..., Case], carla: Customer, sign_in: Callable[..., Client]
) -> None:
    """Ours is tomorrow, theirs isn’t."""
    items = {"police_report": ItemState.ASKED}
    case = open_case(kind="identity_theft", items=items, own_address=carla.email)
    assert case.due_on == in_days(1)
    page = sign_in(carla.user).get(reverse("portal_case", args=[case.number]))
    for words in (last_mail("case_opened"), page.content.decode()):
        assert "25 de noviembre de 2026" in words
        assert "19 de noviembre de 2026" not in words
    assert case.entries.get(event="evidence_requested").params["wait_until"] == "2026-11-25"


def test_staff_read_whose_turn_it_is_too(
    case: Case, ask: Callable[..., None], ana: User, sign_in: Callable[..., Client]
) -> None:
    page, agent = reverse("case", args=[case.number]), sign_in(ana)
    assert agent.get(page).context["step"].party == Party.COMPANY
    ask()
    assert agent.get(page).context["step"] == (case.due_on, Party.CUSTOMER, False)


def test_what_is_needed_stands_before_what_was_sent(
    case: Case, ask: Callable[..., None], carla: Customer, ana: User, now: datetime,
    sign_in: Callable[..., Client],
) -> None:  # fmt: skip
    assert carla.user
    ask("photos", "receipts")
    actions.add_customer_message(
        case=case, body="", files=[photo()], answers="photos", by=carla.user, now=now
    )
    page = sign_in(carla.user).get(reverse("portal_case", args=[case.number]))
    assert [each.slot_id for each in page.context["missing"]] == ["receipts"]
    assert [each.slot_id for each in page.context["here"]] == ["photos"]
    words = page.content.decode()
    assert words.index("Por favor, envíenos:") < words.index("Lo que ya nos envió:")


def test_what_came_makes_it_our_turn_again_and_unreadable_theirs(
    case: Case, ask: Callable[..., None], carla: Customer, ana: User,
    sign_in: Callable[..., Client], now: datetime,
) -> None:  # fmt: skip
    assert carla.user
    client = sign_in(carla.user)
    ask()
    actions.add_customer_message(
        case=case, body="", files=[photo()], answers="photos", by=carla.user, now=now
    )
    assert set(seen(client, case).values()) == {"Recibimos su caso · Nos toca a nosotros"}
    assert "Nos toca a nosotros" in last_mail("evidence_received")
    file = case.entries.get(kind="evidence").evidence.get()
    actions.mark_unreadable(evidence=file, reason="No se ve la fecha.", by=ana, now=now)
    assert set(seen(client, case).values()) == {"Le falta enviarnos algo · Le toca a usted"}
    assert "Le toca a usted" in last_mail("evidence_unreadable")


def test_a_list_of_thirty_asks_as_often_as_a_list_of_one(
    open_case: Callable[..., Case], case: Case, ask: Callable[..., None], carla: Customer,
    sign_in: Callable[..., Client], django_assert_num_queries: Any,
) -> None:  # fmt: skip
    ask()
    client = sign_in(carla.user)
    client.get(reverse("portal_home"))
    for _ in range(29):
        open_case()
    with django_assert_num_queries(7):
        client.get(reverse("portal_home"))
