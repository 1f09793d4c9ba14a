"""What customers wished is honored: follow-ups, numbers to dial, pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from cases import actions
from cases.enums import CancelReason, Channel
from cases.models import Case, FollowUp
from leases.contact_wishes import Wishes
from leases.enums import WishSource
from leases.models import ContactWish, Customer, Lease
from telephone.actions import record_event
from telephone.reading import read_event

pytestmark = [pytest.mark.requirement("R82"), pytest.mark.django_db]
NO_CALLS = Wishes(no_calls=True)
FRIDAY = date(2026, 11, 20)


@pytest.fixture
def case(open_case: Callable[..., Case]) -> Case:
    return open_case()


@pytest.fixture
def wish(carla: Customer, ana: User, now: datetime) -> Callable[..., bool]:
    def wished(wishes: Wishes = NO_CALLS, **fields: Any) -> bool:
        values: dict[str, Any] = {"customer": carla, "source": WishSource.CALL, "by": ana}
        return actions.change_wishes(**(values | fields), wishes=wishes, now=now)

    return wished


@pytest.fixture
def plan(ana: User, now: datetime) -> Callable[..., FollowUp]:
    def planned(case: Case, channel: str) -> FollowUp:
        return actions.set_follow_up(
            case=case, on=FRIDAY, channel=channel, message="Hola", by=ana, now=now
        )

    return planned


def test_planned_calls_are_canceled_in_every_case_and_mails_stay(
    wish: Callable[..., bool],
    plan: Callable[..., FollowUp],
    case: Case,
    open_case: Callable[..., Case],
) -> None:
    calls = [plan(each, Channel.PHONE).pk for each in (case, open_case(kind="return"))]
    mail = plan(case, Channel.EMAIL)
    assert wish(case=case)
    canceled = FollowUp.objects.filter(cancel_reason=CancelReason.NO_CALLS)
    assert set(canceled.values_list("pk", flat=True)) == set(calls)
    mail.refresh_from_db()
    assert mail.is_pending
    assert case.entries.filter(event="wishes_changed").count() == 1
    assert not wish(case=case)


def test_no_call_is_planned_against_a_wish(
    wish: Callable[..., bool], plan: Callable[..., FollowUp], case: Case
) -> None:
    wish()
    with pytest.raises(ValidationError) as refusal:
        plan(Case.objects.get(pk=case.pk), Channel.PHONE)
    assert refusal.value.code == "follow_up_no_calls"
    assert not FollowUp.objects.exists()


@pytest.mark.requirement("R19")
def test_follow_ups_wait_for_the_hours_that_were_wished(
    wish: Callable[..., bool], plan: Callable[..., FollowUp], case: Case
) -> None:
    wish(Wishes(days=("sat",)))
    assert plan(Case.objects.get(pk=case.pk), Channel.EMAIL).on == date(2026, 11, 21)


@pytest.fixture
def agent(sign_in: Callable[[User], Client], ana: User) -> Client:
    return sign_in(ana)


def told(**fields: Any) -> dict[str, Any]:
    return {"channel": "", "days": [], "start": "", "end": "", "asked_by": ""} | fields


def test_an_agent_records_what_was_said_on_a_call(
    agent: Client, case: Case, lease: Lease, ana: User, now: datetime
) -> None:
    page = reverse("lease_wishes", args=[lease.account_number])
    response = agent.post(page, told(no_calls="on", **{"in": case.number}))
    assert response["Location"] == reverse("case", args=[case.number])
    call = actions.start_call(by=ana, now=now)
    response = agent.post(page, told(channel="letter", **{"in": call.number}))
    assert response["Location"] == reverse("call", args=[call.number])
    newest, first = ContactWish.objects.all()
    assert (first.said_in, first.source, newest.said_in, newest.source) == (
        case.number, "staff", call.number, "call",
    )  # fmt: skip
    assert "Sin llamadas" in agent.get(page).content.decode()


def test_a_foreign_case_is_no_place_it_was_said_in(
    agent: Client, lease: Lease, dans_lease: Lease, open_case: Callable[..., Case]
) -> None:
    foreign = open_case(lease=dans_lease, language="en")
    page = reverse("lease_wishes", args=[lease.account_number])
    for number in (foreign.number, "x", "999999999"):
        response = agent.post(page, told(no_calls="on", **{"in": number}))
        assert response["Location"] == page
    assert ContactWish.objects.get().said_in == ""
    assert not foreign.entries.filter(event="wishes_changed").exists()


@pytest.mark.parametrize(
    "wrong",
    [{"start": "20:00", "end": "17:00"}, {"start": "17:00"}, {"start": "25:00"}, {"days": ["x"]}],
)
def test_refused_wishes_keep_what_was_typed(
    agent: Client, lease: Lease, wrong: dict[str, Any]
) -> None:
    page = reverse("lease_wishes", args=[lease.account_number])
    response = agent.post(page, told(asked_by="Su hija", **wrong))
    assert response.status_code == 422
    assert 'value="Su hija"' in response.content.decode()
    assert not ContactWish.objects.exists()


def test_the_wish_stands_before_the_number(
    agent: Client, wish: Callable[..., bool], case: Case, plan: Callable[..., FollowUp]
) -> None:
    wish(Wishes(not_at_work=True))
    shown = agent.get(reverse("case", args=[case.number])).content.decode()
    assert shown.index("No en el trabajo") < shown.index("(210) 555-0134")
    call = plan(Case.objects.get(pk=case.pk), Channel.PHONE)
    today = timezone.now() + timedelta(minutes=1)
    FollowUp.objects.filter(pk=call.pk).update(on=today.date(), send_at=today)
    week = agent.get(reverse("correspondence_follow_ups")).content.decode()
    assert week.index("No en el trabajo") < week.index("tel:+12105550134")


def test_customers_choose_for_themselves(
    sign_in: Callable[[User], Client], carla: Customer, dan: Customer, case: Case
) -> None:
    portal = sign_in(carla.user)
    page = reverse("portal_wishes")
    assert "No quiero llamadas" in portal.get(page).content.decode()
    wished = {
        "no_calls": "on",
        "channel": "email",
        "days": ["mon"],
        "start": "09:00",
        "end": "12:00",
    }
    assert portal.post(page, wished).status_code == 302
    made = ContactWish.objects.get()
    assert (made.customer, made.source, made.by, made.days) == (
        carla, "portal", carla.user, ["mon"],
    )  # fmt: skip
    assert portal.post(page, wished | {"end": "08:00"}).status_code == 422
    assert not dan.contact_wishes.exists()


def test_the_list_of_those_to_call_back_shows_the_wish(
    agent: Client, wish: Callable[..., bool], carla: Customer, settings: Any, now: datetime
) -> None:
    settings.TELEPHONE_SECRETS = ["cable-submarino-de-pruebas"]
    wish()
    for event in ("newCall", "hangup"):
        sent = {"event": event, "from": carla.phone, "to": "101", "direction": "in", "callId": "1"}
        record_event(read_event(sent), now=now)
    shown = agent.get(reverse("phone_calls"), {"view": "callback"}).content.decode()
    assert shown.index("Sin llamadas") < shown.index(f"tel:{carla.phone}")
