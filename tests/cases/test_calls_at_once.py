"""Two people end the same call, or attach leases to the same case, at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases import actions
from cases.actions.add_call import AddedCall
from cases.models import CallDraft, Case, Entry
from leases.models import Lease
from tests.pages import text
from tests.patience import PATIENCE, wait_for
from tests.threads import at_once, waiting_for_locks

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.requirement("R71")]
HERS, HIS = "Llamó por su pago.", "Pregunta por la lavadora."


@pytest.fixture
def draft(ana: User, now: datetime) -> CallDraft:
    return actions.start_call(by=ana, now=now)


def said(lease: Lease, words: str) -> actions.Call:
    return actions.Call(lease=lease, kind="payment", channel="phone", language="es", summary=words)


@pytest.mark.requirement("R100")
@pytest.mark.parametrize("to_open_case", [False, True], ids=["finished", "added"])
def test_words_sent_while_another_ends_the_call_come_back(
    draft: CallDraft, lease: Lease, ana: User, ben: User, now: datetime, to_open_case: bool,
    open_case: Callable[..., Case], sign_in: Callable[[User], Client],
) -> None:  # fmt: skip
    other = open_case(summary="Otra cosa.")
    client, address = sign_in(ben), reverse("call", args=[draft.number])
    typed = {
        "language": "es", "lease": lease.account_number, "kind": "payment", "channel": "phone",
        "summary": HIS, "visibility": "internal",
    }  # fmt: skip
    if to_open_case:
        typed["add_to"] = other.number
    with ThreadPoolExecutor() as pool:
        with transaction.atomic():
            CallDraft.objects.select_for_update().get(pk=draft.pk)
            late = pool.submit(at_once, lambda: client.post(address, typed))
            wait_for(lambda: late.done() or waiting_for_locks(), what="the other’s turn")
            actions.open_case(draft=draft, call=said(lease, HERS), by=ana, now=now)
        [page] = late.result(PATIENCE)
    assert page.status_code == 409, page
    assert HIS in text(page)
    assert "Ana Torres" in text(page)
    assert not Entry.objects.filter(body=HIS).exists()


@pytest.mark.requirement("R100")
def test_words_sent_while_another_adds_the_call_to_the_same_case_come_back(
    draft: CallDraft, ana: User, ben: User, now: datetime,
    open_case: Callable[..., Case], sign_in: Callable[[User], Client],
) -> None:  # fmt: skip
    case = open_case(summary="Otra cosa.")
    client, address = sign_in(ben), reverse("call", args=[draft.number])
    typed = {
        "language": "es", "kind": case.kind_id, "channel": "phone", "summary": HIS,
        "visibility": "internal", "add_to": case.number,
    }  # fmt: skip
    hers = AddedCall(channel="phone", language="es", summary=HERS)
    with ThreadPoolExecutor() as pool:
        with transaction.atomic():
            Case.objects.select_for_update().get(pk=case.pk)  # what both wait for, after saving
            late = pool.submit(at_once, lambda: client.post(address, typed))
            wait_for(lambda: late.done() or waiting_for_locks(), what="the other’s turn")
            actions.add_call_to_case(draft=draft, case=case, call=hers, by=ana, now=now)
        [page] = late.result(PATIENCE)
    assert page.status_code == 409, page
    assert HIS in text(page)
    assert "Ana Torres" in text(page)
    assert [each.body for each in case.entries.filter(event="", body__in=[HERS, HIS])] == [HERS]


@pytest.mark.parametrize("same", [True, False], ids=["the same lease", "two leases"])
def test_one_lease_is_attached(
    lease: Lease, dans_lease: Lease, ana: User, ben: User, now: datetime, same: bool,
    open_case: Callable[..., Case],
) -> None:  # fmt: skip
    case = open_case(lease=None, contact=actions.Contact(why="not_found", name="Carla Peña"))

    def attach(to: Lease, by: User) -> Any:
        return actions.attach_lease(case=case, lease=to, is_certain=True, by=by, now=now)

    other = lease if same else dans_lease
    done = at_once(lambda: attach(lease, ana), lambda: attach(other, ben))
    [refused] = [each for each in done if isinstance(each, Exception)]
    assert isinstance(refused, ValidationError), refused
    assert refused.code == ("lease_attached" if same else "case_has_lease")
    assert case.entries.filter(event="lease_attached").count() == 1


def test_a_call_is_discarded_or_becomes_a_case(
    draft: CallDraft, lease: Lease, ana: User, ben: User, now: datetime
) -> None:
    done = at_once(
        lambda: actions.open_case(draft=draft, call=said(lease, HERS), by=ana, now=now),
        lambda: actions.discard_call(draft=draft, reason="Colgó.", by=ben, now=now),
    )
    [refused] = [each for each in done if isinstance(each, Exception)]
    assert isinstance(refused, ValidationError), refused
    draft.refresh_from_db()
    assert refused.code == ("call_discarded" if draft.discarded_at else "call_finished")
    assert Case.objects.count() == (0 if draft.discarded_at else 1)
