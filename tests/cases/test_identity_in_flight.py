"""An identity is blocked while the decision system still thinks about an application of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client

from accounts.models import User
from cases import actions
from cases.models import Case
from leases import actions as lease_actions
from leases.models import BlockedApplication, Customer, IdentityBlock, Lease, SsnDigest, Store
from leases.queries.identity_blocks import Identity
from tests.engine_server import Engine, engine_at_work
from tests.patience import PATIENCE, wait_for
from tests.threads import Meanwhile, at_once, waiting_for_locks

DIGITS = {"ssnLast4": "4321"}
#: Carla, with another email and another phone.
ELSEWHERE = lease_actions.Applicant("CARLA PENA", "x@example.com", "(713) 555-0101", "es")

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.requirement("R78")]


@pytest.fixture
def engine(settings: Any) -> Iterator[Engine]:
    with engine_at_work(settings) as started:
        yield started


@pytest.fixture
def theft(open_case: Callable[..., Case], lease: Lease) -> Callable[[], Case]:
    """Carla’s, whose application gave the digits of her SSN."""
    lease_actions.keep_ssn_digits(lease=lease, data=DIGITS)
    return lambda: open_case(kind="identity_theft", summary="No fue ella.")


def code(answer: Future[Any]) -> str | None:
    error = answer.exception(PATIENCE)
    assert isinstance(error, ValidationError)
    return str(error.code)


def test_blocked_while_the_engine_answers_it_is_refused_by_its_digits_and_kept(
    theft: Callable[[], Case],
    engine: Engine,
    luna: Store,
    now: datetime,
    meanwhile: Meanwhile,
) -> None:
    engine.go_on.clear()
    answer = meanwhile(
        lambda: lease_actions.receive_application(
            applicant=ELSEWHERE, store=luna, data=DIGITS, by=None, now=now
        )
    )
    wait_for(lambda: engine.asked, what="the question to the engine")
    theft()
    engine.go_on.set()
    assert code(answer) == "application_not_accepted"
    attempt = BlockedApplication.objects.get()
    assert (attempt.matched, attempt.store, attempt.at) == (["ssn"], luna, now)
    assert not Customer.objects.filter(email="x@example.com").exists()
    assert SsnDigest.objects.count() == 1


def test_a_merchants_application_is_kept_as_an_attempt_once(
    theft: Callable[[], Case],
    engine: Engine,
    luna: Store,
    irene: User,
    now: datetime,
    meanwhile: Meanwhile,
) -> None:
    Store.objects.filter(pk=luna.pk).update(code="LUNA-1")
    _row, key = lease_actions.create_api_key(
        merchant=luna.merchant, store=luna, name="Luna", by=irene, now=now
    )
    body = {
        "storeId": "LUNA-1",
        "merchandise": "Sofá",
        "customer": {
            "name": "Carla Peña", "email": "carla@example.com", "phone": "(713) 555-0101",
            "language": "es",
        },
    }  # fmt: skip

    def post() -> Any:
        client = Client(headers={"Authorization": f"Bearer {key}", "Idempotency-Key": "once"})
        return client.post("/api/v1/application", json.dumps(body), "application/json")

    engine.go_on.clear()
    answer = meanwhile(post)
    wait_for(lambda: engine.asked, what="the question to the engine")
    theft()
    engine.go_on.set()
    for said in (answer.result(PATIENCE), post()):
        assert (said.status_code, said.json()["code"]) == (422, "application_not_accepted")
    assert BlockedApplication.objects.get().matched == ["person", "email"]


@pytest.mark.parametrize("data", [{}, DIGITS])
def test_an_application_that_waited_is_not_decided(
    data: dict[str, str],
    theft: Callable[[], Case],
    engine: Engine,
    carla: Customer,
    dan: Customer,
    make_lease: Callable[..., Lease],
    now: datetime,
    meanwhile: Meanwhile,
) -> None:
    """Hers, or one of another customer with her name and digits."""
    Customer.objects.filter(pk=dan.pk).update(name="Carla Peña")
    dan.refresh_from_db()
    waiting = make_lease(dan if data else carla, "104477319", decision="pre_approved")
    engine.go_on.clear()
    answer = meanwhile(
        lambda: lease_actions.ask_again(
            lease=waiting, data={"income": "1"} | data, by=None, now=now
        )
    )
    wait_for(lambda: engine.asked, what="the question to the engine")
    theft()
    engine.go_on.set()
    assert code(answer) == "application_not_accepted"
    waiting.refresh_from_db()
    assert waiting.status == "pre_approved"
    assert not BlockedApplication.objects.exists()  # it isn't a new one


@pytest.mark.parametrize(("digits", "is_theirs"), [("4321", True), ("1234", False)])
def test_an_application_that_came_while_the_engine_was_down_is_told_by_its_kept_digits(
    digits: str, is_theirs: bool,
    theft: Callable[[], Case],
    engine: Engine,
    dan: Customer,
    make_lease: Callable[..., Lease],
    now: datetime,
) -> None:  # fmt: skip
    """The decision system is asked again without them."""
    Customer.objects.filter(pk=dan.pk).update(name="Carla Peña")
    dan.refresh_from_db()
    waiting = make_lease(dan, "104477319", decision="pending")
    lease_actions.keep_ssn_digits(lease=waiting, data={"ssn": digits})
    theft()
    lease_actions.decide_pending(now=now)
    waiting.refresh_from_db()
    assert waiting.status == ("pending" if is_theirs else "approved")
    assert len(engine.asked) == (0 if is_theirs else 1)
    assert not BlockedApplication.objects.exists()  # it isn't a new one


def test_an_application_waits_for_a_block_by_name_that_is_being_recorded(
    theft: Callable[[], Case],
    luna: Store,
    now: datetime,
    meanwhile: Meanwhile,
) -> None:
    with transaction.atomic():
        theft()
        answer = meanwhile(
            lambda: lease_actions.receive_application(
                applicant=ELSEWHERE, store=luna, data=DIGITS, by=None, now=now
            )
        )
        wait_for(waiting_for_locks, what="the application waiting for the block")
    assert code(answer) == "application_not_accepted"
    assert BlockedApplication.objects.count() == 1


def test_two_cases_that_block_the_same_two_people_take_turns(
    carla: Customer, dan: Customer, make_lease: Callable[..., Lease], ana: User, now: datetime,
    open_case: Callable[..., Case],
) -> None:  # fmt: skip
    """Each names the other's contact: locked one person after the other, they would wait for each
    other.
    """
    leases = [make_lease(carla, "104477319"), make_lease(dan, "104477327")]
    for days in range(5):
        cases = [
            open_case(
                kind="identity_theft",
                summary="No fue ella.",
                lease=None,
                now=now + timedelta(days=days),
                contact=actions.Contact(
                    name=other.customer.name, email=other.customer.email,
                    phone=other.customer.phone, why="identity",
                ),
            )
            for other in reversed(leases)
        ]  # fmt: skip

        def attach(case: Case, lease: Lease) -> Case:
            return actions.attach_lease(case=case, lease=lease, is_certain=True, by=ana, now=now)

        results = at_once(*(
            lambda case=case, lease=lease: attach(case, lease)
            for case, lease in zip(cases, leases, strict=True)
        ))  # fmt: skip
        assert [each for each in results if isinstance(each, Exception)] == []
    assert IdentityBlock.objects.filter(customer__isnull=False).count() == 10


def test_locks_of_several_identities_are_one_sorted_list(
    django_assert_num_queries: Any, carla: Customer, dan: Customer
) -> None:
    people = [
        Identity(each.name, each.email, each.phone, customer=each.pk) for each in (carla, dan)
    ]
    names = [each.name for each in people]
    taken = []
    for identities in (people, people[::-1]):
        with transaction.atomic(), django_assert_num_queries(9) as queries:
            lease_actions.lock_identities(*identities, names=names)
        taken.append([each["sql"] for each in queries if "advisory" in each["sql"]])
    assert taken[0] == taken[1]
    assert len(taken[0]) == 8


def test_all_blocks_of_a_common_name_are_compared(
    lease: Lease, make_lease: Callable[..., Lease], carla: Customer, luna: Store, ana: User,
    now: datetime,
) -> None:  # fmt: skip
    for number in range(31):
        stolen = make_lease(carla, f"1044774{number:02}")
        digits = "4321" if number == 30 else f"{number:04}"
        lease_actions.keep_ssn_digits(lease=stolen, data={"ssn": digits})
        lease_actions.block_identity(
            name="Carla Peña", email=f"carla{number}@example.com", lease=stolen, by=ana, now=now
        )
    with pytest.raises(ValidationError) as caught:
        lease_actions.receive_application(
            applicant=ELSEWHERE, store=luna, data=DIGITS, by=None, now=now
        )
    assert caught.value.code == "application_not_accepted"
    assert BlockedApplication.objects.get().block.email == "carla30@example.com"
