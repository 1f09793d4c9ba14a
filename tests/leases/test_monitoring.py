"""Watchlists: what someone has to look at, in the order to work through it."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import hypothesis
import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from hypothesis import strategies as st

from accounts.models import User
from common.pages import page
from leases import actions, clocks
from leases.actions.corrections import adjust
from leases.actions.corrections import reverse as take_back
from leases.actions.move import locked, move
from leases.actions.payments import record_payment
from leases.actions.start_schedule import start_schedule
from leases.enums import Frequency, LeaseStatus, LedgerKind, Part, PlanKind
from leases.models import (
    Customer,
    DisputedCharge,
    Lease,
    LedgerEntry,
    Plan,
    PlanPromise,
    Program,
    Refund,
    StatusEvent,
    Terms,
)
from leases.queries import monitoring
from leases.queries.ledger import standing_of
from leases.queries.monitoring import Worklist
from leases.queries.plan_list import listed_plans
from leases.queries.plans import promise_standings, promises_in_force, with_received
from leases.worklist_words import WORDS

S = LeaseStatus
DAY = timedelta(days=1)
MakeLease = Callable[..., Lease]
Promise = Callable[..., Plan]
Pay = Callable[..., LedgerEntry]


def days_before(now: datetime, days: int) -> datetime:
    """The same hour in Chicago, summer time or not."""
    return clocks.add_days(now, -days, ZoneInfo("America/Chicago"))


def rows(which: Worklist, user: User, now: datetime) -> list[Lease]:
    return monitoring.worklist_page(which, user=user, now=now).rows


def invoiced(lease: Lease, at: datetime, *, signed: bool = False) -> Lease:
    lease = actions.submit_invoice(
        lease=lease, number="F-1", total=Decimal("900.00"), by=None, now=at
    )
    return actions.sign(lease=lease, by=None, now=at + timedelta(hours=1)) if signed else lease


def left_behind(lease: Lease, signed_at: datetime) -> Lease:
    """Signed and never accepted, as after a crash between the two."""
    with transaction.atomic():
        return move(
            locked(lease), S.CONTRACTS_RECEIVED, by=None, now=signed_at, signed_at=signed_at
        )


@pytest.mark.requirement("R60")
def test_applications_without_a_decision_stand_oldest_first(
    make_lease: MakeLease, carla: Customer, dan: Customer, ana: User, now: datetime
) -> None:
    newer = make_lease(carla, "500000001", decision=S.PENDING, now=now - timedelta(minutes=2))
    older = make_lease(dan, "500000002", decision=S.PENDING, now=now - DAY)
    make_lease(carla, "500000003", decision=S.PREQUALIFIED, now=now - DAY)
    assert rows(Worklist.PENDING, ana, now) == [older, newer]
    assert monitoring.alerts(user=ana, now=now) == 2
    assert rows(Worklist.PENDING, dan.user, now) == [older]


@pytest.mark.requirement("R62")
def test_a_signed_lease_that_was_not_accepted_alerts_after_a_few_minutes(
    lease: Lease, ana: User, now: datetime, settings: Any
) -> None:
    settings.ACCEPTANCE_MINUTES = 5
    left_behind(invoiced(lease, now - DAY), now - timedelta(minutes=5))
    assert rows(Worklist.STUCK, ana, now) == [lease]
    assert monitoring.alerts(user=ana, now=now) == 1
    Lease.objects.update(signed_at=now - timedelta(minutes=4, seconds=59))
    assert rows(Worklist.STUCK, ana, now) == []
    assert monitoring.alerts(user=ana, now=now) == 0
    Lease.objects.update(signed_at=None)  # no one knows since when
    assert rows(Worklist.STUCK, ana, now) == [lease]
    assert rows(Worklist.STUCK, ana, now + 60 * DAY) == []  # contracts expired by then


def test_what_goes_its_way_alerts_nobody(
    lease: Lease, dans_lease: Lease, ana: User, now: datetime
) -> None:
    invoiced(lease, now, signed=True)
    assert monitoring.alerts(user=ana, now=now + DAY) == 0


@pytest.mark.requirement("R67")
def test_leases_with_an_invoice_stand_by_their_deadline_until_delivered(
    make_lease: MakeLease, carla: Customer, ana: User, now: datetime
) -> None:
    def applied(number: str, days_ago: int) -> Lease:
        return make_lease(carla, number, now=now - days_ago * DAY)

    tight = invoiced(applied("500000001", 89), now - 3 * DAY)  # its approval ends tomorrow
    later = invoiced(applied("500000002", 20), now - 10 * DAY, signed=True)
    middle = invoiced(applied("500000003", 60), now - 55 * DAY)
    delivered = invoiced(applied("500000004", 20), now - 10 * DAY, signed=True)
    actions.confirm_delivery(lease=delivered, by=None, now=now)
    invoiced(applied("500000005", 70), days_before(now, 60))  # over this very second
    applied("500000006", 1)
    assert rows(Worklist.INVOICES, ana, now) == [tight, middle, later]


@pytest.mark.parametrize(("ago", "soon"), [(79, False), (80, True), (89, True), (90, False)])
def test_what_expires_in_ten_days_has_a_list(
    make_lease: MakeLease, carla: Customer, ana: User, now: datetime, ago: int, soon: bool
) -> None:
    found = make_lease(carla, now=now - ago * DAY - timedelta(hours=2))
    invoiced(make_lease(carla, "500000002", now=now - 12 * DAY), now - 12 * DAY)
    assert rows(Worklist.EXPIRING, ana, now) == ([found] if soon else [])


@pytest.mark.requirement("R69")
def test_reviews_stand_by_the_day_they_began(
    make_lease: MakeLease, carla: Customer, mateo: User, now: datetime
) -> None:
    old = make_lease(carla, "500000001", decision=S.DENIED, now=now - 80 * DAY)
    young = make_lease(carla, "500000002", decision=S.DENIED, now=now - 20 * DAY)
    for lease, days in ((young, 9), (old, 2)):
        actions.place_in_review(
            lease=lease, reason="Llegó el comprobante.", by=mateo, now=now - days * DAY
        )
    found = rows(Worklist.REVIEWS, mateo, now)
    assert [(each, each.since) for each in found] == [  # type: ignore[attr-defined]
        (young, now - 9 * DAY),
        (old, now - 2 * DAY),
    ]


@pytest.mark.parametrize("decision", [S.PRE_APPROVED, S.PREQUALIFIED, S.PENDING, S.DENIED])
def test_an_application_that_came_to_nothing_is_stale_after_ninety_days(
    make_lease: MakeLease, carla: Customer, ana: User, now: datetime, decision: S
) -> None:
    lease = make_lease(carla, decision=decision, now=days_before(now, 90) + timedelta(seconds=1))
    assert rows(Worklist.STALE, ana, now) == []
    assert rows(Worklist.STALE, ana, now + timedelta(seconds=1)) == [lease]
    assert Lease.objects.get().status_at(now + DAY) == decision  # it never expires


def test_a_program_with_days_of_its_own_makes_applications_stale_by_them(
    make_lease: MakeLease, carla: Customer, ana: User, now: datetime
) -> None:
    lease = make_lease(carla, decision=S.DENIED, now=days_before(now, 45))
    other = make_lease(carla, "500000002", decision=S.DENIED, now=days_before(now, 45))
    names = {f"{name}_{code}": "x" for name in ("name", "terms", "exchange_terms")
             for code in ("en", "es")}  # fmt: skip
    lease.program = Program.objects.create(
        merchant=lease.store.merchant, code="p", frequencies=["weekly"], approval_days=45, **names
    )
    lease.save()
    assert rows(Worklist.STALE, ana, now) == [lease]
    for each in (lease, other):
        assert each.is_stale(now) == (each == lease)


def test_who_applied_again_is_not_asked_to(
    make_lease: MakeLease, carla: Customer, ana: User, now: datetime
) -> None:
    old = make_lease(carla, decision=S.PENDING, now=now - 95 * DAY)
    new = make_lease(carla, "500000002", decision=S.APPROVED, now=now)
    Lease.objects.filter(pk=new.pk).update(supersedes=old)
    assert rows(Worklist.STALE, ana, now) == []
    assert rows(Worklist.PENDING, ana, now) == []
    assert monitoring.alerts(user=ana, now=now) == 0


# --- missed promises ------------------------------------------------------------------------------
TODAY = date(2026, 11, 18)


@pytest.fixture
def owing(lease: Lease, now: datetime) -> Lease:
    """Carla's has run for ten weeks, 50.00 a week."""
    Terms.objects.create(
        lease=lease, cash_price=Decimal(1300), total=Decimal(2600), payments=52,
        frequency=Frequency.WEEKLY, state="TX", buyout_rule="option",
    )  # fmt: skip
    start_schedule(lease=lease, delivered_on=TODAY - 70 * DAY, by=None, now=now - 70 * DAY)
    return lease


@pytest.fixture
def pay(owing: Lease, ana: User, now: datetime) -> Callable[..., LedgerEntry]:
    def paid(amount: str, days_ago: int) -> LedgerEntry:
        moment = now - days_ago * DAY
        return record_payment(
            lease=owing, amount=Decimal(amount), on=moment.date(), by=ana, now=moment
        )[0]

    return paid


@pytest.fixture
def promise(lease: Lease, ana: User, now: datetime) -> Callable[..., Plan]:
    """A recovery plan, agreed twenty days ago: due days from today on → amounts."""

    def promised(*due: tuple[int, str], **fields: Any) -> Plan:
        values = {"kind": PlanKind.RECOVERY, "arrears": Decimal(200), "at": now - 20 * DAY}
        plan = Plan.objects.create(lease=lease, by=ana, **(values | fields))
        PlanPromise.objects.bulk_create(
            PlanPromise(plan=plan, number=n, due_on=TODAY + days * DAY, amount=Decimal(amount))
            for n, (days, amount) in enumerate(due, 1)
        )
        return plan

    return promised


def missed(user: User, now: datetime) -> list[tuple[Decimal, date]]:
    return [
        (lease.missing, lease.missed_on)  # type: ignore[attr-defined]
        for lease in rows(Worklist.PROMISES, user, now)
    ]


def test_a_promise_is_missed_the_day_after_its_day(
    promise: Promise, pay: Pay, ana: User, now: datetime
) -> None:
    promise((-1, "50.00"), (0, "60.00"), (7, "70.00"))
    assert missed(ana, now - DAY) == []
    assert missed(ana, now) == [(Decimal("50.00"), TODAY - DAY)]
    pay("49.99", 3)
    assert missed(ana, now) == [(Decimal("0.01"), TODAY - DAY)]
    pay("0.01", 0)  # late, and it covers the promise all the same
    assert missed(ana, now) == []
    assert missed(ana, now + DAY) == [(Decimal("60.00"), TODAY)]


def test_the_business_day_counts_not_the_day_in_utc(
    promise: Promise, owing: Lease, ana: User, now: datetime
) -> None:
    promise((0, "50.00"))
    evening = now.replace(hour=5, minute=59) + DAY  # 23:59 in Chicago, tomorrow in UTC
    assert missed(ana, evening) == []
    assert missed(ana, evening + timedelta(minutes=1)) == [(Decimal("50.00"), TODAY)]


def test_payments_cover_promises_in_the_order_they_are_due(
    promise: Promise, pay: Pay, ana: User, now: datetime
) -> None:
    promise((-14, "50.00"), (-7, "50.00"), (-7, "10.00"), (-2, "50.00"))
    assert missed(ana, now) == [(Decimal("160.00"), TODAY - 14 * DAY)]
    pay("50.00", 10)
    assert missed(ana, now) == [(Decimal("110.00"), TODAY - 7 * DAY)]
    pay("60.00", 5)
    assert missed(ana, now) == [(Decimal("50.00"), TODAY - 2 * DAY)]
    pay("90.00", 1)  # more than was promised so far
    assert missed(ana, now) == []


def test_what_was_paid_before_the_plan_or_bounced_covers_nothing(
    promise: Promise, pay: Pay, lease: Lease, ana: User, now: datetime
) -> None:
    before = pay("80.00", 30)
    promise((-14, "50.00"))
    assert missed(ana, now) == [(Decimal("50.00"), TODAY - 14 * DAY)]
    since = pay("50.00", 18)
    assert missed(ana, now) == []
    # A payment from before that bounces is owed in addition; it takes nothing from the promises.
    take_back(lease=lease, entry_id=before.pk, reason="Sin fondos.", by=ana, now=now)
    assert missed(ana, now) == []
    take_back(lease=lease, entry_id=since.pk, reason="Sin fondos.", by=ana, now=now)
    assert missed(ana, now) == [(Decimal("50.00"), TODAY - 14 * DAY)]


def test_only_recovery_plans_in_force_count(
    promise: Promise, owing: Lease, ana: User, now: datetime
) -> None:
    promise((-5, "50.00"), cancelled_at=now, cancelled_by=ana, cancel_reason="Otro plan.")
    promise((-5, "50.00"), kind=PlanKind.RESTRUCTURING)
    assert missed(ana, now) == []
    promise((-4, "20.00"))
    assert missed(ana, now) == [(Decimal("20.00"), TODAY - 4 * DAY)]


def states(lease: Lease) -> list[str]:
    return [each.state.value for plan in listed_plans(lease, TODAY) for each in plan.promises]


def test_nothing_is_missed_once_nothing_is_past_due(
    promise: Promise, owing: Lease, ana: User, sofia: User, now: datetime
) -> None:
    promise((-5, "100.00"), (5, "400.00"), arrears=Decimal(500))
    assert missed(ana, now) == [(Decimal("100.00"), TODAY - 5 * DAY)]
    assert states(owing) == ["missed", "upcoming"]
    owed = standing_of(owing, TODAY).arrears
    adjust(lease=owing, amount=Decimal("0.01") - owed, reason="Acuerdo.", by=sofia, now=now)
    assert missed(ana, now) != []
    adjust(lease=owing, amount=Decimal("-0.01"), reason="Acuerdo.", by=sofia, now=now)
    assert missed(ana, now) == []
    assert states(owing) == ["kept", "kept"]
    assert promises_in_force(owing, TODAY) == (None, [])


AMOUNTS = st.decimals(Decimal("0.01"), Decimal("99.99"), places=2)


@hypothesis.settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture],
)
@hypothesis.given(
    due=st.dictionaries(st.integers(-25, 25), AMOUNTS, min_size=1, max_size=6),
    received=AMOUNTS,
)
def test_the_list_agrees_with_the_plans_own_reading(
    owing: Lease, ana: User, now: datetime, due: dict[int, Decimal], received: Decimal
) -> None:
    """One statement over all plans, and what the page of one says."""
    with transaction.atomic():
        plan = Plan.objects.create(
            lease=owing, kind=PlanKind.RECOVERY, arrears=1, by=ana, at=now - 20 * DAY
        )
        promises = PlanPromise.objects.bulk_create(
            PlanPromise(plan=plan, number=n, due_on=TODAY + days * DAY, amount=amount)
            for n, (days, amount) in enumerate(sorted(due.items()), 1)
        )
        record_payment(lease=owing, amount=received, on=TODAY, by=ana, now=now)
        read = promise_standings(
            with_received(Plan.objects.filter(pk=plan.pk), TODAY).get(), promises, TODAY
        )
        first = [each.promise.due_on for each in read if each.missed][:1]
        assert [day for _, day in missed(ana, now)] == first
        transaction.set_rollback(True)


def past_due(lease: Lease, on: date) -> None:
    first = lease.instalments.create(number=1, due_on=on, amount=50)
    LedgerEntry.objects.create(
        lease=lease, kind=LedgerKind.CHARGE, part=Part.RENT, amount=50, effective_on=on,
        instalment=first, at=lease.applied_at,
    )  # fmt: skip


# --- the pages ------------------------------------------------------------------------------------
@pytest.fixture
def full(
    make_lease: MakeLease, carla: Customer, mateo: User, promise: Promise, owing: Lease, ana: User
) -> Callable[[int], None]:
    """This many leases on every list, by today's clock."""

    def filled(count: int) -> None:
        today = timezone.now()
        for place in range(count):
            numbers = [f"6{kind}{place:06d}" for kind in range(7)]
            make_lease(carla, numbers[0], decision=S.PENDING, now=today)
            signed = make_lease(carla, numbers[1], now=today - DAY)
            left_behind(invoiced(signed, today - DAY), today - DAY)
            make_lease(carla, numbers[2], now=today - 85 * DAY)
            review = make_lease(carla, numbers[3], decision=S.DENIED, now=today)
            actions.place_in_review(lease=review, reason="x", by=mateo, now=today)
            make_lease(carla, numbers[4], decision=S.DENIED, now=today - 120 * DAY)
            owes = make_lease(carla, numbers[5], now=today)
            past_due(owes, today.date() - 10 * DAY)
            DisputedCharge.objects.create(
                lease=owes, entry=owes.ledger.get(), amount=1, pauses_fees=True, by=ana, at=today
            )
            refunded = DisputedCharge.objects.create(
                lease=owes, entry=owes.ledger.get(), amount=1, pauses_fees=False, by=ana, at=today,
                decision="refund", decided_at=today, decided_by=ana,
            )  # fmt: skip
            Refund.objects.create(
                lease=owes, charge=refunded, amount=1, method="card", expected_on=today.date(),
                by=ana, at=today,
            )  # fmt: skip
            late = invoiced(make_lease(carla, numbers[6], now=today - 70 * DAY), today - 70 * DAY)
            actions.sign(lease=late, by=None, now=today - 70 * DAY)
            actions.report_late_delivery(
                lease=late, delivered_on=today.date() - 50 * DAY, reason="x", by=mateo, now=today
            )
            plan = Plan.objects.create(
                lease=owes, kind=PlanKind.RECOVERY, arrears=1, by=ana, at=today - 9 * DAY
            )
            PlanPromise.objects.create(
                plan=plan, number=1, due_on=today.date() - 4 * DAY, amount=Decimal(5)
            )

    return filled


@pytest.mark.parametrize("count", [1, 30])
def test_lists_of_one_and_of_thirty_cost_the_same(
    full: Callable[[int], None],
    sign_in: Callable[[User], Client],
    ana: User,
    django_assert_num_queries: Any,
    count: int,
) -> None:
    full(count)
    client = sign_in(ana)
    client.get(reverse("monitoring"))
    with django_assert_num_queries(16):  # one per list, the programs’ days, the person, two marks
        shown = {
            each["slug"]: each["count"]
            for each in client.get(reverse("monitoring")).context["lists"]
        }
    # refunds and returns are counted beside the lists of leases
    beside = {"refunds": str(count), "returns": "0"}
    assert shown == {each.value: str(count) for each in Worklist} | beside
    for each in Worklist:
        extra = each == Worklist.STALE
        with django_assert_num_queries(8 + extra):  # three for customers, stores, merchants
            page = client.get(reverse("worklist", args=[each.value]))
        assert len(page.context["lines"]) == count


@pytest.mark.parametrize("which", Worklist)
def test_every_lease_of_a_list_is_on_exactly_one_page(
    full: Callable[[int], None], ana: User, monkeypatch: pytest.MonkeyPatch, which: Worklist
) -> None:
    full(7)
    seen, after, now = [], "", timezone.now()
    while True:
        found = monitoring.worklist(which, user=ana, now=now)
        rows = page(found, order=monitoring.ORDER[which], after=after, size=3)
        seen += [lease.pk for lease in rows.rows]
        after = rows.next
        if not after:
            break
    assert len(seen) == len(set(seen)) == 7


@pytest.mark.requirement("R60")
@pytest.mark.parametrize("language", ["en", "es"])
def test_staff_see_the_alert_on_every_page(
    make_lease: MakeLease, carla: Customer, ana: User, mateo: User, sign_in: Any, language: str
) -> None:
    words = {"en": "1 alert", "es": "1 alerta"}[language]
    User.objects.update(language=language)
    for user in (ana, mateo):
        client = sign_in(user)
        assert words not in client.get(reverse("leases")).content.decode()
    make_lease(carla, decision=S.PENDING, now=timezone.now())
    for user in (ana, mateo):
        client = sign_in(user)
        for address in (reverse("leases"), reverse("lease_statuses"), reverse("monitoring")):
            assert words in client.get(address).content.decode()
    listed = sign_in(ana).get(reverse("worklist", args=["pending"])).content.decode()
    assert "104477312" in listed


def test_an_empty_list_says_that_all_is_well(ana: User, sign_in: Any) -> None:
    client = sign_in(ana)
    for each in Worklist:
        page = client.get(reverse("worklist", args=[each.value]))
        with translation.override("es"):
            words = str(WORDS[each.value].nothing)
        assert words in html.unescape(page.content.decode())
    assert client.get(reverse("worklist", args=["nonsense"])).status_code == 404
    assert set(WORDS) == {each.value for each in Worklist}


@pytest.mark.parametrize(("days_ago", "left"), [(0, "60"), (58, "2"), (59, "1"), (60, "")])
def test_the_days_left_are_days_of_the_calendar(
    make_lease: MakeLease, carla: Customer, ana: User, sign_in: Any, days_ago: int, left: str
) -> None:
    then = days_before(timezone.now(), days_ago)
    invoiced(make_lease(carla, now=then), then)
    lines = sign_in(ana).get(reverse("worklist", args=["invoices"])).context["lines"]
    assert [re.findall(r"\d+", line.time) for line in lines] == ([[left]] if left else [])


def test_counts_stop_at_a_thousand(lease: Lease, ana: User, sign_in: Any) -> None:
    fields = {"customer": lease.customer, "store": lease.store, "status": S.PENDING}
    leases = Lease.objects.bulk_create(
        Lease(account_number=f"77{n:07d}", applied_at=timezone.now(), **fields) for n in range(1002)
    )
    StatusEvent.objects.bulk_create(
        StatusEvent(lease=each, to_status=S.PENDING, rule="application", actor="merchant",
                    at=each.applied_at)
        for each in leases
    )  # fmt: skip
    shown = sign_in(ana).get(reverse("monitoring")).content.decode()
    # At its list; at the links to all in the bar, under More, in the menu; as signs and words.
    assert shown.count("1,000+") == 7
