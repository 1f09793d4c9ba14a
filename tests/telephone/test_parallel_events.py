"""Events that arrive at the same moment, on several connections."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import transaction

from accounts.models import User
from telephone.actions import Recorded, record_event
from telephone.enums import CallState
from telephone.models import PhoneCall, PhoneCallRing, PhoneEvent, PhoneLine
from telephone.reading import read_event
from tests.patience import wait_for
from tests.threads import at_once, waiting_for_locks

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.requirement("R85")]


def tell(event: str, now: datetime, **told: Any) -> Callable[[], Recorded]:
    fields = {"from": "+12105550134", "to": "101", "direction": "in", "callId": "1", **told}
    return partial(record_event, read_event({**fields, "event": event}), now=now)


def test_the_same_event_several_times_at_once_is_one(ana: User, now: datetime) -> None:
    PhoneLine.objects.create(agent=ana, extension="101")
    recorded = at_once(*[tell("newCall", now) for _ in range(6)])
    assert sorted(isinstance(each, Recorded) and each.call is not None for each in recorded) == [
        *[False] * 5, True,
    ]  # fmt: skip
    counts = [rows.objects.count() for rows in (PhoneCall, PhoneEvent, PhoneCallRing)]
    assert counts == [1, 1, 1]


def test_all_events_of_a_call_at_once_end_it(ana: User, now: datetime) -> None:
    PhoneLine.objects.create(agent=ana, extension="101")
    told = at_once(*[tell(event, now) for event in ("newCall", "answer", "hangup")])
    assert all(isinstance(each, Recorded) and each.call for each in told), told
    assert PhoneCall.objects.get().state(now) == CallState.ENDED


def test_two_agents_who_talk_with_one_number_at_once_settle_its_calls(
    ana: User, now: datetime
) -> None:
    for call in ("a", "b", "c"):
        tell("newCall", now, callId=call)()
        tell("hangup", now, callId=call)()
    told = at_once(*[tell("answer", now, callId=f"talk-{each}") for each in range(4)])
    assert all(isinstance(each, Recorded) for each in told), told
    assert not PhoneCall.objects.to_call_back(now).exists()


def test_two_calls_that_settle_each_other_are_both_recorded(ana: User, now: datetime) -> None:
    """Each holds its own row and waits for a third call's; then they wait for each other's."""
    calls = ("third", "second", "first")  # told in this order, so that none settles another
    for place, call in enumerate(calls):
        tell("newCall", now - timedelta(seconds=place), callId=call)()
    answers = [tell("answer", now, callId=call) for call in ("first", "second")]
    with ThreadPoolExecutor(1) as aside, transaction.atomic():
        PhoneCall.objects.select_for_update().get(call_id="third")
        told = aside.submit(at_once, *answers)
        wait_for(lambda: waiting_for_locks() == 2, what="that both wait")
        transaction.set_rollback(True)
    assert all(isinstance(each, Recorded) and each.call for each in told.result()), told.result()
    assert PhoneEvent.objects.filter(kind="answer").count() == 2
    assert not PhoneCall.objects.to_call_back(now).exists()
