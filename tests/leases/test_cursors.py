"""A cursor comes from the URL, so it can be anything; a made-up one shows page one."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from cases.models import Case
from leases import actions
from leases.models import Customer, Lease

DAY, MOMENT = "2026-01-01", "2026-01-01T00:00:00Z"
QUEUE: list[Any] = [
    ["abc", DAY, 1],
    ["\x00", DAY, 1],
    [{"a": 1}, DAY, 1],
    [[1], DAY, 1],
    [float("inf"), DAY, 1],
    [1, "2026-02-30", 1],
    [1, None, 1],
    [1, DAY],
    {"rank": 1},
    "1",
]
LEASES: list[Any] = [
    ["9999-12-31T23:59:59-23:59", 1],
    ["0001-01-01T00:00:00+23:59", 1],
    ["2026-01-01T00:00:00", 1],
    [DAY, 1],
    [MOMENT, "x"],
]


def cursor(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode()


@pytest.mark.parametrize("values", QUEUE)
def test_a_made_up_cursor_of_the_queue_starts_at_the_beginning(
    values: Any, ana: User, open_case: Callable[..., Case], sign_in: Callable[[User], Client]
) -> None:
    case = open_case()
    answer = sign_in(ana).get("/cases/", {"after": cursor(json.dumps(values))})
    assert answer.status_code == 200
    assert answer.context["page"].is_first
    assert answer.context["page"].rows == [case]


@pytest.mark.parametrize("values", LEASES)
def test_a_made_up_cursor_of_the_leases_starts_at_the_beginning(
    values: Any, ana: User, lease: Lease, sign_in: Callable[[User], Client]
) -> None:
    answer = sign_in(ana).get("/leases/", {"after": cursor(json.dumps(values))})
    assert answer.status_code == 200
    assert answer.context["page"].is_first
    assert answer.context["page"].rows == [lease]


@pytest.mark.parametrize("text", ["[" * 5000, "1" * 5000, "ñ", "", "%", "\x00"])
def test_what_is_no_cursor_at_all_starts_at_the_beginning(
    text: str, ana: User, lease: Lease, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(ana)
    for after in (text, cursor(text)):
        answer = client.get("/leases/", {"after": after})
        assert answer.status_code == 200
        assert answer.context["page"].is_first


def test_a_cursor_past_every_row_is_an_empty_page(
    ana: User, open_case: Callable[..., Case], sign_in: Callable[[User], Client]
) -> None:
    open_case()
    answer = sign_in(ana).get("/cases/", {"after": cursor(json.dumps([10**30, DAY, 10**30]))})
    assert answer.status_code == 200
    assert answer.context["page"].rows == []


def test_leases_that_ended_come_in_order_whether_or_not_the_scheduler_noticed(
    ana: User,
    carla: Customer,
    make_lease: Callable[..., Lease],
    sign_in: Callable[[User], Client],
) -> None:
    now = timezone.now()
    applied = [now - timedelta(days=100, hours=hours) for hours in range(70)]
    for place, at in enumerate(applied[::2]):
        make_lease(carla, f"90000{place:02d}", now=at)
    assert len(actions.expire_due(now=now)) == 35
    for place, at in enumerate(applied[1::2]):
        make_lease(carla, f"80000{place:02d}", now=at)
    client, after, pages = sign_in(ana), "", []
    while after or not pages:
        page = client.get("/leases/", {"status": "approval_expired", "after": after}).context[
            "page"
        ]
        pages.append([lease.applied_at for lease in page.rows])
        after = page.next
    assert pages == [applied[:30], applied[30:60], applied[60:]]
