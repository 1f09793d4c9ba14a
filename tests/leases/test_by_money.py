"""The lists of leases by their money: who is past due, and who paid off."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import User
from leases.actions import corrections
from leases.actions.payments import record_payment
from leases.models import Customer, Lease, Terms
from leases.queries.by_money import MoneyList, MoneyPage, leases_by_money
from leases.queries.ledger import standing_of
from tests.upgrades import before

pytestmark = [pytest.mark.requirement("R13", "R80"), pytest.mark.django_db]

DAY = timedelta(days=1)
WEEK = 7 * DAY
LATE = MoneyList.PAST_DUE
Queries = Callable[[int], Any]
Deliver = Callable[..., Lease]


def listed(which: MoneyList, user: User, now: datetime, after: str = "") -> MoneyPage:
    return leases_by_money(which, user=user, now=now, after=after)


def pay_off(lease: Lease, now: datetime) -> None:
    left = standing_of(lease, now.date()).balance
    record_payment(lease=lease, amount=left, on=now.date(), by=None, now=now)


def test_who_is_past_due_stands_with_the_longest_first(
    deliver: Deliver, ana: User, now: datetime
) -> None:
    newer = deliver("104477312", at=now - 3 * WEEK)
    older = deliver("104477313", at=now - 5 * WEEK)
    deliver("104477314", at=now - WEEK)  # due today
    lines = listed(LATE, ana, now).lines
    assert [line.lease for line in lines] == [older, newer]
    assert [line.on for line in lines] == [(now - 4 * WEEK).date(), (now - 2 * WEEK).date()]
    assert lines[1].amount == standing_of(newer, now.date()).arrears == Decimal("76.92")
    record_payment(
        lease=older, amount=Decimal("999.00"), on=now.date(), by=None, now=now
    )  # fmt: skip
    assert [line.lease for line in listed(LATE, ana, now).lines] == [newer]


def test_who_paid_off_last_month(deliver: Deliver, ana: User, sofia: User, now: datetime) -> None:
    """It's November 18."""
    months = {"104477312": 18, "104477313": 40, "104477314": 49, "104477315": 5}
    for number, ago in months.items():
        pay_off(deliver(number, at=now - 60 * DAY), now - ago * DAY)
    taken_back = Lease.objects.get(account_number="104477315")
    payment = taken_back.ledger.filter(kind="payment").latest("pk")
    corrections.reverse(
        lease=taken_back, entry_id=payment.pk, reason="Rebotó", by=sofia, now=now
    )  # fmt: skip

    def numbers(which: MoneyList) -> list[str]:
        return [line.lease.account_number for line in listed(which, ana, now).lines]

    assert numbers(MoneyList.LAST_MONTH) == ["104477312", "104477313"]
    assert numbers(MoneyList.PAID_OFF) == ["104477312", "104477313", "104477314"]
    assert numbers(MoneyList.THIS_MONTH) == []
    assert listed(MoneyList.PAID_OFF, ana, now).lines[0].on == date(2026, 10, 31)


@pytest.mark.parametrize("which", [MoneyList.PAST_DUE, MoneyList.PAID_OFF])
def test_the_next_page_goes_on_where_this_one_ends(
    which: MoneyList, deliver: Deliver, ana: User, now: datetime
) -> None:
    numbers = [f"1044773{place:02d}" for place in range(33)]
    for number in numbers:
        lease = deliver(number, at=now - 3 * WEEK)
        if which == MoneyList.PAID_OFF:
            pay_off(lease, now)
    first = listed(which, ana, now)
    second = listed(which, ana, now, first.page.next)
    found = [line.lease.account_number for line in (*first.lines, *second.lines)]
    assert (len(first.lines), second.page.next) == (30, "")
    assert sorted(found) == numbers
    for made_up in ("x", "W10", "bnVsbA"):
        assert listed(which, ana, now, made_up).page.is_first


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize(("status", "queries"), [("past-due", 8), ("paid-off", 5)])
def test_it_costs_the_same_for_one_and_thirty(
    status: str, queries: int, count: int, deliver: Deliver, ana: User, now: datetime,
    sign_in: Callable[[User], Client], django_assert_num_queries: Queries,
    at: Callable[[datetime], None],
) -> None:  # fmt: skip
    for place in range(count):
        lease = deliver(f"1044773{place:02d}", at=now - 3 * WEEK)
        if status == "paid-off":
            pay_off(lease, now)
    at(now)
    client = sign_in(ana)
    client.get(reverse("leases"))  # which makes the session last longer
    with django_assert_num_queries(queries):
        answer = client.get(reverse("leases"), {"status": status})
    assert len(answer.context["money"].lines) == count


@pytest.mark.parametrize(
    ("language", "late", "paid"),
    [("es", "Vencido desde", "Terminó de pagar el"), ("en", "Past due since", "Paid off on")],
)
def test_the_page_in_both_languages(
    language: str, late: str, paid: str, deliver: Deliver, ana: User, now: datetime,
    sign_in: Callable[[User], Client], at: Callable[[datetime], None],
) -> None:  # fmt: skip
    User.objects.filter(pk=ana.pk).update(language=language)
    deliver("104477312", at=now - 3 * WEEK)
    pay_off(deliver("104477313", at=now - 3 * WEEK), now)
    at(now)
    client = sign_in(ana)
    page = client.get(reverse("leases"), {"status": "past-due"}).content.decode()
    assert late in page
    assert "104477312" in page
    assert "104477313" not in page
    page = client.get(reverse("leases"), {"status": "paid-off"}).content.decode()
    assert paid in page
    assert "104477312" not in page
    assert "104477313" in page


def test_customers_see_their_own(
    deliver: Deliver, carla: Customer, dan: Customer, now: datetime
) -> None:
    """The door of the query; the page itself isn't theirs."""
    deliver("104477312", at=now - 3 * WEEK)
    assert carla.user is not None
    assert dan.user is not None
    assert len(listed(LATE, carla.user, now).lines) == 1
    assert listed(LATE, dan.user, now).lines == []


def test_an_upgrade_counts_the_leases_there_are(deliver: Deliver, now: datetime) -> None:
    deliver("104477312", at=now - 3 * WEEK)
    pay_off(deliver("104477313", at=now - 3 * WEEK), now)
    with before("leases", "0015_past_due"), connection.cursor() as cursor:
        cursor.execute("UPDATE leases_terms SET unpaid_from = NULL")
    days = dict(Terms.objects.values_list("lease__account_number", "unpaid_from"))
    assert days == {"104477312": (now - 2 * WEEK).date(), "104477313": None}


def test_an_empty_list_leads_on(ana: User, mateo: User, sign_in: Callable[[User], Client]) -> None:
    """Who works cases can search them, too; others, and empty lists, begin anew."""
    found = sign_in(ana).get(reverse("leases"), {"q": "zz & y"}).content.decode()
    assert 'class="button" href="/find/?q=zz%20%26%20y"' in found
    again = 'class="button" href="/leases/"'
    assert again in sign_in(mateo).get(reverse("leases"), {"q": "zzyzx"}).content.decode()
    assert again in sign_in(ana).get(reverse("leases"), {"status": "past-due"}).content.decode()
