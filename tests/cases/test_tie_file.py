"""A file that came without a word: staff say which requested item it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases import actions
from cases.actions import tie_file
from cases.enums import Event
from cases.models import AskedItem, Case, Entry, Evidence, FollowUp
from cases.queries.untied_files import untied_files
from leases.models import Customer
from tests.photos import photo

pytestmark = pytest.mark.requirement("R48")


@pytest.fixture
def case(open_case: Callable[..., Case]) -> Case:
    return open_case(kind="defective")


@pytest.fixture
def send(case: Case, carla: Customer, now: datetime) -> Callable[..., Evidence]:
    def sent(size: int = 40, answers: str = "") -> Evidence:
        assert carla.user
        actions.add_customer_message(
            case=case,
            body="",
            files=[photo(f"foto{size}.jpg", size - 40)],
            answers=answers,
            by=carla.user,
            now=now,
        )
        return Evidence.objects.get(name=f"foto{size}.jpg")

    return sent


@pytest.fixture
def ask(case: Case, ana: User, now: datetime) -> Callable[..., None]:
    def asked(*slots: str, **fields: Any) -> None:
        actions.request_evidence(case=case, slots=slots, by=ana, now=now, **fields)

    return asked


def states() -> dict[str, str]:
    return dict(AskedItem.objects.values_list("slot", "state"))


def refused(**attempt: Any) -> str | None:
    with pytest.raises(ValidationError) as error, transaction.atomic():
        tie_file(**attempt)
    return error.value.error_list[0].code


def test_it_is_received_and_the_history_says_so(
    case: Case, send: Any, ask: Any, ana: User, now: datetime
) -> None:
    file = send()
    ask("photos", "receipts", wait_until=now.date() + timedelta(days=3))
    version = Case.objects.get().version
    tie_file(evidence=file, slot="receipts", by=ana, now=now)
    assert states() == {"photos": "asked", "receipts": "received"}
    assert AskedItem.objects.get(slot="receipts").files.get() == file
    entry = Entry.objects.get(event=Event.EVIDENCE_TIED)
    assert (entry.author, entry.is_public, entry.params["slots"]) == (ana, True, ["receipts"])
    found = Case.objects.get()
    assert (found.version, found.status) == (version + 1, "waiting_customer")  # photos are missing


def test_with_the_last_one_it_is_our_turn_and_nobody_is_reminded(
    case: Case, send: Any, ask: Any, ana: User, now: datetime
) -> None:
    file = send()
    ask("photos", wait_until=now.date() + timedelta(days=3))
    actions.set_follow_up(
        case=case, on=now.date() + timedelta(days=2), message="", template="evidence_requested",
        by=ana, now=now,
    )  # fmt: skip
    tie_file(evidence=file, slot="photos", by=ana, now=now)
    assert Case.objects.get().status == "in_progress"
    assert FollowUp.objects.get().cancel_reason == "evidence_came"


def test_asking_again_undoes_it_and_the_file_may_answer_something_else(
    case: Case, send: Any, ask: Any, ana: User, now: datetime
) -> None:
    file = send()
    ask("photos", "receipts")
    tie_file(evidence=file, slot="photos", by=ana, now=now)
    assert list(untied_files(case)) == []
    ask("photos")
    assert list(untied_files(case)) == [file]
    tie_file(evidence=file, slot="receipts", by=ana, now=now)
    assert states() == {"photos": "asked", "receipts": "received"}
    assert not AskedItem.objects.get(slot="photos").files.exists()


def test_what_cannot_be_tied(
    case: Case, send: Any, ask: Any, ana: User, carla: Customer, now: datetime,
    open_case: Callable[..., Case],
) -> None:  # fmt: skip
    given: dict[str, Any] = {"by": ana, "now": now}
    free, answered = send(40), None
    assert refused(evidence=free, slot="photos", **given) == "item_not_open"
    ask("photos", "receipts")
    answered, unreadable = send(41, "photos"), send(42)
    actions.mark_unreadable(evidence=unreadable, reason="Borrosa.", **given)
    staffs = open_case(files=[photo("foto43.jpg", 3)])
    own = Evidence.objects.get(name="foto43.jpg")
    for file in (answered, unreadable):
        assert refused(evidence=file, slot="receipts", **given) == "file_not_free"
    actions.request_evidence(case=staffs, slots=["photos"], **given)
    assert refused(evidence=own, slot="photos", **given) == "file_not_free"
    assert carla.user
    with pytest.raises(PermissionDenied):
        tie_file(evidence=free, slot="receipts", by=carla.user, now=now)
    actions.settle_evidence(case=case, slot="receipts", **given)
    assert refused(evidence=free, slot="receipts", **given) == "item_not_open"


# --- on the page ----------------------------------------------------------------------------------


def test_an_agent_ties_it_on_the_page(
    case: Case, send: Any, ask: Any, ana: User, carla: Customer, sign_in: Callable[..., Client],
) -> None:  # fmt: skip
    agent, page = sign_in(ana), f"{reverse('case', args=[case.number])}?open=evidence"
    address = reverse("case_evidence_answers", args=[case.number])
    file = send()
    assert address not in agent.get(page).content.decode()  # nothing is asked for
    ask("photos")
    assert address in agent.get(page).content.decode()
    wrong = agent.post(address, {"file": "", "slot": "photos"})
    assert wrong.status_code == 422
    assert agent.post(address, {"file": file.pk, "slot": "photos"}).status_code == 302
    assert states() == {"photos": "received"}
    for client, where in ((agent, page), (sign_in(carla.user), f"/portal/cases/{case.number}/")):
        words = client.get(where).content.decode()
        assert "Se recibió “foto40.jpg” como: Fotos" in words
    assert address not in agent.get(page).content.decode()


def test_a_file_of_another_case_is_no_choice(
    case: Case, send: Any, ask: Any, ana: User, dans_lease: Any, dan: Customer, now: datetime,
    open_case: Callable[..., Case], sign_in: Callable[..., Client],
) -> None:  # fmt: skip
    ask("photos")
    send()
    other = open_case(lease=dans_lease)
    assert dan.user
    actions.add_customer_message(
        case=other, body="", files=[photo("foto44.jpg", 4)], by=dan.user, now=now
    )
    foreign = Evidence.objects.get(name="foto44.jpg")
    address = reverse("case_evidence_answers", args=[case.number])
    assert sign_in(ana).post(address, {"file": foreign.pk, "slot": "photos"}).status_code == 422
    assert not foreign.answers.exists()


@pytest.mark.parametrize("count", [1, 12])
def test_the_page_and_the_tying_ask_as_often_for_one_as_for_many(
    case: Case, send: Any, ask: Any, ana: User, now: datetime, sign_in: Callable[..., Client],
    django_assert_num_queries: Any, count: int,
) -> None:  # fmt: skip
    for number in range(count):
        send(40 + number)
    ask("photos", "receipts")
    agent, page = sign_in(ana), f"{reverse('case', args=[case.number])}?open=evidence"
    agent.get(page)
    with django_assert_num_queries(30):
        agent.get(page)
    with django_assert_num_queries(18):
        tie_file(evidence=Evidence.objects.all()[0], slot="photos", by=ana, now=now)
