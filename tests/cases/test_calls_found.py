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
from cases.models import CallDraft, CallKey
from cases.queries.calls import begun_calls, listed_calls
from leases.models import Lease
from leases.said import understand
from telephone.models import PhoneCall
from tests.upgrades import before

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
    with django_assert_num_queries(5):
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


def test_the_first_words_of_a_call_are_found_however_many_came_after_it(
    begun: CallDraft, ben: User, now: datetime
) -> None:
    CallDraft.objects.bulk_create(
        CallDraft(number=f"99{place:07}", agent=ben, started_at=now + timedelta(hours=1))
        for place in range(1_500)
    )
    for text in ("rosa", "0188", "rosa@example.com"):
        assert found(text, ben) == [begun]


def test_what_was_typed_first_is_no_longer_found_once_it_was_corrected(
    begun: CallDraft, ana: User, ben: User
) -> None:
    actions.save_draft(draft=begun, typed={"contact_name": "Nora Quinn"}, by=ana)
    assert (found("rosa", ben), found("nora", ben)) == ([], [begun])


def test_a_customer_who_changes_is_found_by_what_is_true_now(
    ana: User, ben: User, lease: Lease, now: datetime
) -> None:
    draft = actions.start_call(by=ana, now=now, lease=lease)
    lease.customer.name, lease.customer.phone = "Carla Quinn", "+12105550199"
    lease.customer.email = "quinn@example.com"
    lease.customer.save()
    for text in ("quinn", "0199", "quinn@"):
        assert found(text, ben) == [draft]
    for text in ("peña", "0134", "carla@example.com"):
        assert found(text, ben) == []


def test_an_email_is_found_from_its_beginning_or_its_domain(begun: CallDraft, ben: User) -> None:
    assert found("@example.com", ben) == [begun]
    assert found("@", ben) == []
    assert found("osa@example.com", ben) == []


def test_a_call_that_became_a_case_leaves_nothing_to_be_found_by(
    begun: CallDraft, ben: User, open_case: Callable[..., Any]
) -> None:
    assert CallKey.objects.filter(draft=begun).exists()
    begun.case = open_case()
    begun.save()
    assert not CallKey.objects.filter(draft=begun).exists()


def test_masked_numbers_are_nothing_to_be_found_by(begun: CallDraft, ana: User, ben: User) -> None:
    typed = {"contact_name": "Rosa 4111 1111 1111 1111", "contract": "SSN 521-34-9876"}
    actions.save_draft(draft=begun, typed=typed, by=ana)
    key = CallKey.objects.get(draft=begun)
    kept = f"{key.names} {key.phones} {key.emails}"
    assert "1111 1111" not in kept
    assert "521" not in kept
    assert found("4111111111111111", ben) == []
    assert found("rosa", ben) == [begun]


def test_calls_of_before_are_found_too(begun: CallDraft, ben: User) -> None:
    with before("cases", "0054_call_keys"):
        pass
    assert found("rosa", ben) == [begun]
