"""Applications: who applies, what the engine says, which earlier lease they replace."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone

from accounts.models import User
from config.celery import app
from leases import actions
from leases.engine import Decision, EngineDown
from leases.enums import Actor, LanguageSource, LeaseStatus, Rule
from leases.models import Customer, Lease, Merchant, Store
from leases.tasks import decide_pending as task
from tests.patience import PATIENCE

S = LeaseStatus
DAY = timedelta(days=1)


def applicant(email: str = "rosa@example.com", **fields: str) -> actions.Applicant:
    return actions.Applicant(
        **{"name": "Rosa Díaz", "email": email, "phone": "(210) 555-0177", "language": "es"}
        | fields
    )


@pytest.fixture
def receive(luna: Store, now: datetime) -> Callable[..., Lease]:
    def received(email: str = "rosa@example.com", **fields: Any) -> Lease:
        who = fields.pop("applicant", applicant(email))
        values: dict[str, Any] = {"store": luna, "merchandise": "Sofá", "by": None, "now": now}
        return actions.receive_application(applicant=who, **values | fields)

    return received


def code(error: pytest.ExceptionInfo[ValidationError]) -> Any:
    if hasattr(error.value, "error_dict"):
        return {name: [each.code for each in them] for name, them in error.value.error_dict.items()}
    return error.value.error_list[0].code


@pytest.mark.requirement("R56", "R70")
def test_an_approval_comes_with_an_account_number_and_a_limit(
    receive: Callable[..., Lease], now: datetime
) -> None:
    lease = receive()
    assert (lease.status, lease.approval_limit) == (S.APPROVED, Decimal("1500.00"))
    assert len(lease.account_number) == 9
    assert lease.account_number.isdecimal()
    assert lease.approved_at == now
    customer = lease.customer
    assert (customer.name, customer.phone, customer.language) == ("Rosa Díaz", "+12105550177", "es")
    assert customer.language_source == LanguageSource.APPLICATION
    event = lease.status_events.get()
    assert (event.from_status, event.to_status, event.rule) == ("", S.APPROVED, Rule.APPLICATION)


@pytest.mark.requirement("R59")
@pytest.mark.parametrize(
    ("word", "status"),
    [("denied", S.DENIED), ("preapproved", S.PRE_APPROVED), ("prequalified", S.PREQUALIFIED)],
)
def test_other_answers_have_an_account_number_and_no_limit(
    receive: Callable[..., Lease], word: str, status: S
) -> None:
    lease = receive(f"rosa+{word}@example.com")
    assert (lease.status, lease.approval_limit) == (status, None)
    assert lease.account_number


@pytest.mark.requirement("R60")
def test_while_the_engine_is_down_an_application_waits(
    receive: Callable[..., Lease], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        lease = receive("rosa+down@example.com")
    assert (lease.status, lease.approval_limit) == (S.PENDING, None)
    assert [record.message for record in caplog.records] == ["decision_engine_down error=sandbox"]


@pytest.mark.requirement("R60")
def test_the_engine_is_asked_again_once_it_is_back(
    receive: Callable[..., Lease], settings: Any, now: datetime
) -> None:
    settings.PRODUCTION = True  # without an engine: down
    lease = receive()
    assert lease.status == S.PENDING
    assert actions.decide_pending(now=now + DAY) == 0
    settings.PRODUCTION = False
    assert actions.decide_pending(now=now + DAY) == 1
    lease.refresh_from_db()
    assert (lease.status, lease.approved_at) == (S.APPROVED, now + DAY)
    event = lease.status_events.last()
    assert event is not None
    assert (event.rule, event.actor, event.clock_started_at) == (Rule.ENGINE_BACK, Actor.CLOCK, now)
    assert actions.decide_pending(now=now + DAY) == 0


@pytest.mark.requirement("R60")
def test_the_beat_schedule_asks_again(receive: Callable[..., Lease], settings: Any) -> None:
    assert task.name in {entry["task"] for entry in app.conf.beat_schedule.values()}
    settings.PRODUCTION = True
    receive(now=timezone.now())
    settings.PRODUCTION = False
    task.apply(throw=True)
    assert Lease.objects.get().status == S.APPROVED


def test_stale_applications_are_not_asked_about_again(
    receive: Callable[..., Lease], settings: Any, now: datetime
) -> None:
    settings.PRODUCTION = True
    receive()
    settings.PRODUCTION = False
    assert actions.decide_pending(now=now + 90 * DAY) == 0
    assert actions.decide_pending(now=now + 89 * DAY) == 1


@pytest.mark.requirement("R58")
@pytest.mark.parametrize(
    ("word", "status", "rule"),
    [
        ("prequalified", S.APPROVED, Rule.OPT_IN),
        ("prequalified-denied", S.DENIED, Rule.OPT_IN),
        ("prequalified-preapproved", S.PRE_APPROVED, Rule.OPT_IN),
        ("preapproved", S.APPROVED, Rule.MORE_INFORMATION),
        ("preapproved-denied", S.DENIED, Rule.MORE_INFORMATION),
    ],
)
def test_more_data_gives_the_decision(
    receive: Callable[..., Lease], now: datetime, word: str, status: S, rule: Rule
) -> None:
    lease = receive(f"rosa+{word}@example.com")
    with pytest.raises(ValidationError) as error:
        actions.ask_again(lease=lease, by=None, now=now)
    assert code(error) == "data_missing"
    data = {"monthlyIncome": "2500"}
    decided = actions.ask_again(lease=lease, data=data, by=None, now=now + DAY)
    assert decided.status == status
    assert (decided.approval_limit is not None) == (status == S.APPROVED)
    assert decided.approved_at == (now + DAY if status == S.APPROVED else None)
    event = lease.status_events.last()
    assert event is not None
    assert event.rule == rule


def test_the_same_answer_again_changes_nothing(
    receive: Callable[..., Lease], now: datetime
) -> None:
    lease = receive("rosa+prequalified-prequalified@example.com")
    after = actions.ask_again(lease=lease, data={"income": "1"}, by=None, now=now)
    assert after.status == S.PREQUALIFIED
    assert lease.status_events.count() == 1


def test_an_engine_that_is_down_again_is_said(receive: Callable[..., Lease], now: datetime) -> None:
    lease = receive("rosa+prequalified-down@example.com")
    with pytest.raises(EngineDown):
        actions.ask_again(lease=lease, data={"income": "1"}, by=None, now=now)
    assert lease.status_events.count() == 1


def test_what_is_decided_is_not_asked_again(receive: Callable[..., Lease], now: datetime) -> None:
    with pytest.raises(ValidationError) as error:
        actions.ask_again(lease=receive(), data={"income": "1"}, by=None, now=now)
    assert code(error) == "lease_transition"


def test_a_known_customers_details_stay(receive: Callable[..., Lease], carla: Customer) -> None:
    somebody = applicant(" CARLA@example.com", name="Not Carla", phone="(210) 555-0000")
    lease = receive(applicant=somebody)
    assert lease.customer == carla
    carla.refresh_from_db()
    assert (carla.name, carla.phone) == ("Carla Peña", "+12105550134")


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({"email": "ana@puente.example"}, {"email": ["email"]}),
        ({"email": "no address"}, {"email": ["email"]}),
        ({"phone": "12"}, {"phone": ["phone"]}),
        ({"name": "Rosa\nDíaz"}, {"name": ["line_break"]}),
        ({"name": " "}, {"name": ["blank"]}),
        ({"language": "fr"}, {"language": ["invalid_choice"]}),
    ],
)
def test_an_applicant_nobody_could_be(
    receive: Callable[..., Lease], ana: User, fields: dict[str, str], codes: dict[str, list[str]]
) -> None:
    with pytest.raises(ValidationError) as error:
        receive(applicant=applicant(**fields))
    assert code(error) == codes
    assert not Lease.objects.exists()
    assert not Customer.objects.exists()


@pytest.mark.requirement("R65")
@pytest.mark.parametrize("noticed", [True, False])
def test_after_an_expiry_a_new_application_takes_its_place(
    receive: Callable[..., Lease], now: datetime, noticed: bool
) -> None:
    old = receive()
    late = now + 90 * DAY
    if noticed:
        actions.expire_due(now=late)
    again = receive(now=late)
    assert again.supersedes == old
    assert again.account_number != old.account_number
    old.refresh_from_db()
    assert old.status_at(late) == S.APPROVAL_EXPIRED
    assert receive(now=late).supersedes is None  # the newest one is alive


def test_a_live_lease_or_another_merchants_is_not_superseded(
    receive: Callable[..., Lease], now: datetime
) -> None:
    receive()
    assert receive(now=now + 89 * DAY).supersedes is None
    other = Merchant.objects.create(name="Sol")
    store = Store.objects.create(merchant=other, name="Sol", city="Waco", state="TX")
    assert receive(now=now + 400 * DAY, store=store).supersedes is None


@pytest.mark.requirement("R65")
def test_reapplying_by_hand_names_the_earlier_lease(
    make_lease: Callable[..., Lease], carla: Customer, dan: Customer, luna: Store, now: datetime
) -> None:
    """Only an expired or stale one of the same customer, and only once."""
    old = make_lease(carla, decision=S.DENIED)

    def again(number: str, at: datetime, customer: Customer = carla) -> Lease:
        return actions.apply(
            account_number=number, customer=customer, store=luna, decision=S.PENDING,
            supersedes=old, by=None, now=at,
        )  # fmt: skip

    refusals = {}
    for name, at, customer in (
        ("supersedes_status", now + 89 * DAY, carla),
        ("supersedes_customer", now + 90 * DAY, dan),
    ):
        with pytest.raises(ValidationError) as error:
            again("7700001", at, customer)
        refusals[name] = code(error)
    assert list(refusals) == list(refusals.values())
    new = again("7700001", now + 90 * DAY)
    assert old.superseded_by == new
    with pytest.raises(ValidationError) as error:
        again("7700002", now + 90 * DAY)
    assert code(error) == "superseded"


def test_a_superseded_application_is_not_revived(
    make_lease: Callable[..., Lease], carla: Customer, luna: Store, mateo: User, now: datetime
) -> None:
    old = make_lease(carla, decision=S.PRE_APPROVED)
    late = now + 90 * DAY
    actions.apply(
        account_number="7700001", customer=carla, store=luna, decision=S.DENIED, supersedes=old,
        by=None, now=late,
    )  # fmt: skip
    for attempt in (
        lambda: actions.decide(lease=old, decision=S.DENIED, by=None, now=late),
        lambda: actions.place_in_review(lease=old, reason="Again", by=mateo, now=late),
    ):
        with pytest.raises(ValidationError) as error:
            attempt()
        assert code(error) == "superseded"


@pytest.mark.requirement("R57", "R58", "R60")
@pytest.mark.parametrize("start", [S.PREQUALIFIED, S.PRE_APPROVED, S.PENDING])
def test_merchant_services_decides_with_a_reason(
    make_lease: Callable[..., Lease],
    carla: Customer,
    mateo: User,
    ana: User,
    now: datetime,
    start: S,
) -> None:
    lease = make_lease(carla, decision=start)
    values: dict[str, Any] = {"lease": lease, "decision": S.APPROVED, "now": now}
    limit = Decimal("900.00")
    with pytest.raises(PermissionDenied):
        actions.decide(approval_limit=limit, reason="Income shown", by=ana, **values)
    for fields, expected in (
        ({"approval_limit": limit}, "reason"),
        ({"reason": "Income shown"}, "lease_limit"),
        ({"reason": "Income shown", "approval_limit": Decimal("-1")}, "approval_limit"),
        ({"reason": "Income shown", "approval_limit": Decimal("0.001")}, "approval_limit"),
    ):
        with pytest.raises(ValidationError) as error:
            actions.decide(by=mateo, **values, **fields)
        assert code(error) == expected
    approved = actions.decide(approval_limit=limit, reason=" Income shown ", by=mateo, **values)
    assert (approved.approval_limit, approved.approved_at) == (limit, now)
    event = lease.status_events.last()
    assert event is not None
    assert (event.reason, event.by) == ("Income shown", mateo)


@pytest.mark.django_db(transaction=True)
def test_two_applications_at_once_make_one_customer_and_one_successor(
    luna: Store, now: datetime
) -> None:
    for at in (now, now + 90 * DAY):
        both = threading.Barrier(2)

        def apply(at: datetime = at, both: threading.Barrier = both) -> None:
            try:
                both.wait(PATIENCE)
                actions.record_application(
                    applicant=applicant(),
                    store=luna,
                    decision=Decision(S.APPROVED, Decimal("900.00")),
                    by=None,
                    now=at,
                )
            finally:
                connection.close()

        threads = [threading.Thread(target=apply) for _ in range(2)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
    assert Customer.objects.count() == 1
    assert Lease.objects.count() == 4
    assert Lease.objects.filter(supersedes__isnull=False).count() == 1
