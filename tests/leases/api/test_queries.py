"""How many statements a request takes: two of them check the key and count its use."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leases.models import Lease
from tests.leases.api.conftest import Caller
from tests.leases.api.test_problems import APPLICATION
from tests.leases.api.test_walk import ITEMS, applied, cart, sign, today


def statements(queries: CaptureQueriesContext) -> int:
    """Without those that begin and end transactions."""
    return sum(
        not each["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")) for each in queries
    )


@pytest.fixture
def count(db: None) -> Callable[[Callable[[], Any]], int]:
    def counted(ask: Callable[[], Any]) -> int:
        with CaptureQueriesContext(connection) as queries:
            answer = ask()
        assert answer.status_code in {200, 201}, answer.content
        return statements(queries)

    return counted


def test_reading_takes_the_same_few_statements_whatever_the_history(
    call: Caller, count: Callable[..., int]
) -> None:
    found = applied(call)
    paths = [f"application/{found['applicationId']}",
             f"application?accountNumber={found['accountNumber']}",
             f"application/{found['applicationId']}/return"]  # fmt: skip
    assert [count(lambda path=path: call.get(path)) for path in paths] == [4, 4, 3]
    cart(call, found)
    sign(call, found)
    assert [count(lambda path=path: call.get(path)) for path in paths] == [4, 4, 3]


def test_writing_takes_no_more_statements_for_more_lines(
    call: Caller, count: Callable[..., int]
) -> None:
    found = applied(call)
    body = {"applicationId": found["applicationId"]}
    many = [ITEMS[0] | {"lineNumber": number, "priceEach": "1", "quantity": 1, "lineTotal": "1"}
            for number in range(1, 31)]  # fmt: skip
    once = {"Idempotency-Key": "1"}
    again = {"Idempotency-Key": "2"}
    returned = body | {"dateOfReturn": today(),
                       "merchandiseItems": [{"lineNumber": 3, "quantity": 1}]}  # fmt: skip
    counts = {
        "application": count(lambda: call.post("application", APPLICATION)),
        "application, once": count(lambda: call.post("application", APPLICATION, **once)),
        "application, replayed": count(lambda: call.post("application", APPLICATION, **once)),
        "cart of one line": count(lambda: cart(call, found, ITEMS[:1])),
        "cart of 30 lines": count(lambda: cart(call, found, many)),
        "sign": count(lambda: call.post("sign", body)),
        "return of one line": count(lambda: call.post("application/return", returned)),
        "delivery": count(lambda: call.post("cart/delivery", body, **again)),
        "delivery, replayed": count(lambda: call.post("cart/delivery", body, **again)),
    }
    assert counts["application, replayed"] == counts["delivery, replayed"] == 4
    assert counts["application, once"] == counts["application"] + 2
    assert counts["cart of 30 lines"] <= counts["cart of one line"] + 1  # an edit
    assert max(counts.values()) <= 40, counts
    assert Lease.objects.count() == 3


def test_a_stranger_costs_one_look_and_is_counted(count: Callable[..., int]) -> None:
    """And nothing at all without a key."""
    for sent, number in (("", 0), ("pk_1.x", 2)):
        with CaptureQueriesContext(connection) as queries:
            assert Caller(sent).post("sign", {}).status_code == 401
        assert statements(queries) == number
