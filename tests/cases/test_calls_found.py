"""Unfinished calls are found by whoever called, and settled right in the list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases import actions
from cases.models import CallDraft
from cases.queries import calls
from cases.queries.calls import begun_calls, listed_calls
from leases.models import Lease
from leases.said import understand
from telephone.models import PhoneCall

pytestmark = [pytest.mark.requirement("R71"), pytest.mark.django_db]
LIST = "/calls/"
SignIn = Callable[[User], Client]
Queries = Callable[[int], Any]


@pytest.fixture
def begun(ana: User, now: datetime) -> CallDraft:
    """Someone without a lease, cut off."""
    draft = actions.start_call(by=ana, now=now)
    typed = {
        "contact_name": "Rosa Ibáñez de la O", "contact_phone": "210.555-0188",
        "contact_email": "Rosa@example.com", "contract": "rosita",
        "language": "es",
    }  # fmt: skip
    actions.save_draft(draft=draft, typed=typed, by=ana)
    actions.start_call(by=ana, now=now + timedelta(minutes=1))
    return draft


def found(text: str, user: User) -> list[CallDraft]:
    return listed_calls(user, discarded=False, after="", text=text).rows


@pytest.mark.parametrize(
    "text",
    [
        "rosa", "ibanez ros", "Rosita", "0188", "(210) 555-0188", "+1 210 555 0188", "ros 0188",
        "rosa@example.com", "ROSA@",
    ],
)  # fmt: skip
def test_by_what_was_typed(begun: CallDraft, ben: User, text: str) -> None:
    assert found(text, ben) == [begun]
    said = understand(text)
    assert said is not None
    assert list(begun_calls(said, user=ben)) == [begun]


@pytest.mark.parametrize(
    "text", ["nadie", "0189", "5550", "rosa 0134", "a@b", "%", "\x00", "' OR 1"]
)
def test_others_are_not(begun: CallDraft, ben: User, text: str) -> None:
    assert begun not in found(text, ben)


def test_by_its_number_however_many_came_after_it(begun: CallDraft, ben: User) -> None:
    assert found(begun.spoken_number, ben) == [begun]
    assert found(begun.number, ben) == [begun]


@pytest.mark.parametrize("chosen", [True, False])
def test_by_the_customer_of_its_lease(
    ana: User, ben: User, lease: Lease, now: datetime, chosen: bool
) -> None:
    draft = actions.start_call(by=ana, now=now, lease=None if chosen else lease)
    if chosen:
        actions.save_draft(draft=draft, typed={"lease": lease.account_number}, by=ana)
    for text in ("carla peña", "pena", "0134", "carla@example.com"):
        [row] = found(text, ben)
        assert (row, row.customer_name) == (draft, "Carla Peña")  # type: ignore[attr-defined]


def test_by_what_the_telephone_told(begun: CallDraft, ben: User, now: datetime) -> None:
    begun.phone_call = PhoneCall.objects.create(
        call_id="1", direction="in", from_number="+13125550147", rang_at=now
    )
    begun.save()
    assert found("0147", ben) == [begun]


def test_no_one_else_finds_them(begun: CallDraft, mateo: User) -> None:
    assert found("rosa", mateo) == []


def test_the_call_bar_shows_them(begun: CallDraft, ben: User, sign_in: SignIn) -> None:
    page = unescape(sign_in(ben).get("/find/suggest/", {"q": "rosa iba"}).content.decode())
    assert f'href="/calls/{begun.number}/"' in page
    assert "Unfinished call" in page


def test_a_discarded_call_is_found_among_the_discarded(
    begun: CallDraft, ben: User, now: datetime
) -> None:
    actions.discard_call(draft=begun, reason="Número equivocado.", by=ben, now=now)
    assert found("rosa", ben) == []
    assert listed_calls(ben, discarded=True, after="", text="rosa").rows == [begun]


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize("query", ["?q=rosa", "?q=0188", "?q=rosa@example.com"])
def test_the_search_costs_the_same_for_one_and_thirty(
    ana: User, ben: User, sign_in: SignIn, now: datetime, count: int, query: str,
    django_assert_num_queries: Queries,
) -> None:  # fmt: skip
    typed = {
        "contact_name": "Rosa", "contact_phone": "2105550188", "contact_email": "rosa@example.com"
    }  # fmt: skip
    for place in range(count):
        draft = actions.start_call(by=ana, now=now + timedelta(minutes=place))
        actions.save_draft(draft=draft, typed=typed, by=ana)
    client = sign_in(ben)
    client.get("/cases/")
    with django_assert_num_queries(6):
        assert len(client.get(LIST + query).context["page"].rows) == count


def test_it_is_taken_over_in_the_list(begun: CallDraft, ben: User, sign_in: SignIn) -> None:
    client = sign_in(ben)
    page = client.get(LIST).content.decode()
    address = reverse("call_takeover", args=[begun.number])
    assert f'action="{address}"' in page
    assert client.post(address, {"of": begun.agent_id}).status_code == 302
    begun.refresh_from_db()
    assert begun.agent == ben
    assert f'action="{address}"' not in client.get(LIST).content.decode()  # it's one's own now
    assert sign_in(ben).post(address, {"of": begun.agent_id}).status_code == 422


def test_someone_faster_gets_it(begun: CallDraft, ben: User, sofia: User, sign_in: SignIn) -> None:
    address, seen = reverse("call_takeover", args=[begun.number]), {"of": begun.agent_id}
    assert sign_in(sofia).post(address, seen).status_code == 302
    late = sign_in(ben).post(address, seen)
    assert late.status_code == 409
    assert "Sofía Ramírez already took over this call." in unescape(late.content.decode())


def test_it_is_discarded_in_the_list_with_a_reason(
    begun: CallDraft, ben: User, sign_in: SignIn
) -> None:
    client = sign_in(ben)
    page = client.get(LIST).content.decode()
    address = reverse("call_discards", args=[begun.number])
    assert f'action="{address}"' in page
    assert f'id="reason-{begun.number}"' in page
    assert client.post(address, {"reason": " "}).status_code == 422
    assert client.post(address, {"reason": "Wrong number."}).status_code == 302
    assert begun not in client.get(LIST).context["page"].rows


def test_nothing_found_says_what_can_be_searched(
    begun: CallDraft, ben: User, sign_in: SignIn
) -> None:
    page = unescape(sign_in(ben).get(LIST, {"q": "nadie"}).content.decode())
    assert "No call matches." in page
    assert 'value="nadie"' in page


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Only the newest 1,000 are searched"),
        ("es", "solo se buscan las 1,000 más recientes"),
    ],
)
def test_what_is_found_says_that_older_ones_were_not_searched(
    begun: CallDraft, ben: User, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch,
    language: str, words: str,
) -> None:  # fmt: skip
    ben.language = language
    ben.save()
    client = sign_in(ben)
    assert words not in unescape(client.get(LIST, {"q": "rosa"}).content.decode())
    monkeypatch.setattr(calls, "MOST_SEARCHED", 1)
    CallDraft.objects.exclude(pk=begun.pk).update(started_at=begun.started_at - timedelta(1))
    page = unescape(client.get(LIST, {"q": "rosa"}).content.decode())
    assert words in page
    assert begun.spoken_number in page
    assert words not in unescape(client.get(LIST).content.decode())
