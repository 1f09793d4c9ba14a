"""Late fees wait while a charge is under review, and start over once it's decided."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as some

from accounts.models import User
from leases.actions import charge_late_fees, corrections, disputed_charges, payments
from leases.enums import ChargeReason, LedgerKind
from leases.fee_pauses import Pause, counts_from, pause_until
from leases.fee_words import explain
from leases.models import DisputedCharge, Lease, Program, Terms

pytestmark = pytest.mark.requirement("R77")

D = Decimal
DAY = timedelta(days=1)
DUE = date(2027, 3, 4)
RULES = import_module("leases.migrations.0002_state_rules")


def day(offset: int) -> date:
    return DUE + offset * DAY


@pytest.mark.parametrize(
    ("pauses", "today", "expected"),
    [
        ([], 40, 0),
        ([Pause(None, None)], 40, None),  # under review
        ([Pause(None, day(10))], 10, None),  # decided today
        ([Pause(None, day(10))], 11, 10),
        ([Pause(day(20), None)], 20, None),  # the longest pause isn't over
        ([Pause(day(20), None)], 21, 20),
        ([Pause(day(20), day(10))], 15, 10),  # whichever comes first
        ([Pause(day(20), day(30))], 31, 20),
        ([Pause(None, day(-5))], 3, 0),  # over before it was due
        ([Pause(None, day(10)), Pause(None, day(12))], 20, 12),
        ([Pause(None, day(10)), Pause(None, None)], 20, None),
    ],
)
def test_from_when_a_payment_counts_as_late(
    pauses: list[Pause], today: int, expected: int | None
) -> None:
    found = counts_from(DUE, pauses, day(today))
    assert found == (None if expected is None else day(expected))


@given(
    some.lists(
        some.tuples(some.none() | some.integers(-9, 60), some.none() | some.integers(-9, 60))
    )
)
def test_no_pause_makes_a_payment_later_than_it_is(
    ends: list[tuple[int | None, int | None]],
) -> None:
    pauses = [Pause(None if a is None else day(a), None if b is None else day(b)) for a, b in ends]
    start = counts_from(DUE, pauses, day(30))
    assert start is None or DUE <= start < day(30)


def test_the_longest_pause_begins_on_the_day_of_the_dispute() -> None:
    assert pause_until(DUE, 30) == day(30)
    assert pause_until(DUE, None) is None


# --- charging them -----------------------------------------------------------------------------


@pytest.fixture
def lease(deliver: Callable[..., Lease]) -> Lease:
    """Weekly payments from November 25, signed in California: a fee once one is 3 days late."""
    RULES.add(apps, None)
    return deliver(state="CA")


@pytest.fixture
def dispute(lease: Lease, ana: User) -> Callable[..., DisputedCharge]:
    def disputed(at: datetime, number: int = 1, *, pauses_fees: bool = True) -> DisputedCharge:
        entry = lease.ledger.get(kind=LedgerKind.CHARGE, instalment__number=number)
        [charge] = disputed_charges.dispute_charges(
            Lease.objects.get(pk=lease.pk), {entry.pk: None}, pauses_fees=pauses_fees, by=ana,
            now=at,
        )  # fmt: skip
        return charge

    return disputed


def reject(charge: DisputedCharge, by: User, now: datetime) -> None:
    disputed_charges.reject_charge(charge, reason=ChargeReason.AS_AGREED, by=by, now=now)


def fees(lease: Lease) -> list[int | None]:
    found = lease.ledger.filter(kind=LedgerKind.FEE).order_by("instalment__number")
    return list(found.values_list("instalment__number", flat=True))


@pytest.mark.django_db
def test_a_payment_under_review_bears_no_fee_and_the_others_do(
    lease: Lease, dispute: Callable[..., DisputedCharge], now: datetime
) -> None:
    dispute(now + 7 * DAY)
    charge_late_fees(now=now + 30 * DAY)
    assert fees(lease) == [2, 3]
    charge_late_fees(now=now + 30 * DAY)
    assert fees(lease) == [2, 3]


@pytest.mark.django_db
def test_what_a_returned_payment_had_covered_bears_no_fee_and_the_others_do(
    lease: Lease, ana: User, sofia: User, now: datetime
) -> None:
    later = now + 15 * DAY
    [paid] = payments.record_payment(
        lease=lease, amount=D("76.92"), on=later.date(), by=None, now=later, tells_customer=False
    )
    [back] = corrections.reverse(
        lease=lease, entry_id=paid.pk, reason="Devuelto", by=sofia, now=later
    )
    [charge] = disputed_charges.dispute_charges(
        Lease.objects.get(), {back.pk: None}, pauses_fees=True, by=ana, now=later
    )
    charge_late_fees(now=now + 30 * DAY)
    assert fees(lease) == [3]
    reject(charge, sofia, now + 30 * DAY)
    charge_late_fees(now=now + 32 * DAY)
    assert fees(lease) == [3, 4]
    charge_late_fees(now=now + 33 * DAY)
    assert fees(lease) == [1, 2, 3, 4]


@pytest.mark.django_db
def test_a_decision_brings_no_fee_by_surprise(
    lease: Lease, dispute: Callable[..., DisputedCharge], sofia: User, now: datetime
) -> None:
    charge = dispute(now + 7 * DAY)
    reject(charge, sofia, now + 40 * DAY)
    payments.record_payment(
        lease=lease, amount=D("153.84"), on=(now + 40 * DAY).date(), tells_customer=False, by=None,
        now=now + 40 * DAY,
    )  # fmt: skip
    for after in (40, 41, 42):
        charge_late_fees(now=now + after * DAY)
        assert 1 not in fees(lease)


@pytest.mark.django_db
def test_what_stays_unpaid_bears_one_after_the_whole_grace_period(
    lease: Lease, dispute: Callable[..., DisputedCharge], sofia: User, now: datetime
) -> None:
    reject(dispute(now + 7 * DAY), sofia, now + 40 * DAY)
    charge_late_fees(now=now + 42 * DAY)
    assert 1 not in fees(lease)
    charge_late_fees(now=now + 43 * DAY)
    assert 1 in fees(lease)
    fee = lease.ledger.get(kind=LedgerKind.FEE, instalment__number=1)
    with translation.override("en"):
        told = explain(fee.breakdown).replace("\u00a0", " ")
    assert (
        "We counted the days from December 28, 2026, when our review of the charge ended." in told
    )
    # Paid within the grace period that began with the decision: the fee is taken back.
    payments.record_payment(
        lease=lease, amount=D("38.46"), on=(now + 42 * DAY).date(), part="rent",
        tells_customer=False, by=None, now=now + 44 * DAY,
    )  # fmt: skip
    assert hasattr(lease.ledger.get(pk=fee.pk), "reversed_by")


@pytest.mark.django_db
def test_the_program_can_limit_the_pause_or_have_none(
    lease: Lease, dispute: Callable[..., DisputedCharge], program: Program, now: datetime
) -> None:
    Program.objects.update(pause_days=10)
    dispute(now + 7 * DAY)
    Program.objects.update(pauses_fees=False)
    dispute(now + 14 * DAY, number=2)
    charge_late_fees(now=now + 18 * DAY)
    assert fees(lease) == [2]
    charge_late_fees(now=now + 20 * DAY)
    assert fees(lease) == [1, 2]


@pytest.mark.django_db
def test_a_reason_without_a_pause_has_none(
    lease: Lease, dispute: Callable[..., DisputedCharge], now: datetime
) -> None:
    dispute(now + 7 * DAY, pauses_fees=False)
    charge_late_fees(now=now + 10 * DAY)
    assert fees(lease) == [1]


@pytest.mark.django_db
def test_what_waits_is_looked_at_again_after_the_decision(
    lease: Lease, dispute: Callable[..., DisputedCharge], now: datetime
) -> None:
    dispute(now + 7 * DAY)
    charge_late_fees(now=now + 12 * DAY)
    assert Terms.objects.get().late_from == (now + 7 * DAY).date()
