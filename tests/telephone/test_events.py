"""What telephone systems post: in their words, in any order, as often as they like."""

from __future__ import annotations

import itertools
import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from telephone.enums import CallState
from telephone.models import PhoneCall, PhoneCallRing, PhoneEvent, PhoneLine
from tests.telephone.conftest import SECRET, Post

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R85")]


def the_call() -> PhoneCall:
    return PhoneCall.objects.get()


def state() -> CallState:
    return the_call().state(timezone.now())


@pytest.mark.usefixtures("lines")
def test_a_call_rings_is_answered_and_ends(post: Post, ana: User) -> None:
    assert post("newCall").json() == {"code": "recorded"}
    call = the_call()
    assert (call.number, call.from_sent, call.agent, call.extension) == (
        "+12105550134", "12105550134", ana, "101",
    )  # fmt: skip
    assert state() == CallState.RINGING
    post("answer", answeringNumber="101")
    assert state() == CallState.ANSWERED
    post("hangup", cause="normalClearing")
    assert state() == CallState.ENDED
    assert the_call().end_cause == "normalClearing"
    assert PhoneEvent.objects.count() == 3


@pytest.mark.usefixtures("lines")
@pytest.mark.parametrize("order", list(itertools.permutations(["newCall", "answer", "hangup"])))
def test_any_order_ends_the_same(post: Post, ana: User, order: tuple[str, ...]) -> None:
    for event in order:
        assert post(event).status_code == 200
    assert state() == CallState.ENDED
    call = the_call()
    assert call.agent == ana
    assert call.answered_at
    assert call.ended_at
    assert call.rang_at <= call.answered_at <= call.ended_at


@pytest.mark.usefixtures("lines")
@pytest.mark.parametrize("order", list(itertools.permutations(["newCall", "hangup"])))
def test_a_call_that_no_one_answered_is_missed(post: Post, order: tuple[str, ...]) -> None:
    for event in order:
        post(event, cause="cancel")
    assert state() == CallState.MISSED
    post("newCall", callId="call-2", direction="out", from_="101", to="13125550199")
    post("hangup", callId="call-2", direction="out", from_="101", to="13125550199")
    assert PhoneCall.objects.get(call_id="call-2").state(timezone.now()) == CallState.UNREACHED


@pytest.mark.usefixtures("lines")
def test_repeated_events_change_nothing(post: Post) -> None:
    post("newCall")
    post("answer")
    before = (PhoneCall.objects.values().get(), PhoneEvent.objects.count())
    for event in ("newCall", "answer"):
        repeated = post(event, to="102", from_="anonymous", answeringNumber="102")
        assert (repeated.status_code, repeated.json()) == (200, {"code": "repeated"})
    assert (PhoneCall.objects.values().get(), PhoneEvent.objects.count()) == before
    assert PhoneCallRing.objects.count() == 1


@pytest.mark.usefixtures("lines")
def test_a_group_rings_and_one_answers(post: Post, ben: User) -> None:
    """As sipgate sends it: lists, and who answered."""
    group = {"to": "18005550199", "user[]": ["Ana", "Ben"], "fullUserId[]": ["101", "102"]}
    post("newCall", **group)
    assert the_call().agent is None
    assert PhoneCallRing.objects.count() == 2
    post("answer", to="18005550199", user="Ben", userId="102", fullUserId="102")
    assert the_call().agent == ben
    assert PhoneCallRing.objects.count() == 2


def test_sipgate_is_told_where_later_events_go(post: Post) -> None:
    answer = post("newCall", **{"user[]": ["Ana"], "userId[]": ["w0"], "fullUserId[]": ["7w0"]})
    assert answer["Content-Type"] == "application/xml"
    assert answer.content.decode().count(f"/telephone/{SECRET}/") == 2


@pytest.mark.usefixtures("lines")
def test_json_is_as_good_as_a_form(post: Post, ana: User) -> None:
    post("newCall", as_json=True, to="18005550199", user=["Ana", "101"])
    post("answer", as_json=True, user="101")
    post("hangup", as_json=True)
    assert the_call().agent == ana
    assert state() == CallState.ENDED


def test_an_outbound_call_is_with_the_number_called(post: Post, ana: User, lines: None) -> None:
    post("newCall", direction="out", from_="101", to="+1 312 555 0199")
    call = the_call()
    assert (call.number, call.agent) == ("+13125550199", ana)


@pytest.mark.usefixtures("lines")
@pytest.mark.parametrize(
    "sent", ["anonymous", "unknown", "", "102", "ñandú", "9" * 10_000, "\x00", "1" * 40, None]
)
def test_a_number_that_is_none_is_unknown(post: Post, sent: Any) -> None:
    assert post("newCall", from_=sent).json() == {"code": "recorded"}
    call = the_call()
    assert (call.number, len(call.from_sent) <= 80) == ("", True)


def test_what_looks_like_a_card_is_masked_and_no_number(post: Post) -> None:
    post("newCall", from_="4111 1111 1111 1111", user="4111111111111111")
    call = the_call()
    assert (call.number, "4111 1111" in call.from_sent) == ("", False)
    assert "41111111" not in json.dumps(PhoneEvent.objects.get().sent)


def test_an_unknown_extension_is_logged_and_kept(
    post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    answer = post("newCall", to="999")
    assert (answer.status_code, answer.json()) == (200, {"code": "extension_unknown"})
    call = the_call()
    assert f"phone_extension_unknown call={call.pk} event=newCall" in caplog.text
    assert "2105550134" not in caplog.text
    assert "999" not in caplog.text
    assert call.agent is None


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"event": "dtmf"}, "event_unknown"),
        ({"event": None}, "event_unknown"),
        ({"callId": ""}, "call_id_missing"),
        ({"callId": None}, "call_id_missing"),
        ({"callId": "x" * 251}, "call_id_invalid"),
        ({"callId": "a\x00b"}, "call_id_invalid"),
        ({"direction": "sideways"}, "direction_unknown"),
        ({"direction": None}, "direction_unknown"),
    ],
)
def test_what_is_no_event_is_refused_with_a_code(post: Post, told: Any, code: str) -> None:
    answer = post(**{"event": "newCall", **told})
    assert (answer.status_code, answer.json()) == (400, {"code": code})
    assert not PhoneCall.objects.exists()


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "event_unknown"),
        (b"null", 400, "body_malformed"),
        (b"[1]", 400, "body_malformed"),
        (b"\xff{", 400, "body_malformed"),
        (b"[" * 16_000, 400, "body_malformed"),
        (b'{"event": {"a": 1}}', 400, "event_unknown"),
        (b'{"event": "newCall", "callId": "\\ud800", "direction": "in"}', 200, ""),
        (b" " * 17_000, 413, "body_too_large"),
    ],
)
def test_a_body_that_is_none(client: Client, body: bytes, status: int, code: str) -> None:
    answer = client.post(f"/telephone/{SECRET}/", body, content_type="application/json")
    assert answer.status_code == status
    if code:
        assert answer.json() == {"code": code}


def test_half_characters_are_replaced(client: Client) -> None:
    body = b'{"event":"newCall","callId":"1","direction":"in","from":"\\ud800","user":["\\udc00"]}'
    answer = client.post(f"/telephone/{SECRET}/", body, content_type="application/json")
    assert (answer.status_code, the_call().from_sent) == (200, "?")


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "text/plain", "x/y; q=\x7f"])
def test_another_kind_of_body(client: Client, kind: str) -> None:
    assert client.post(f"/telephone/{SECRET}/", b"event", content_type=kind).status_code == 400


def test_a_wrong_secret_finds_nothing(client: Client, post: Post, settings: Any) -> None:
    assert post("newCall", secret="wrong-wrong-wrong-wrong-wrong").status_code == 404
    settings.TELEPHONE_SECRETS = ["next-next-next-next-next", SECRET]
    assert post("newCall").status_code == 200
    settings.TELEPHONE_SECRETS = []
    assert post("newCall").status_code == 404
    assert client.get(f"/telephone/{SECRET}/").status_code == 405


def test_no_secret_gets_into_the_log(
    post: Post, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    post("nothing")
    settings.TELEPHONE_EVENTS_PER_MINUTE = 1
    post("newCall")
    post("newCall")
    assert "phone_event_refused code=too_many_events" in caplog.text
    assert "Bad Request: /telephone/…/" in caplog.text
    assert SECRET not in caplog.text


@pytest.mark.usefixtures("lines")
def test_two_statements_each_and_then_a_limit(post: Post, settings: Any) -> None:
    settings.TELEPHONE_EVENTS_PER_MINUTE = 3
    for event in ("newCall", "answer", "hangup"):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            post(event)
        assert len(queries) == 2
    with CaptureQueriesContext(connection) as queries:
        refused = post("newCall", callId="call-4")
    assert len(queries) == 1
    assert (refused.status_code, refused.json()) == (429, {"code": "too_many_events"})
    assert int(refused["Retry-After"]) >= 1
    assert PhoneCall.objects.count() == 1


@pytest.mark.usefixtures("lines")
def test_a_call_whose_end_was_never_told_does_not_ring_forever(post: Post) -> None:
    post("newCall")
    call = the_call()
    assert call.state(call.rang_at + timedelta(minutes=6)) == CallState.MISSED
    post("answer")
    call = the_call()
    assert call.answered_at
    assert call.state(call.answered_at + timedelta(hours=9)) == CallState.ENDED


@pytest.mark.usefixtures("lines")
def test_what_came_stays_as_it_came(post: Post) -> None:
    post("newCall")
    for rows in (PhoneEvent.objects, PhoneCallRing.objects, PhoneCall.objects):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.all().delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        PhoneEvent.objects.update(kind="hangup")


def test_an_extension_belongs_to_one_agent(ana: User, ben: User) -> None:
    PhoneLine.objects.create(agent=ana, extension="101")
    again = PhoneLine(agent=ben, extension=" 101 ")
    with pytest.raises(Exception, match="already has this extension"):
        again.full_clean()
