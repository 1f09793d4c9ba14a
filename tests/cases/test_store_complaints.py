"""A complaint about the sale counts against the store that made it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from cases import actions
from cases.models import Case, StoreComplaint
from cases.queries.complaints import complaints_by_store, complaints_of
from leases.models import Lease, Merchant, Store


@pytest.fixture
def sol(luna: Store) -> Store:
    merchant = Merchant.objects.create(name="Muebles Sol")
    return Store.objects.create(merchant=merchant, name="Sol Dallas", city="Dallas", state="TX")


@pytest.fixture
def complain(open_case: Callable[..., Case]) -> Callable[..., Case]:
    def complained(**fields: Any) -> Case:
        return open_case(
            **{"kind": "sale_complaint", "summary": "Le prometieron otra cosa."} | fields
        )

    return complained


def store_of(case: Case) -> Store | None:
    found = StoreComplaint.objects.filter(case=case).select_related("store").first()
    return found.store if found else None


@pytest.mark.requirement("R73")
def test_it_counts_against_the_store_of_the_lease(
    complain: Callable[..., Case], luna: Store, now: datetime
) -> None:
    case = complain()
    complaint = StoreComplaint.objects.get()
    assert (complaint.case, complaint.store, complaint.at) == (case, luna, now)


@pytest.mark.requirement("R73")
def test_the_store_that_was_named_comes_first(
    complain: Callable[..., Case], sol: Store, luna: Store, ana: User, now: datetime
) -> None:
    assert store_of(complain(answers={"sale_store": sol})) == sol
    case = complain()
    actions.answer_questions(case=case, answers={"sale_store": sol}, by=ana, now=now)
    assert store_of(case) == sol
    actions.answer_questions(case=case, answers={"sale_store": None}, by=ana, now=now)
    assert store_of(case) == luna
    assert StoreComplaint.objects.count() == 2


@pytest.mark.requirement("R73")
def test_without_a_lease_it_waits_for_a_store(
    complain: Callable[..., Case], lease: Lease, luna: Store, ana: User, now: datetime
) -> None:
    contact = actions.Contact(name="Rosa", phone="(210) 555-0177", email="", why="no_lease")
    case = complain(lease=None, contact=contact)
    assert store_of(case) is None
    actions.attach_lease(case=case, lease=lease, is_certain=True, by=ana, now=now)
    assert store_of(case) == luna
    actions.detach_lease(case=case, by=ana, now=now)
    assert store_of(case) is None


def test_other_kinds_count_against_no_one(open_case: Callable[..., Case]) -> None:
    open_case()
    assert not StoreComplaint.objects.exists()


@pytest.mark.requirement("R73")
@pytest.mark.parametrize("more", [0, 30])
def test_stores_with_their_counts_of_a_year(
    more: int,
    complain: Callable[..., Case],
    luna: Store,
    sol: Store,
    now: datetime,
    django_assert_num_queries: Any,
) -> None:
    complain(now=now - timedelta(days=366))
    complain(answers={"sale_store": sol})
    for _each in range(more):
        complain()
    counts = {sol: 1, **({luna: more} if more else {})}
    with django_assert_num_queries(2):
        assert dict(complaints_by_store(now)) == counts


@pytest.mark.requirement("R73")
def test_supervisors_see_them_and_agents_do_not(
    complain: Callable[..., Case],
    luna: Store,
    sol: Store,
    ana: User,
    sofia: User,
    sign_in: Callable[[User], Client],
    now: datetime,
) -> None:
    case = complain(now=now - timedelta(hours=1))
    other = complain(answers={"sale_store": sol}, now=now - timedelta(hours=1))
    client, stores = sign_in(sofia), reverse("complaints")
    page = client.get(stores).content.decode()
    assert "Luna San Antonio" in page
    address = reverse("store_complaints", args=[luna.pk])
    assert address in page
    listed = client.get(address).content.decode()
    assert case.number in listed
    assert other.number not in listed
    assert client.get(reverse("store_complaints", args=[luna.pk + 1000])).status_code == 404
    assert stores in client.get(reverse("monitoring")).content.decode()
    for each in (stores, address):
        assert sign_in(ana).get(each).status_code == 404
    assert stores not in sign_in(ana).get(reverse("monitoring")).content.decode()


def test_they_are_read_from_an_index(
    complain: Callable[..., Case], luna: Store, sofia: User, now: datetime
) -> None:
    for _each in range(3):
        complain()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE cases_storecomplaint")
        cursor.execute("SET LOCAL enable_seqscan = off")
    with CaptureQueriesContext(connection) as queries:
        complaints_by_store(now)
        complaints_of(luna, user=sofia)
    for query, wanted in (
        (queries.captured_queries[0], "Index Only Scan using complaint_"),
        (queries.captured_queries[-1], "complaint_of_store"),
    ):
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN {query['sql']}")
            plan = "\n".join(line for (line,) in cursor.fetchall())
        assert wanted in plan, plan


@pytest.mark.requirement("R73")
def test_the_case_says_which_store_it_counts_against(
    complain: Callable[..., Case], open_case: Callable[..., Case], sol: Store, ana: User,
    sofia: User, sign_in: Callable[[User], Client],
) -> None:  # fmt: skip
    case = complain(answers={"sale_store": sol})
    address, listed = (
        reverse("case", args=[case.number]),
        reverse("store_complaints", args=[sol.pk]),
    )
    for person, words in ((ana, "Cuenta en contra de"), (sofia, "Counts against")):
        User.objects.filter(pk=person.pk).update(language="es" if person == ana else "en")
        page = sign_in(person).get(address).content.decode()
        assert words in page
        assert page.count("Sol Dallas") > 1  # the answer, too
        assert (listed in page) == person.supervises  # the list is theirs
    other = sign_in(sofia).get(reverse("case", args=[open_case(kind="refund_owed").number]))
    assert "Counts against" not in other.content.decode()
