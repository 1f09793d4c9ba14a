"""A number read aloud is never lost: found, listed, finished by anyone, or discarded for good."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from cases import actions
from cases.models import CallDraft, Case
from leases.models import Lease
from tests.pages import text

SignIn = Callable[[User], Client]
LIST = "/calls/"
Queries = Any


@pytest.fixture
def draft(ana: User, lease: Lease, now: datetime) -> CallDraft:
    """Ana's, whose call was cut off."""
    draft = actions.start_call(by=ana, now=now, lease=lease)
    actions.save_draft(draft=draft, typed={"summary": "Se cortó la", "language": "es"}, by=ana)
    return draft


@pytest.fixture
def colleague(sign_in: SignIn, ben: User) -> Client:
    client = sign_in(ben)
    client.get("/cases/")  # the session's first write is not part of a page's cost
    return client


def discard(draft: CallDraft, by: User, now: datetime, reason: str = "Número equivocado.") -> None:
    actions.discard_call(draft=draft, reason=reason, by=by, now=now)


def test_a_colleague_opens_and_finishes_it(
    colleague: Client, draft: CallDraft, lease: Lease
) -> None:
    address = reverse("call", args=[draft.number])
    page = colleague.get(address).content.decode()
    assert "Ana Torres took this call (" in page
    assert "Se cortó la" in page
    answer = colleague.post(
        address,
        {
            "language": "es", "lease": lease.account_number, "kind": "payment", "channel": "phone",
            "summary": "Se cortó la llamada: pregunta por su pago.", "visibility": "internal",
        },
    )  # fmt: skip
    assert answer.headers["Location"] == reverse("case", args=[draft.number])


def test_the_agent_is_not_told_that_the_call_is_theirs(
    sign_in: SignIn, ana: User, draft: CallDraft
) -> None:
    page = sign_in(ana).get(reverse("call", args=[draft.number])).content.decode()
    assert "atendió esta llamada" not in page


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_costs_the_same_for_one_and_thirty(
    colleague: Client, ana: User, now: datetime, count: int, django_assert_num_queries: Queries
) -> None:
    for place in range(count):
        discard(actions.start_call(by=ana, now=now), ana, now + timedelta(minutes=place))
        actions.start_call(by=ana, now=now)
    for state in ("", "?state=discarded"):
        with django_assert_num_queries(5):
            answer = colleague.get(LIST + state)
        assert len(answer.context["page"].rows) == count


def test_every_unfinished_call_is_on_exactly_one_page(
    colleague: Client, ana: User, ben: User, open_case: Callable[..., Case], now: datetime
) -> None:
    started = {
        actions.start_call(by=(ana, ben)[place % 2], now=now + timedelta(minutes=place // 3)).number
        for place in range(65)
    }
    open_case()
    discard(actions.start_call(by=ana, now=now), ana, now)
    address, seen = LIST, []
    while address:
        found = colleague.get(address).context["page"]
        seen += [each.number for each in found.rows]
        address = f"{LIST}?after={found.next}" if found.next else ""
    assert len(seen) == 65
    assert set(seen) == started


@pytest.mark.parametrize("query", ["", "state=discarded"])
def test_each_list_reads_its_own_index(ana: User, query: str) -> None:
    from cases.queries.calls import listed_calls  # noqa: PLC0415

    with CaptureQueriesContext(connection) as queries:
        listed_calls(ana, discarded=bool(query), after="")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
        cursor.execute(f"EXPLAIN {queries[0]['sql']}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert ("call_draft_discarded" if query else "call_draft_unfinished_all") in plan


def test_it_is_discarded_with_a_reason_and_stays(
    colleague: Client, draft: CallDraft, ben: User
) -> None:
    address = reverse("call_discards", args=[draft.number])
    refused = colleague.post(address, {"reason": " \n"})
    assert refused.status_code == 422
    assert refused.context["discard"].has_error("reason", "required")
    assert "Se cortó la" in refused.content.decode()
    assert CallDraft.objects.unfinished().count() == 1
    done = colleague.post(address, {"reason": "Wrong number."}, follow=True)
    assert done.redirect_chain == [(LIST, 302)]
    kept = CallDraft.objects.get()
    assert (kept.discarded_by, kept.discard_reason) == (ben, "Wrong number.")
    assert kept.discarded_at is not None
    assert kept.typed["summary"] == "Se cortó la"
    assert colleague.get(LIST).context["page"].rows == []
    [listed] = colleague.get(LIST, {"state": "discarded"}).context["page"].rows
    assert listed == kept


def test_its_number_still_leads_to_what_was_typed(
    colleague: Client, sign_in: SignIn, draft: CallDraft, ben: User, mateo: User, now: datetime
) -> None:
    discard(draft, ben, now)
    found = colleague.get(reverse("find"), {"q": draft.spoken_number}, follow=True)
    page = found.content.decode()
    assert found.redirect_chain[-1][0] == reverse("call", args=[draft.number])
    for words in ("Número equivocado.", "Se cortó la", "Discarded by Ben Wright", "Ana Torres"):
        assert words in page
    outsider = sign_in(mateo).get(reverse("find"), {"q": draft.spoken_number})
    assert outsider.context["found"].problem.code == "case_unknown"


def test_what_comes_too_late_is_not_lost_and_makes_no_case(
    sign_in: SignIn, draft: CallDraft, ana: User, ben: User, lease: Lease, now: datetime
) -> None:
    """Ana's page was open while Ben discarded her call."""
    discard(draft, ben, now)
    address = reverse("call", args=[draft.number])
    client = sign_in(ana)
    late = client.post(address, {"summary": "Llamó otra vez.", "lease": lease.account_number})
    assert late.status_code == 409
    assert "Llamó otra vez." in late.content.decode()
    told = client.post(f"{address}draft/", {"summary": "Otra"})
    assert told.status_code == 410
    assert "Ben Wright la descartó." in text(told)
    call = actions.Call(lease=lease, kind="other", channel="phone", language="es", summary="Hola")
    with pytest.raises(ValidationError) as error:
        actions.open_case(draft=draft, call=call, by=ana, now=now)
    assert error.value.code == "call_discarded"
    with pytest.raises(ValidationError) as error:
        discard(draft, ana, now, "Otra vez.")
    assert error.value.code == "call_discarded"
    assert client.post(f"{address}discard/", {"reason": "x"}).headers["Location"] == address
    assert CallDraft.objects.get().typed["summary"] == "Se cortó la"
    assert not Case.objects.exists()


def test_a_finished_call_is_not_discarded(
    open_case: Callable[..., Case], ana: User, now: datetime
) -> None:
    with pytest.raises(ValidationError) as error:
        discard(open_case().calls.get(), ana, now)
    assert error.value.code == "call_finished"


def test_a_number_is_never_given_again(draft: CallDraft, ana: User, now: datetime) -> None:
    discard(draft, ana, now)
    others = {actions.start_call(by=ana, now=now).number for _ in range(3)}
    assert draft.number not in others


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM cases_calldraft",
        "UPDATE cases_calldraft SET discard_reason = 'Otra'",
        "UPDATE cases_calldraft SET discarded_at = NULL, discarded_by_id = NULL,"
        " discard_reason = ''",
    ],
)
def test_the_database_keeps_what_was_discarded(
    draft: CallDraft, ana: User, now: datetime, statement: str
) -> None:
    discard(draft, ana, now)
    with (
        pytest.raises(DatabaseError, match="Cannot"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.parametrize(
    "half", [{"discard_reason": "Nadie"}, {"discarded_at": datetime(2026, 11, 18, 16, tzinfo=UTC)}]
)
def test_nothing_is_discarded_by_half(draft: CallDraft, half: dict[str, Any]) -> None:
    with (
        pytest.raises(DatabaseError, match="call_draft_discarded_by_somebody"),
        transaction.atomic(),
    ):
        CallDraft.objects.update(**half)


def test_ones_own_are_told_apart_by_name_and_phone(
    sign_in: SignIn, ana: User, draft: CallDraft, now: datetime
) -> None:
    begun = actions.start_call(by=ana, now=now + timedelta(minutes=5))
    typed = {"contact_name": "Rosa Luna", "contact_phone": "+19155550188"}
    actions.save_draft(draft=begun, typed=typed, by=ana)
    page = text(sign_in(ana).get("/cases/"))
    for said in ("Carla Peña", "(210) 555-0134", "Rosa Luna", "(915) 555-0188"):
        assert said in page
