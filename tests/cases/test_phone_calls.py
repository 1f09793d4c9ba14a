"""The log of phone calls, and the missed ones that someone has to return."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from cases import actions
from cases.actions.add_call import AddedCall
from cases.actions.caller import Caller
from cases.models import CallDraft, Case
from leases.models import Customer, Lease
from telephone.actions import record_event, settle_call
from telephone.models import PhoneCall, PhoneLine
from telephone.queries.call_log import calls_to_return
from telephone.reading import read_event

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R85")]
CARLAS, DANS = "+12105550134", "+13125550199"
LOG = "/phone/"


@pytest.fixture(autouse=True)
def _telephone(settings: Any, ana: User, ben: User) -> None:
    settings.TELEPHONE_SECRETS = ["cable-submarino-de-pruebas"]
    for agent, extension in ((ana, "101"), (ben, "102")):
        PhoneLine.objects.create(agent=agent, extension=extension)


@pytest.fixture
def tell(now: datetime) -> Callable[..., PhoneCall]:
    """Events of a call, a second apart, some minutes ago."""

    def told(call: str, *events: str, minutes: float = 60, **fields: str) -> PhoneCall:
        sent = {"from": CARLAS, "to": "101", "direction": "in", "callId": call, **fields}
        for place, event in enumerate(events):
            at = now - timedelta(minutes=minutes) + timedelta(seconds=place)
            record_event(read_event({**sent, "event": event}), now=at)
        return PhoneCall.objects.get(call_id=call)

    return told


Tell = Callable[..., PhoneCall]
MISSED = ("newCall", "hangup")
TALKED = ("newCall", "answer", "hangup")


def waiting(user: User, now: datetime) -> list[PhoneCall]:
    return list(calls_to_return(user, now=now).order_by("pk"))


def test_a_missed_call_waits_until_someone_talks_with_that_number(
    tell: Tell, ana: User, now: datetime
) -> None:
    missed = tell("1", *MISSED)
    tell("2", *MISSED, **{"from": DANS})
    assert [each.call_id for each in waiting(ana, now)] == ["1", "2"]
    tell("3", *MISSED, minutes=30, direction="out", **{"from": "102", "to": CARLAS})
    assert len(waiting(ana, now)) == 2, "Carla didn't answer"
    returned = tell("4", *TALKED, minutes=20, direction="out", **{"from": "102", "to": CARLAS})
    assert [each.call_id for each in waiting(ana, now)] == ["2"]
    missed.refresh_from_db()
    assert missed.later_call == returned


def test_who_calls_again_waits_once(tell: Tell, ana: User, now: datetime) -> None:
    tell("1", *MISSED)
    tell("2", *MISSED, minutes=50)
    assert [each.call_id for each in waiting(ana, now)] == ["2"]
    tell("3", *TALKED, minutes=40)
    assert waiting(ana, now) == []


def test_phones_that_rang_beside_the_one_that_answered_are_not_missed(
    tell: Tell, ana: User, now: datetime
) -> None:
    """Some systems tell a group's call as one call for each phone."""
    tell("a", "newCall")
    tell("b", "newCall", to="102")
    tell("a", "answer", minutes=59)
    tell("b", "hangup", minutes=59)
    assert waiting(ana, now) == []


def test_hidden_numbers_forwarded_and_ringing_calls_are_not_to_return(
    tell: Tell, ana: User, now: datetime
) -> None:
    tell("1", *MISSED, **{"from": "anonymous"})
    tell("2", *MISSED, cause="forwarded")
    tell("3", "newCall", minutes=1, **{"from": DANS})
    assert waiting(ana, now) == []
    assert len(waiting(ana, now + timedelta(minutes=6))) == 1, "its end was never told"


def test_a_call_is_settled_with_a_reason_and_once(
    tell: Tell, ana: User, ben: User, mateo: User, now: datetime
) -> None:
    missed = tell("1", *MISSED)
    with pytest.raises(PermissionDenied):
        settle_call(call=missed, reason="Spam", by=mateo, now=now)
    with pytest.raises(ValidationError) as refused:
        settle_call(call=missed, reason=" ", by=ana, now=now)
    assert refused.value.code == "reason"
    settle_call(call=missed, reason="Escribió por correo.", by=ana, now=now)
    with pytest.raises(ValidationError) as refused:
        settle_call(call=missed, reason="Spam", by=ben, now=now)
    assert refused.value.code == "call_settled"
    missed.refresh_from_db()
    assert (missed.settled_by, missed.settled_reason) == (ana, "Escribió por correo.")


def test_settled_is_by_a_call_or_by_a_person(tell: Tell, ana: User, now: datetime) -> None:
    missed = tell("1", *MISSED)
    for wrong in ({"settled_at": now}, {"settled_by": ana}, {"settled_reason": "Spam"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PhoneCall.objects.filter(pk=missed.pk).update(**wrong)


def test_the_page_lists_and_settles(client: Client, tell: Tell, ben: User, carla: Customer) -> None:
    missed = tell("1", *MISSED, cause="cancel")
    client.force_login(ben)
    shown = client.get(LOG).content.decode()
    for words in ("Carla Peña", 'href="tel:+12105550134"', "(210) 555-0134", "102"):
        assert words in shown
    # All calls with the number, and whoever called.
    assert 'All calls<span class="visually-hidden">: (210)' in " ".join(shown.split())
    assert f'<a href="{reverse("find")}?q=carla%40example.com">Carla Peña</a>' in shown
    address = reverse("phone_call_settlement", args=[missed.pk])
    refused = client.post(address, {"reason": " "})
    assert (refused.status_code, "aria-invalid" in refused.content.decode()) == (422, True)
    assert client.post(address, {"reason": "She emailed us."})["Location"] == LOG
    assert "Carla Peña" not in client.get(LOG).content.decode()
    again = client.post(address, {"reason": "She emailed us."}, follow=True)
    assert "Someone already took care of this call." in again.content.decode()
    assert "She emailed us." in client.get(LOG, {"view": "missed"}).content.decode()


def test_the_lists_are_links(
    client: Client, tell: Tell, ana: User, lease: Lease, open_case: Callable[..., Case]
) -> None:
    tell("1", *TALKED)
    tell("2", *TALKED, to="102", **{"from": DANS})
    tell("3", *MISSED, **{"from": "anonymous"})
    client.force_login(ana)

    def listed(**query: str) -> int:
        return client.get(LOG, query).content.decode().count('<li class="phone-call">')

    assert listed(view="all") == 3
    assert listed(view="mine") == 2
    assert listed(view="missed") == 1
    assert listed(number=DANS) == 1
    for number in ("nobody", "9" * 10_000, "\x00", "' OR 1=1 --", "%"):
        assert client.get(LOG, {"number": number, "view": "?", "after": "x"}).status_code == 200


def test_a_row_leads_to_what_was_logged(
    client: Client, tell: Tell, ana: User, lease: Lease, now: datetime
) -> None:
    call = tell("1", *TALKED)
    draft = actions.log_phone_call(phone_call=call, lease=lease, typed={}, by=ana, now=now)
    client.force_login(ana)
    assert (
        reverse("call", args=[draft.number]) in client.get(LOG, {"view": "mine"}).content.decode()
    )
    said = actions.Call(
        lease=lease, kind="late_payment", channel="phone", language="es", summary="Pide un plan."
    )
    case = actions.open_case(draft=draft, call=said, files=(), by=ana, now=now)
    assert reverse("case", args=[case.number]) in client.get(LOG, {"view": "mine"}).content.decode()


@pytest.mark.parametrize("view", ["callback", "missed", "mine", "all"])
def test_a_page_costs_the_same_with_one_row_and_with_thirty(
    client: Client, tell: Tell, ana: User, carla: Customer, view: str
) -> None:
    client.force_login(ana)
    counts = []
    for upto in (1, 31):
        for place in range(upto):
            tell(
                f"{view}-{place}",
                *MISSED,
                minutes=90 - place,
                **{"from": f"+1210555{1000 + place}"},
            )
        client.get(LOG, {"view": view})
        with CaptureQueriesContext(connection) as queries:
            client.get(LOG, {"view": view})
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_call_that_was_taken_and_not_logged_can_be_logged(
    client: Client, tell: Tell, ana: User, lease: Lease
) -> None:
    """Every call ends in a case, even if its card was put away."""
    taken, missed = tell("1", *TALKED), tell("2", *MISSED, **{"from": DANS})
    client.force_login(ana)
    shown = client.get(LOG, {"view": "all"}).content.decode()
    assert reverse("phone_call_answers", args=[missed.pk]) not in shown
    address = reverse("phone_call_answers", args=[taken.pk])
    assert address in shown
    assert client.post(address)["Location"].startswith("/calls/")
    assert address not in client.get(LOG, {"view": "all"}).content.decode()


@pytest.mark.parametrize("is_added", [False, True], ids=["a new case", "an open case"])
def test_a_call_logged_by_hand_returns_the_missed_one(
    tell: Tell, open_case: Callable[..., Case], ana: User, now: datetime, is_added: bool
) -> None:
    case = open_case()
    before, other = tell("1", *MISSED), tell("2", *MISSED, **{"from": DANS})
    assert waiting(ana, now) == [before, other]
    if is_added:
        draft = actions.start_call(by=ana, now=now)
        call = AddedCall(channel="phone", language="es", summary="Ya hablé con ella.")
        actions.add_call_to_case(draft=draft, case=case, call=call, by=ana, now=now)
    else:
        case = open_case(summary="Le devolví la llamada.")
    assert waiting(ana, now) == [other]
    before.refresh_from_db()
    assert (before.settled_by, before.settled_reason) == (ana, case.spoken_number)


@pytest.mark.parametrize(
    "fields", [{"channel": "web"}, {"caller": Caller(relation="store", name="Delia")}]
)
def test_what_is_no_call_with_the_customer_returns_none(
    tell: Tell, open_case: Callable[..., Case], ana: User, now: datetime, fields: dict[str, Any]
) -> None:
    missed = tell("1", *MISSED)
    open_case(**fields)
    assert waiting(ana, now) == [missed]


def test_a_missed_call_is_returned_and_logged_from_its_row(
    tell: Tell, sign_in: Callable[[User], Client], ana: User, now: datetime, carla: Customer
) -> None:
    missed = tell("1", *MISSED)
    client, address = sign_in(ana), reverse("phone_call_answers", args=[missed.pk])
    assert address in client.get(LOG).content.decode()
    begun = client.post(address)
    assert CallDraft.objects.get(phone_call=missed).number in begun["Location"]
