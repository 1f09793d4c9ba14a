"""That new applications of someone are blocked stands wherever an agent meets them: since when, and
by which case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from cases import actions
from cases.models import Case
from cases.queries.callers import caller_of
from cases.queries.flags import flags_of_people
from leases.models import Customer, IdentityBlock, Lease
from telephone.actions import record_event
from telephone.models import PhoneLine
from telephone.reading import read_event

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R78")]
SAYS = {
    "en": "New applications blocked since Nov 18, 2026 (case ",
    "es": "Solicitudes nuevas bloqueadas desde el 18 nov 2026 (caso ",
}


@pytest.fixture
def theft(open_case: Callable[..., Case]) -> Case:
    return open_case(kind="identity_theft", summary="No fue ella.")


@pytest.fixture
def pages(
    ben: User, lease: Lease, sign_in: Callable[[User], Client], settings: Any, now: datetime
) -> Callable[[], Iterator[tuple[str, str]]]:
    """Where an agent meets Carla: the bar, the ringing card, the lease, the call."""
    settings.TELEPHONE_SECRETS = ["cable-submarino-de-pruebas"]
    PhoneLine.objects.create(agent=ben, extension="101")
    draft = actions.start_call(by=ben, now=now, lease=lease)

    def seen() -> Iterator[tuple[str, str]]:
        client = sign_in(ben)
        told = {"event": "newCall", "from": "+12105550134", "to": "101", "direction": "in"}
        record_event(read_event({**told, "callId": "1"}), now=timezone.now())
        for address in (
            "/find/suggest/?q=carla",
            reverse("ringing"),
            reverse("lease", args=[lease.account_number]),
            reverse("call", args=[draft.number]),
        ):
            yield address, unescape(client.get(address).content.decode())

    return seen


@pytest.mark.parametrize("language", ["en", "es"])
def test_each_page_says_since_when_and_by_which_case(
    theft: Case, pages: Callable[[], Iterator[tuple[str, str]]], ben: User, language: str
) -> None:
    User.objects.filter(pk=ben.pk).update(language=language)
    for address, page in pages():
        assert SAYS[language] + theft.spoken_number in page, address
        linked = f'href="{reverse("case", args=[theft.number])}?open=identity#identity"'
        assert (linked in page) == ("suggest" not in address), address  # a link has no link in it


def test_none_says_so_once_they_are_allowed_again(
    theft: Case, pages: Callable[[], Iterator[tuple[str, str]]], sofia: User, now: datetime
) -> None:
    block = IdentityBlock.objects.get()
    actions.lift_block(case=theft, block=block, reason="Era ella.", by=sofia, now=now)
    for address, page in pages():
        assert "New applications blocked" not in page, address


def test_two_queries_for_any_number_of_people(
    theft: Case, open_case: Callable[..., Case], carla: Customer, dan: Customer, dans_lease: Lease,
    ana: User, mateo: User, django_assert_num_queries: Any,
) -> None:  # fmt: skip
    second = open_case(kind="identity_theft", lease=dans_lease, summary="It wasn’t Dan.")
    with django_assert_num_queries(2):
        found = flags_of_people([carla, dan], user=ana)
    assert {key: flags.blocked_in for key, flags in found.items()} == {
        carla.pk: theft.spoken_number, dan.pk: second.spoken_number,
    }  # fmt: skip
    assert found[carla.pk].kinds == []
    with django_assert_num_queries(0):
        assert flags_of_people([carla], user=mateo) == {}


def test_whoever_works_no_cases_reads_only_that_it_is_so(
    theft: Case, lease: Lease, mateo: User, sign_in: Callable[[User], Client]
) -> None:
    page = sign_in(mateo).get(reverse("lease", args=[lease.account_number])).content.decode()
    assert "bloquead" in page or "blocked" in page
    assert theft.spoken_number not in page
    assert theft.number not in page


@pytest.fixture
def strangers(open_case: Callable[..., Case]) -> Case:
    contact = actions.Contact(
        why="identity", name="Rosa Díaz", phone="(713) 555-0188", email="rosa@example.com"
    )
    return open_case(
        lease=None, contact=contact, kind="identity_theft", summary="No es clienta nuestra."
    )


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_card_says_it_of_a_number_that_no_customer_has(
    language: str, strangers: Case, ben: User, sofia: User, settings: Any, now: datetime,
    sign_in: Callable[[User], Client],
) -> None:  # fmt: skip
    User.objects.filter(pk=ben.pk).update(language=language)
    settings.TELEPHONE_SECRETS = ["cable-submarino-de-pruebas"]
    PhoneLine.objects.create(agent=ben, extension="101")
    told = {"event": "newCall", "from": "+17135550188", "to": "101", "direction": "in"}
    record_event(read_event({**told, "callId": "1"}), now=timezone.now())
    client = sign_in(ben)

    def card() -> str:
        return unescape(client.get(reverse("ringing")).content.decode())

    shown = card()
    assert "Rosa Díaz" in shown
    assert SAYS[language] + strangers.spoken_number in shown
    assert f'href="{reverse("case", args=[strangers.number])}?open=identity#identity"' in shown
    block = IdentityBlock.objects.get()
    actions.lift_block(case=strangers, block=block, reason="Era ella.", by=sofia, now=now)
    assert "Rosa Díaz" not in card()


def test_a_stranger_costs_few_queries(
    strangers: Case, ana: User, now: datetime, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(3):
        card = caller_of("+17135550188", user=ana, now=now)
    assert card.block is not None
    assert card.block.name == "Rosa Díaz"
    assert card.people == []
