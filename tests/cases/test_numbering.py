"""Case numbers and calls when many people do the same thing at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections, transaction
from django.test import Client

from accounts.models import User
from cases import actions, numbers
from cases.models import CallDraft, Case, Evidence, FollowUp
from leases.models import Lease
from mail.models import Email
from tests.cases.evidence.evidence_makers import image_bytes
from tests.patience import wait_for
from tests.threads import waiting_for_locks

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _no_doorbell(monkeypatch: pytest.MonkeyPatch) -> None:
    """No one is there to hear it, and this isn't about the broker."""
    monkeypatch.setattr("mail.outbound.nudge.nudge", lambda: None)


def at_once(work: Callable[[int], Any], times: int) -> list[Any]:
    """Each in a thread, so on its own database connection."""

    def alone(place: int) -> Any:
        try:
            return work(place)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(alone, range(times)))


@pytest.mark.requirement("R2", "R37")
def test_eight_connections_open_two_thousand_cases_under_distinct_valid_numbers(
    lease: Lease, ana: User, now: datetime
) -> None:
    call = actions.Call(
        lease=lease, kind="payment", channel="phone", language="es", summary="Pregunta por su pago."
    )

    def open_cases(place: int) -> list[str]:
        opened = []
        for _ in range(250):
            draft = actions.start_call(by=ana, now=now)
            opened.append(actions.open_case(draft=draft, call=call, by=ana, now=now).number)
        return opened

    opened = [number for several in at_once(open_cases, 8) for number in several]
    assert len(opened) == 2000
    assert len(set(opened)) == 2000
    assert [numbers.parse(number) for number in opened] == opened
    assert set(Case.objects.values_list("number", flat=True)) == set(opened)
    assert Email.objects.count() == 2000


@pytest.mark.requirement("R2")
def test_a_double_click_makes_one_case_with_one_mail_and_one_file(
    lease: Lease, ana: User, now: datetime, sign_in: Callable[[User], Client], settings: Any
) -> None:
    """Both clicks wait for the same row, so both are past every earlier check."""
    draft = actions.start_call(by=ana, now=now)
    clients = [sign_in(ana), sign_in(ana)]

    def finish(place: int) -> tuple[int, str]:
        file = SimpleUploadedFile("recibo.jpg", image_bytes((40, 30)), "image/jpeg")
        form = {
            "language": "es", "lease": lease.account_number, "kind": "payment",
            "channel": "phone", "summary": "Pagó dos veces.", "visibility": "internal",
            "evidence": file,
        }  # fmt: skip
        answer = clients[place].post(f"/calls/{draft.number}/", form)
        return answer.status_code, answer["Location"]

    with ThreadPoolExecutor(1) as aside, transaction.atomic():
        CallDraft.objects.select_for_update().get(pk=draft.pk)
        clicks = aside.submit(at_once, finish, 2)
        wait_for(lambda: waiting_for_locks() == 2, what="both clicks’ turn")
        transaction.set_rollback(True)
    assert clicks.result() == [(302, f"/cases/{draft.number}/")] * 2

    case = Case.objects.get()
    assert case.number == draft.number
    assert case.entries.count() == 2  # the call, and that the case was opened
    assert Email.objects.count() == 1
    assert Evidence.objects.count() == 1
    assert len(stored(settings.EVIDENCE_ROOT)) == 2  # the original and its viewing copy


def test_a_follow_up_that_goes_out_while_it_is_cancelled_goes_out_and_nobody_fails(
    open_case: Callable[..., Case], ana: User, now: datetime
) -> None:
    """Each holds what the other is about to need: the follow-up here, the case there."""
    case = open_case()
    follow_up = actions.set_follow_up(case=case, on=now.date(), message="Hola", by=ana, now=now)

    def cancel(_: int) -> bool:
        return actions.cancel_follow_up(follow_up=follow_up, by=ana, now=now)

    with ThreadPoolExecutor(1) as aside:
        with transaction.atomic():
            FollowUp.objects.select_for_update().get()
            cancelled = aside.submit(at_once, cancel, 1)
            wait_for(lambda: waiting_for_locks() == 1, what="the cancellation’s turn")
            assert actions.send_follow_ups(now=follow_up.send_at) == 1
        assert cancelled.result() == [False]
    assert Email.objects.filter(template__key="follow_up").count() == 1
    assert FollowUp.objects.get().cancelled_at is None


def stored(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]
