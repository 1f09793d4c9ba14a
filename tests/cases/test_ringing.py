"""The caller's card on the agent's pages, and the call that is logged from it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from cases import actions
from cases.models import CallDraft, Case
from cases.queries.callers import caller_of
from common import valkey
from leases.models import Customer, Lease
from telephone.actions import record_event
from telephone.models import PhoneCall, PhoneLine
from telephone.reading import read_event
from tests.upgrades import before

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R85")]
CARLAS, DANS, STRANGERS = "+12105550134", "+13125550199", "+17135550162"


@pytest.fixture(autouse=True)
def _telephone(settings: Any, ana: User) -> None:
    settings.TELEPHONE_SECRETS = ["cable-submarino-de-pruebas"]
    valkey.reconnect()
    PhoneLine.objects.create(agent=ana, extension="101")


@pytest.fixture
def page(client: Client, ana: User) -> Client:
    client.force_login(ana)
    return client


def tell(event: str, caller: str = CARLAS, *, at: Any = None, **told: str) -> PhoneCall:
    fields = {"event": event, "from": caller, "to": "101", "direction": "in", "callId": "1", **told}
    record_event(read_event(fields), now=at or timezone.now())
    return PhoneCall.objects.get(call_id=fields["callId"])


def card(page: Client) -> str:
    return page.get(reverse("ringing")).content.decode()


@pytest.mark.requirement("R7")
def test_the_card_says_who_is_calling_and_what_is_open(
    page: Client, lease: Lease, open_case: Callable[..., Case]
) -> None:
    case = open_case()
    assert "Carla Peña" not in card(page)
    tell("newCall")
    for shown in (card(page), page.get(reverse("queue")).content.decode()):
        for words in ("Carla Peña", "(210) 555-0134", lease.account_number, case.spoken_number):
            assert words in shown
    assert 'role="status"' in page.get(reverse("queue")).content.decode()


def test_what_is_due_stands_beside_the_lease(page: Client, deliver: Callable[..., Lease]) -> None:
    deliver(at=timezone.now() - timedelta(days=30))
    tell("newCall")
    assert "vencido" in card(page)


def test_nothing_is_asked_without_a_phone_line(client: Client, ben: User, settings: Any) -> None:
    client.force_login(ben)
    assert "phone_changes" not in client.get(reverse("queue")).content.decode()
    assert 'class="ringing"' not in client.get(reverse("queue")).content.decode()
    PhoneLine.objects.create(agent=ben, extension="102")
    assert 'class="ringing"' in client.get(reverse("queue")).content.decode()
    settings.TELEPHONE_SECRETS = []
    with CaptureQueriesContext(connection) as queries:
        shown = client.get(reverse("queue")).content.decode()
    assert 'class="ringing"' not in shown
    assert not [each for each in queries if "telephone_" in each["sql"]]


def test_a_page_costs_three_queries_more_until_it_rings(page: Client) -> None:
    page.get(reverse("queue"))
    with CaptureQueriesContext(connection) as queries:
        page.get(reverse("queue"))
    assert len([each for each in queries if "telephone_" in each["sql"]]) == 3


def test_the_only_lease_is_chosen(page: Client, lease: Lease, ana: User) -> None:
    call = tell("newCall")
    answered = page.post(reverse("phone_call_answers", args=[call.pk]))
    draft = CallDraft.objects.get()
    assert answered["Location"] == reverse("call", args=[draft.number])
    assert (draft.lease, draft.phone_call, draft.agent) == (lease, call, ana)
    assert "Carla Peña" not in card(page), "it has its own page now"
    assert "Carla Peña" in page.get(answered["Location"]).content.decode()


def test_of_several_leases_one_is_chosen_on_the_card(
    page: Client, lease: Lease, make_lease: Callable[..., Lease], carla: Customer
) -> None:
    other = make_lease(carla, "104477399")
    call = tell("newCall")
    assert card(page).count('name="lease"') == 2
    page.post(reverse("phone_call_answers", args=[call.pk]), {"lease": other.account_number})
    assert CallDraft.objects.get().lease == other


def test_of_several_leases_none_is_guessed(
    page: Client, lease: Lease, make_lease: Callable[..., Lease], carla: Customer
) -> None:
    make_lease(carla, "104477399")
    call = tell("newCall")
    answered = page.post(reverse("phone_call_answers", args=[call.pk]))
    draft = CallDraft.objects.get()
    assert (draft.lease, draft.typed["language"]) == (None, "es")
    assert "104477399" in page.get(answered["Location"]).content.decode()


def test_a_stranger_begins_a_new_call_with_their_number(page: Client) -> None:
    call = tell("newCall", STRANGERS)
    assert "(713) 555-0162" in card(page)
    answered = page.post(reverse("phone_call_answers", args=[call.pk]))
    assert CallDraft.objects.get().typed["contact_phone"] == "(713) 555-0162"
    assert "(713) 555-0162" in page.get(answered["Location"]).content.decode()


def test_who_is_called_back_is_not_thanked_for_calling(page: Client, lease: Lease) -> None:
    """Nor whoever the telephone says we called; but they are while it may yet be answered."""

    def first_said(call: PhoneCall) -> str:
        answered = page.post(reverse("phone_call_answers", args=[call.pk]))
        shown = page.get(answered["Location"]).context["scripts"]
        return str(shown[0].situation)

    ago = timezone.now() - timedelta(minutes=30)
    missed = tell("newCall", at=ago)
    tell("hangup", at=ago)
    assert first_said(missed) == "calling_back"
    made = {"direction": "out", "from": "101", "to": CARLAS, "callId": "2"}
    assert first_said(tell("newCall", **made)) == "calling_back"
    assert first_said(tell("newCall", callId="3")) == "opening"


def test_a_call_stays_theirs_however_little_the_telephone_tells_of_it(page: Client) -> None:
    """It never said that the call was answered."""
    rang_at = timezone.now() - timedelta(minutes=4)
    answered = page.post(reverse("phone_call_answers", args=[tell("newCall", at=rang_at).pk]))
    PhoneCall.objects.update(rang_at=rang_at - timedelta(minutes=1))
    CallDraft.objects.update(started_at=rang_at)
    shown = page.get(answered["Location"]).context["scripts"]
    assert shown[0].situation == "opening"


def test_a_hidden_number_begins_an_empty_call(page: Client) -> None:
    call = tell("newCall", "anonymous")
    answered = page.post(reverse("phone_call_answers", args=[call.pk]))
    assert CallDraft.objects.get().typed == {}
    assert page.get(answered["Location"]).status_code == 200


def test_a_call_is_logged_once(page: Client, lease: Lease, ben: User) -> None:
    call = tell("newCall")
    address = reverse("phone_call_answers", args=[call.pk])
    first = page.post(address)["Location"]
    page.force_login(ben)
    assert page.post(address)["Location"] == first
    assert CallDraft.objects.count() == 1


def test_what_was_begun_by_hand_while_it_rang_goes_on(
    page: Client, lease: Lease, ana: User
) -> None:
    call = tell("newCall")
    begun = actions.start_call(by=ana, now=timezone.now())
    page.post(reverse("phone_call_answers", args=[call.pk]))
    draft = CallDraft.objects.get()
    assert (draft, draft.phone_call, draft.lease) == (begun, call, lease)


def test_a_call_begun_before_it_rang_is_another(page: Client, lease: Lease, ana: User) -> None:
    actions.start_call(by=ana, now=timezone.now() - timedelta(minutes=9))
    call = tell("newCall")
    page.post(reverse("phone_call_answers", args=[call.pk]))
    assert CallDraft.objects.count() == 2


def test_someone_elses_lease_cannot_be_named(page: Client, lease: Lease) -> None:
    call = tell("newCall")
    address = reverse("phone_call_answers", args=[call.pk])
    assert page.post(address, {"lease": "999999999"}).status_code == 404
    assert page.post(reverse("phone_call_answers", args=[call.pk + 1])).status_code == 404
    assert not CallDraft.objects.exists()


def test_the_card_closes_where_another_answers(page: Client, lease: Lease, ben: User) -> None:
    PhoneLine.objects.create(agent=ben, extension="102")
    tell("newCall", to="18005550199", user="101")
    assert "Carla Peña" in card(page)
    tell("answer", to="18005550199", answeringNumber="102")
    assert "Carla Peña" not in card(page)
    page.force_login(ben)
    assert "Carla Peña" in card(page)


def test_a_missed_call_closes_and_an_answered_one_stays_a_while(page: Client, lease: Lease) -> None:
    tell("newCall")
    tell("hangup", cause="cancel")
    assert "Carla Peña" not in card(page)
    ago = timezone.now() - timedelta(minutes=12)
    for event in ("newCall", "answer"):
        tell(event, callId="2", at=ago)
    tell("hangup", callId="2", at=ago + timedelta(minutes=8))
    assert "Carla Peña" in card(page), "it can still be logged"
    PhoneCall.objects.filter(call_id="2").update(ended_at=ago + timedelta(minutes=1))
    assert "Carla Peña" not in card(page)


def test_who_called_before_without_a_lease_is_known_by_their_case(
    ana: User, now: Any, open_case: Callable[..., Case]
) -> None:
    case = open_case()
    assert caller_of(CARLAS, user=ana, now=now).cases == [case]
    assert caller_of("", user=ana, now=now).cases == []


def test_a_number_of_cases_alone_isnt_said_to_be_no_ones(
    page: Client, open_case: Callable[..., Case]
) -> None:
    tell("newCall", STRANGERS)
    assert "Ningún cliente tiene este número." in card(page)
    rosa = actions.Contact(
        why="not_found", name="Rosa Ibáñez", phone="(713) 555-0162", email="", known=""
    )
    case = open_case(lease=None, contact=rosa)
    shown = card(page)
    assert "Ningún arrendamiento tiene este número. Estos casos sí:" in shown
    assert case.spoken_number in shown
    assert "Ningún cliente tiene este número." not in shown


def test_a_caller_costs_the_same_however_much_they_lease(
    ana: User, carla: Customer, make_lease: Callable[..., Lease], now: Any
) -> None:
    counts = []
    for number in ("104477312", "104477313", "104477314"):
        make_lease(carla, number)
        with CaptureQueriesContext(connection) as queries:
            caller_of(CARLAS, user=ana, now=now)
        counts.append(len(queries))
    assert counts == [8, 8, 8]


def test_a_call_that_was_discarded_by_mistake_is_logged_again(
    page: Client, lease: Lease, ana: User, ben: User
) -> None:
    call = tell("newCall")
    address = reverse("phone_call_answers", args=[call.pk])
    page.post(address)
    first = CallDraft.objects.get()
    actions.discard_call(draft=first, reason="Número equivocado", by=ana, now=timezone.now())
    shown = page.get(reverse("call", args=[first.number])).content.decode()
    assert address in shown
    assert "Carla Peña" not in card(page), "it was decided that nothing is logged"
    again = page.post(address)["Location"]
    second = CallDraft.objects.get(discarded_at=None)
    assert (again, second.phone_call) == (reverse("call", args=[second.number]), call)
    page.force_login(ben)
    assert page.post(address)["Location"] == again, "begun once more, not once by each"
    third = CallDraft.objects.filter(pk=actions.start_call(by=ana, now=timezone.now()).pk)
    with pytest.raises(IntegrityError, match="call_draft_phone_call_once"), transaction.atomic():
        third.update(phone_call=call)


def test_going_back_each_phone_call_keeps_what_was_logged_of_it(
    page: Client, lease: Lease, ana: User
) -> None:
    call = tell("newCall")
    drafts = []
    for place in range(3):
        page.post(reverse("phone_call_answers", args=[call.pk]))
        drafts.append(CallDraft.objects.order_by("pk").last())
        if place < 2:
            actions.discard_call(draft=drafts[-1], reason="No", by=ana, now=timezone.now())
    with before("cases", "0019_phone_calls_logged_again") as apps:
        rows = apps.get_model("cases", "CallDraft").objects.order_by("pk")
        assert list(rows.values_list("phone_call", flat=True)) == [None, None, call.pk]
    assert CallDraft.objects.count() == 3
