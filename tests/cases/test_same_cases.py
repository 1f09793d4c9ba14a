"""A call about an open case without a lease, or about a case by its number, finds it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases import actions
from cases.models import CallDraft, Case
from leases.models import Customer, Lease
from tests.pages import text

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R72", "R71")]
SENT = {"language": "es", "channel": "phone", "visibility": "internal"}
HTMX = {"HX-Request": "true"}
Send = Callable[..., HttpResponse]


@pytest.fixture
def draft(ana: User, now: datetime) -> CallDraft:
    return actions.start_call(by=ana, now=now)


@pytest.fixture
def send(draft: CallDraft, ana: User, sign_in: Callable[..., Client]) -> Send:
    client = sign_in(ana)

    def sent(headers: dict[str, str] | None = None, **fields: str) -> HttpResponse:
        address = reverse("call", args=[draft.number])
        return client.post(address, SENT | fields, headers=headers or {})

    return sent


@pytest.fixture
def rosas(open_case: Callable[..., Case]) -> Callable[..., Case]:
    """An open case without a lease."""

    def opened(**fields: Any) -> Case:
        told = {
            "why": "no_lease", "name": "Rosa Ibáñez", "phone": "(210) 555-0188",
            "email": "rosa@example.com",
        }  # fmt: skip
        return open_case(lease=None, contact=actions.Contact(**told | fields))

    return opened


def offered(page: HttpResponse) -> list[str]:
    """Their numbers, in order."""
    return re.findall(r'name="add_to" value="(\d+)"', page.content.decode())


def resolved(case: Case, ana: User, now: datetime) -> Case:
    case.refresh_from_db()
    update = actions.Update(
        body="Listo.", visibility="public", language="es", to_status="resolved",
        outcome="other_case",
    )  # fmt: skip
    return actions.update_case(case=case, version=case.version, update=update, by=ana, now=now)


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
@pytest.mark.parametrize(
    "searched", ["Rosa Ibáñez", "ibanez ros", "(210) 555-0188", "0188", "rosa@example.com"]
)
def test_who_has_no_lease_is_found_with_their_open_case(
    send: Send, rosas: Callable[..., Case], searched: str, headers: dict[str, str]
) -> None:
    case = rosas()
    rosas(name="Otra Persona", phone="(210) 555-0100", email="otra@example.com")
    page = send(headers, contract=searched, find="1")
    assert offered(page) == [case.number]
    assert f"“{searched}”" in text(page)  # no lease, which is still true
    assert "Rosa Ibáñez" in text(page)
    assert 'href="#same-cases"' in text(page)
    told = "No se encontró ningún arrendamiento. Ver el caso"  # aloud
    assert (told in text(page)) == bool(headers)
    done = send(contract=searched, summary="Llamó otra vez.", add_to=case.number)
    assert done.headers["Location"] == reverse("case", args=[case.number])
    assert case.entries.filter(body="Llamó otra vez.").exists()
    assert Case.objects.count() == 2


@pytest.mark.parametrize(
    "told",
    [
        {"contact_name": "rosa ibanez"},
        {"contact_phone": "210 555 0188"},
        {"contact_email": "Rosa@Example.com"},
        {"caller_name": "Rosa Ibáñez", "relation": "applicant"},
    ],
)
def test_what_is_told_of_them_finds_it_while_it_is_filled_in(
    send: Send, rosas: Callable[..., Case], told: dict[str, str]
) -> None:
    case = rosas()
    for headers in ({}, HTMX):
        page = send(headers, why="no_lease", fill="1", **told)
        assert offered(page) == [case.number]
        assert 'id="told"' in text(page)
        assert 'href="#same-cases"' in text(page)


@pytest.mark.parametrize(
    "told", [{"contact_name": "Rosa"}, {"contact_phone": "0188"}, {"contact_email": "rosa"}]
)
def test_half_a_name_or_number_is_no_ones(
    send: Send, rosas: Callable[..., Case], told: dict[str, str]
) -> None:
    rosas()
    assert offered(send(HTMX, why="no_lease", fill="1", **told)) == []


def test_what_has_ended_or_got_its_lease_is_not_offered_by_the_name(
    send: Send, rosas: Callable[..., Case], ana: User, lease: Lease, now: datetime
) -> None:
    resolved(rosas(), ana, now)
    of_lease = rosas()
    Case.objects.filter(pk=of_lease.pk).update(lease=lease)
    assert offered(send(contract="rosa ibanez", find="1")) == []


def test_of_others_with_the_name_only_who_is_like_the_chosen_customer(
    send: Send, rosas: Callable[..., Case], make_lease: Callable[..., Lease], carla: Customer,
    lease: Lease,
) -> None:  # fmt: skip
    other = make_lease(carla, "208855419")
    like = rosas(name="Carla Peña", phone="(210) 555-0100", email="")
    unlike = rosas(name="Carla Pérez", phone="(210) 555-0101", email="")
    every = {like.number, unlike.number}
    assert set(offered(send(contract="carla", find="1"))) == every  # no one is chosen yet
    chosen = {"contract": "carla", "searched": "carla", "choose": "1"}
    assert offered(send(HTMX, lease=other.account_number, **chosen)) == [like.number]
    assert lease.customer == carla


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
@pytest.mark.parametrize("typed", ["{}", "caso {}, por favor", "Re: [{}] Su caso"])
def test_a_case_number_finds_the_case_first_and_chooses_its_lease(
    send: Send, open_case: Callable[..., Case], lease: Lease, now: datetime, typed: str,
    headers: dict[str, str],
) -> None:  # fmt: skip
    case = open_case(kind="return")
    late = open_case(kind="late_payment", now=now + timedelta(days=1))
    for number in (case.number, case.spoken_number):
        page = send(headers, contract=typed.format(number), kind="late_payment", find="1")
        assert offered(page) == [case.number, late.number]
        assert page.context["chosen"] == lease.account_number
    sent = {"contract": case.number, "lease": lease.account_number, "summary": "Llamó."}
    assert send(add_to=case.number, **sent).status_code == 302


def test_a_number_of_a_case_without_a_lease_says_so(send: Send, rosas: Callable[..., Case]) -> None:
    case = rosas()
    page = send(contract=case.spoken_number, find="1")
    assert offered(page) == [case.number]
    assert f"El caso {case} no tiene arrendamiento." in text(page)
    assert "Ningún arrendamiento coincide" not in text(page)
    refused = send(contract=case.number, kind="other", summary="Llamó.")
    [error] = refused.context["form"].errors.as_data()["contract"]
    assert error.code == "case_without_lease"
    assert offered(refused) == [case.number]


def test_the_number_of_an_added_call_and_of_a_duplicate_lead_to_the_case_that_goes_on(
    send: Send, open_case: Callable[..., Case], ana: User, now: datetime
) -> None:
    case, double = open_case(), open_case()
    call = actions.start_call(by=ana, now=now)
    added = actions.AddedCall(channel="phone", language="es", summary="Otra vez.")
    actions.add_call_to_case(draft=call, case=double, call=added, by=ana, now=now)
    assert offered(send(contract=call.number, find="1")) == [double.number, case.number]
    double.refresh_from_db()
    actions.merge_case(case=double, into=case, by=ana, now=now)
    assert offered(send(contract=double.number, find="1")) == [case.number]


@pytest.mark.parametrize("has_lease", [True, False])
def test_one_that_has_ended_is_shown_without_a_button(
    send: Send, open_case: Callable[..., Case], rosas: Callable[..., Case], ana: User,
    lease: Lease, now: datetime, has_lease: bool,
) -> None:  # fmt: skip
    case = resolved(open_case() if has_lease else rosas(), ana, now)
    page = send(contract=case.number, find="1")
    assert offered(page) == []
    assert f'href="{reverse("case", args=[case.number])}"' in text(page)
    assert "Ya terminó" in text(page)
    assert "¿Es sobre este caso?" in text(page)
    assert page.context["chosen"] == (lease.account_number if has_lease else "")


@pytest.mark.parametrize("typed", ["260999990", "260 999 991", "\x00", "9" * 2000])
def test_a_number_of_no_case_finds_none(send: Send, typed: str) -> None:
    page = send(contract=typed, find="1")
    assert (offered(page), page.context["found"]) == ([], [])


@pytest.mark.parametrize("count", [1, 4])
@pytest.mark.parametrize(
    ("fields", "queries"),
    [
        ({"contract": "rosa ibanez", "find": "1"}, 22),
        ({"contact_name": "Rosa Ibáñez", "contact_phone": "2105550188", "fill": "1"}, 20),
        ({"contract": "number", "find": "1"}, 18),
    ],
    ids=["searched", "told", "numbered"],
)
def test_as_many_queries_for_one_case_as_for_four(
    send: Send, rosas: Callable[..., Case], django_assert_num_queries: Any, count: int,
    fields: dict[str, str], queries: int,
) -> None:  # fmt: skip
    cases = [rosas() for _each in range(count)]
    sent = {"why": "no_lease"} | fields
    if sent.get("contract") == "number":
        sent["contract"] = cases[0].number
    send(HTMX, **sent)
    with django_assert_num_queries(queries):
        page = send(HTMX, **sent)
    assert len(offered(page)) == (1 if sent.get("contract") == cases[0].number else count)
