"""`Idempotency-Key`, with real connections where requests meet."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Event
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.utils import timezone

from leases import actions
from leases.actions import idempotency
from leases.models import ApiKey, Customer, IdempotentRequest, Lease, Store
from tests.leases.api.conftest import Caller
from tests.leases.api.test_problems import APPLICATION, problem
from tests.leases.api.test_walk import applied, cart
from tests.patience import PATIENCE

ONCE = {"Idempotency-Key": "order-4711"}


def test_the_same_request_gets_the_same_answer(call: Caller) -> None:
    first = call.post("application", APPLICATION, **ONCE)
    again = call.post("application", APPLICATION, **ONCE)
    assert (again.status_code, again.content) == (201, first.content)
    assert again["Content-Type"] == first["Content-Type"]
    assert "Idempotency-Replayed" not in first
    assert again["Idempotency-Replayed"] == "true"
    assert Lease.objects.count() == 1


def test_a_refusal_is_repeated_as_well(call: Caller) -> None:
    found = applied(call)
    body = {"applicationId": found["applicationId"]}
    first = call.post("cart/delivery", body, **ONCE)
    assert problem(first) == (409, "lease_transition")
    cart(call, found)
    call.post("sign", body)
    again = call.post("cart/delivery", body, **ONCE, **{"Accept-Language": "es"})
    assert again.content == first.content
    assert problem(again) == (409, "lease_transition")
    # it's in the first answer's language, whatever is requested now
    assert "Content-Language" not in again
    assert Lease.objects.get().status == "lease_accepted"


def test_another_request_under_the_same_key_is_refused(call: Caller) -> None:
    found = call.post("application", APPLICATION, **ONCE).json()
    other = APPLICATION | {"merchandise": "Mesa"}
    assert problem(call.post("application", other, **ONCE)) == (422, "idempotency_key_reused")
    signing = call.post("sign", {"applicationId": found["applicationId"]}, **ONCE)
    assert problem(signing) == (422, "idempotency_key_reused")
    assert Lease.objects.count() == 1


def test_two_merchants_may_use_the_same_words(
    call: Caller, make_key: Callable[..., Any], sol: Store
) -> None:
    call.post("application", APPLICATION, **ONCE)
    other = Caller(make_key(sol)[1])
    body = APPLICATION | {"storeId": "SOL-1"}
    assert other.post("application", body, **ONCE).status_code == 201
    assert Lease.objects.count() == 2


@pytest.mark.parametrize("key", ["", " ", "ñ", "a b", "x" * 201])
def test_a_key_is_visible_ascii(key: str, call: Caller) -> None:
    answer = call.post("application", APPLICATION, **{"Idempotency-Key": key})
    assert problem(answer) == (422, "idempotency_key")
    assert not Lease.objects.exists()


def test_what_cannot_be_read_leaves_the_key_free(call: Caller) -> None:
    assert problem(call.post("application", {}, **ONCE)) == (422, "invalid_request")
    assert call.post("application", APPLICATION, **ONCE).status_code == 201


def test_a_fault_of_ours_may_be_tried_again(call: Caller, monkeypatch: Any) -> None:
    def fail(*args: Any, **more: Any) -> None:
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr("leases.api.endpoints.shown", fail)  # after the lease was written
        answer = call.post("application", APPLICATION, **ONCE)
        assert problem(answer) == (500, "internal")
    assert not Lease.objects.exists()
    assert not IdempotentRequest.objects.exists()
    assert call.post("application", APPLICATION, **ONCE).status_code == 201


def claimed(luna_key: ApiKey, call: Caller, **changes: Any) -> IdempotentRequest:
    """As left by a process that died while working."""
    call.post("application", APPLICATION, **ONCE)
    known = IdempotentRequest.objects.get()
    IdempotentRequest.objects.update(status=None, body="", content_type="", **changes)
    return known


def test_a_dead_process_blocks_for_a_minute_only(call: Caller, luna_key: ApiKey) -> None:
    now = timezone.now()
    claimed(luna_key, call, locked_until=now + timedelta(seconds=30))
    answer = call.post("application", APPLICATION, **ONCE)
    assert problem(answer) == (409, "in_flight")
    assert answer["Retry-After"] == "1"
    IdempotentRequest.objects.update(locked_until=now - timedelta(seconds=1))
    assert call.post("application", APPLICATION, **ONCE).status_code == 201
    assert call.post("application", APPLICATION, **ONCE)["Idempotency-Replayed"] == "true"


def test_who_lost_the_claim_writes_nothing(
    call: Caller, luna_key: ApiKey, monkeypatch: Any
) -> None:
    """Slower than the claim lasts: another request took it over, and that one's work counts."""
    real = actions.record_application

    def overtaken(**values: Any) -> Lease:
        later = timezone.now() + timedelta(minutes=2)
        IdempotentRequest.objects.update(locked_until=later)
        return real(**values)

    monkeypatch.setattr(actions, "record_application", overtaken)
    answer = call.post("application", APPLICATION, **ONCE)
    assert problem(answer) == (409, "in_flight")
    assert not Lease.objects.exists()
    assert not Customer.objects.exists()


def test_the_body_is_not_kept_nor_to_be_guessed(call: Caller, settings: Any) -> None:
    call.post("application", APPLICATION, **ONCE)
    first = IdempotentRequest.objects.get().fingerprint
    IdempotentRequest.objects.all().delete()
    settings.SECRET_KEY = "another"
    call.post("application", APPLICATION, **ONCE)
    assert IdempotentRequest.objects.get().fingerprint != first


def test_answers_are_forgotten_after_a_week(call: Caller) -> None:
    call.post("application", APPLICATION, **ONCE)
    now = timezone.now()
    assert idempotency.forget_requests(now=now + timedelta(days=6)) == 0
    assert idempotency.forget_requests(now=now + timedelta(days=8)) == 1


@pytest.mark.django_db(transaction=True)
def test_ten_at_the_same_moment_make_one_lease(luna_key: ApiKey) -> None:
    start = Barrier(10)

    def post(_: int) -> HttpResponse:
        try:
            start.wait(PATIENCE)
            return Caller(luna_key.sent).post("application", APPLICATION, **ONCE)
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(post, range(10)))
    assert {answer.status_code for answer in answers} <= {201, 409}
    made = [answer for answer in answers if answer.status_code == 201]
    assert len({answer.content for answer in made}) == 1
    assert [answer for answer in made if "Idempotency-Replayed" not in answer] != []
    for answer in answers:
        if answer.status_code == 409:
            assert problem(answer) == (409, "in_flight")
    assert Lease.objects.count() == 1
    assert Customer.objects.count() == 1
    last = Caller(luna_key.sent).post("application", APPLICATION, **ONCE)
    assert (last.status_code, last.content) == (201, made[0].content)


@pytest.mark.django_db(transaction=True)
def test_the_claim_is_seen_before_the_work_is_done(luna_key: ApiKey, monkeypatch: Any) -> None:
    """Committed first: another process waits for nothing and answers 409 at once."""
    seen: list[HttpResponse] = []
    real = actions.record_application

    def meanwhile(**values: Any) -> Lease:
        assert transaction.get_connection().in_atomic_block
        with ThreadPoolExecutor(1) as pool:
            seen.append(pool.submit(elsewhere).result(PATIENCE))
        return real(**values)

    def elsewhere() -> HttpResponse:
        try:
            return Caller(luna_key.sent).post("application", APPLICATION, **ONCE)
        finally:
            connection.close()

    monkeypatch.setattr(actions, "record_application", meanwhile)
    assert elsewhere().status_code == 201
    assert [problem(answer) for answer in seen] == [(409, "in_flight")]


@pytest.mark.django_db(transaction=True)
def test_requests_at_the_same_moment_are_all_counted(luna_key: ApiKey, settings: Any) -> None:
    settings.API_RATE_PER_MINUTE = 5

    def get(_: int) -> int:
        try:
            return Caller(luna_key.sent).get("application?accountNumber=1").status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        codes = sorted(pool.map(get, range(10)))
    assert codes == [404] * 5 + [429] * 5


@pytest.mark.django_db(transaction=True)
def test_who_waits_too_long_for_a_lease_may_try_again(
    luna_key: ApiKey, call: Caller, settings: Any
) -> None:
    """Someone else locks the row; the request ends by itself and nothing of it is kept."""
    found = applied(call)
    cart(call, found)
    held, enough = Event(), Event()

    def hold() -> None:
        try:
            with transaction.atomic():
                Lease.objects.select_for_update().get()
                held.set()
                enough.wait(PATIENCE)
        finally:
            connection.close()

    body = {"applicationId": found["applicationId"]}
    with ThreadPoolExecutor(1) as pool:
        holding = pool.submit(hold)
        assert held.wait(PATIENCE)
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '100ms'")
        answer = call.post("sign", body, **ONCE)
        enough.set()
        holding.result()
    assert problem(answer) == (503, "unavailable")
    assert answer["Retry-After"]
    assert not IdempotentRequest.objects.exists()
    assert call.post("sign", body, **ONCE).json()["approvalStatus"] == "Lease Accepted"
