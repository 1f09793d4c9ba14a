"""Another search during a call is for someone else: nobody goes on as whoever was chosen before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases import actions
from cases.models import CallDraft, Case
from leases.models import Customer, Lease
from tests.pages import text

pytestmark = [pytest.mark.requirement("R37", "R71"), pytest.mark.django_db]
SignIn = Callable[[User], Client]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def draft(ana: User, now: datetime, lease: Lease) -> CallDraft:
    """Begun from the page of Carla's lease."""
    return actions.start_call(by=ana, now=now, lease=lease)


def typed(draft: CallDraft, lease: Lease, **more: str) -> dict[str, str]:
    values = {
        "language": "es", "channel": "phone", "visibility": "internal", "summary": "Llamó.",
        "kind": "other", "lease": lease.account_number, "searched": "carla",
    }  # fmt: skip
    return values | more


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_what_finds_nobody_leaves_nobody_chosen(
    draft: CallDraft, lease: Lease, ana: User, sign_in: SignIn, headers: dict[str, str]
) -> None:
    client, address = sign_in(ana), reverse("call", args=[draft.number])
    sent = typed(draft, lease, contract="zzqqx", find="1")
    answer = client.post(address, sent, headers=headers)
    assert "“zzqqx”" in text(answer)
    assert (answer.context["chosen"], answer.context["found"]) == ("", [])
    again = client.get(address)
    assert (again.context["chosen"], again.context["found"]) == ("", [])


def test_an_emptied_search_lets_the_lease_go(
    draft: CallDraft, lease: Lease, ana: User, sign_in: SignIn
) -> None:
    client, address = sign_in(ana), reverse("call", args=[draft.number])
    emptied = client.post(address, typed(draft, lease, contract=" ", find="1"))
    assert (emptied.context["chosen"], emptied.context["found"]) == ("", [])
    again = client.get(address)
    assert (again.context["chosen"], again.context["found"]) == ("", [])


def test_finding_without_words_keeps_the_lease_the_call_began_with(
    draft: CallDraft, lease: Lease, ana: User, sign_in: SignIn
) -> None:
    client, address = sign_in(ana), reverse("call", args=[draft.number])
    answer = client.post(address, typed(draft, lease, contract="", searched="", find="1"))
    assert answer.context["chosen"] == lease.account_number


def test_the_only_match_is_chosen_instead(
    draft: CallDraft, lease: Lease, dans_lease: Lease, ana: User, sign_in: SignIn
) -> None:
    client, address = sign_in(ana), reverse("call", args=[draft.number])
    answer = client.post(address, typed(draft, lease, contract="dan miller", find="1"))
    assert answer.context["chosen"] == dans_lease.account_number
    assert [each["lease"] for each in answer.context["found"]] == [dans_lease]


def test_several_matches_choose_nobody(
    draft: CallDraft,
    lease: Lease,
    make_lease: Callable[..., Lease],
    dan: Customer,
    ana: User,
    sign_in: SignIn,
) -> None:
    both = {make_lease(dan, "208855419"), make_lease(dan, "208855420")}
    client, address = sign_in(ana), reverse("call", args=[draft.number])
    answer = client.post(address, typed(draft, lease, contract="dan", find="1"))
    assert answer.context["chosen"] == ""
    assert {each["lease"] for each in answer.context["found"]} == both
    chosen = typed(draft, lease, contract="dan", searched="dan", find="1")
    again = client.post(address, chosen | {"lease": "208855420"})  # the same search once more
    assert again.context["chosen"] == "208855420"


def test_a_call_is_not_saved_for_who_is_not_searched_for(
    draft: CallDraft, lease: Lease, dans_lease: Lease, ana: User, sign_in: SignIn
) -> None:
    client, address = sign_in(ana), reverse("call", args=[draft.number])
    sent = typed(draft, lease, contract="dan miller", language="en")
    refused = client.post(address, sent)
    assert refused.status_code == 422
    [error] = refused.context["form"].errors.as_data()["contract"]
    assert error.code == "lease_choose"
    assert refused.context["chosen"] == dans_lease.account_number
    assert not Case.objects.exists()
    seen = {"searched": "dan miller", "lease": dans_lease.account_number}
    assert client.post(address, sent | seen).status_code == 302
    assert Case.objects.get().lease == dans_lease


def test_who_was_typed_and_not_looked_for_leaves_nobody_chosen_on_the_page_that_comes_back(
    draft: CallDraft, lease: Lease, dans_lease: Lease, ana: User, sign_in: SignIn
) -> None:
    client, address = sign_in(ana), reverse("call", args=[draft.number])
    sent = typed(draft, lease, contract="dan miller")
    assert client.post(f"{address}draft/", sent).status_code == 204
    again = client.get(address)
    assert (again.context["chosen"], again.context["found"]) == ("", [])
    assert again.context["glance"] is None
    assert 'value="dan miller"' in again.content.decode()
    assert 'id="unsearched" role="status">' in again.content.decode()
    # Carla is a search away, and so is he.
    sent = typed(draft, lease, contract="dan miller", find="1") | {"lease": ""}
    page = client.post(address, sent)
    assert page.context["chosen"] == dans_lease.account_number
    again = client.get(address)
    assert again.context["chosen"] == dans_lease.account_number
    assert 'id="unsearched" role="status" hidden>' in again.content.decode()


@pytest.mark.parametrize("count", [1, 8])
def test_the_page_of_a_call_costs_the_same_for_one_open_case_and_eight(
    draft: CallDraft, ana: User, sign_in: SignIn, open_case: Callable[..., Case], count: int,
    django_assert_num_queries: Any,
) -> None:  # fmt: skip
    for _each in range(count):
        open_case()
    client, address = sign_in(ana), reverse("call", args=[draft.number])
    client.get(address)  # the session's first write is not part of a page's cost
    with django_assert_num_queries(24):
        answer = client.get(address)
    assert len(answer.context["same_cases"]) == count
