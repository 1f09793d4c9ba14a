"""Writing to the ledger: what is refused changes nothing, what was wrong is taken back exactly."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction

from accounts.models import User
from common.company_day import business_day
from leases.actions import corrections, payments
from leases.enums import LedgerKind as K
from leases.enums import Part
from leases.models import Customer, Instalment, Lease, LedgerEntry, Plan
from leases.queries.ledger import standing_of
from leases.schedule import Standing
from tests.threads import at_once

WEEK = timedelta(weeks=1)


@pytest.fixture
def funded(deliver: Callable[..., Lease]) -> Lease:
    """Carla's: 51 payments of 38.46 and one of 38.54, the first on November 25, 2026."""
    return deliver()


@pytest.fixture
def later(now: datetime) -> datetime:
    """Four payments are past due: those of November 25 to December 16."""
    return now + 5 * WEEK - timedelta(days=2)


@pytest.fixture
def pay(funded: Lease, ana: User, later: datetime) -> Callable[..., list[LedgerEntry]]:
    def paid(amount: str, **fields: Any) -> list[LedgerEntry]:
        moment = fields.pop("now", later)
        return payments.record_payment(
            lease=fields.pop("lease", funded), amount=Decimal(amount),
            on=fields.pop("on", business_day(moment)), by=ana, now=moment, **fields,
        )  # fmt: skip

    return paid


def fee(lease: Lease, amount: str, at: datetime, number: int = 1) -> LedgerEntry:
    return LedgerEntry.objects.create(
        lease=lease, kind=K.FEE, part=Part.FEES, amount=Decimal(amount), breakdown={},
        effective_on=business_day(at), instalment=lease.instalments.get(number=number), at=at,
    )  # fmt: skip


def owed(lease: Lease, at: datetime) -> Standing:
    return standing_of(lease, business_day(at))


@contextmanager
def refused(code: str) -> Iterator[None]:
    """With this code, and no ledger has changed."""
    before = list(LedgerEntry.objects.order_by("pk").values())
    with pytest.raises(ValidationError) as caught:
        yield
    assert caught.value.code == code
    assert list(LedgerEntry.objects.order_by("pk").values()) == before


# --- the schedule ------------------------------------------------------------------------------


def test_a_delivery_charges_every_instalment_on_its_day(funded: Lease) -> None:
    agreed = list(funded.instalments.all())
    assert [each.amount for each in agreed] == [Decimal("38.46")] * 51 + [Decimal("38.54")]
    assert (agreed[0].due_on, agreed[-1].due_on) == (date(2026, 11, 25), date(2027, 11, 17))
    charges = funded.ledger.filter(kind=K.CHARGE, part=Part.RENT)
    assert [(one.effective_on, one.amount) for one in charges] == [
        (each.due_on, each.amount) for each in agreed
    ]


@pytest.mark.parametrize(
    ("frequency", "count"), [("weekly", 52), ("biweekly", 26), ("semimonthly", 24), ("monthly", 12)]
)
def test_twelve_months_of_each_frequency(
    deliver: Callable[..., Lease], frequency: str, count: int
) -> None:
    lease = deliver(frequency=frequency)
    assert lease.instalments.count() == count
    assert sum(line.amount for line in lease.ledger.all()) == Decimal("2000.00")


# --- payments ----------------------------------------------------------------------------------


def test_a_payment_covers_what_is_due_then_fees_then_what_is_to_come(
    funded: Lease, later: datetime, pay: Callable[..., list[LedgerEntry]]
) -> None:
    fee(funded, "5.00", later)
    assert owed(funded, later).arrears == Decimal("158.84")  # 4 × 38.46 + 5
    rent, fees = pay("200.00", method="cash", reference="R-7")
    assert (rent.part, rent.amount, fees.part, fees.amount) == (
        Part.RENT, Decimal("-195.00"), Part.FEES, Decimal("-5.00"),
    )  # fmt: skip
    assert rent.batch == fees.batch
    after = owed(funded, later)
    assert (after.arrears, after.received) == (0, Decimal("195.00"))
    assert after.balance == Decimal("1805.00")


@pytest.mark.parametrize(
    ("amount", "fields", "code"),
    [
        ("0", {}, "amount"),
        ("-5.00", {}, "amount"),
        ("NaN", {}, "amount"),
        ("Infinity", {}, "amount"),
        ("1e12", {}, "amount"),
        ("10.005", {}, "amount_cents"),
        ("2000.01", {}, "overpaid"),
        ("0.01", {"part": Part.FEES}, "overpaid"),
    ],
)
def test_amounts_that_cannot_be(
    pay: Callable[..., list[LedgerEntry]], amount: str, fields: dict[str, Any], code: str
) -> None:
    with refused(code):
        pay(amount, **fields)


def test_tomorrow_has_not_been_paid(pay: Callable[..., list[LedgerEntry]], later: datetime) -> None:
    with refused("future_date"):
        pay("10.00", on=business_day(later) + timedelta(days=1))


def test_today_is_where_the_company_is(
    pay: Callable[..., list[LedgerEntry]], later: datetime
) -> None:
    evening = later.replace(hour=3)  # still the day before in Chicago
    with refused("future_date"):
        pay("10.00", now=evening, on=evening.date())


def test_a_lease_without_a_schedule_takes_no_money(
    dans_lease: Lease, pay: Callable[..., list[LedgerEntry]]
) -> None:
    with refused("no_schedule"):
        pay("10.00", lease=dans_lease)


def test_the_whole_lease_can_be_paid_and_not_a_cent_more(
    funded: Lease, later: datetime, pay: Callable[..., list[LedgerEntry]]
) -> None:
    pay("2000.00")
    assert (owed(funded, later).balance, owed(funded, later).paid_count) == (0, 52)
    with refused("overpaid"):
        pay("0.01")


def test_the_same_number_is_one_payment(pay: Callable[..., list[LedgerEntry]]) -> None:
    first = pay("10.00", external_id="form-1")
    assert pay("10.00", external_id="form-1") == first
    with refused("recorded_before"):
        pay("11.00", external_id="form-1")
    assert LedgerEntry.objects.filter(kind=K.PAYMENT).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_payments_at_once_cannot_pay_more_than_the_lease_costs(
    funded: Lease, later: datetime, pay: Callable[..., list[LedgerEntry]]
) -> None:
    pay("1900.00")
    results = at_once(partial(pay, "60.00"), partial(pay, "60.00"))
    errors = [one for one in results if isinstance(one, ValidationError)]
    assert [error.code for error in errors] == ["overpaid"]
    assert owed(funded, later).balance == Decimal("40.00")


@pytest.mark.django_db(transaction=True)
def test_a_form_sent_twice_at_once_is_one_payment(
    funded: Lease, later: datetime, pay: Callable[..., list[LedgerEntry]]
) -> None:
    twice = at_once(*[partial(pay, "60.00", external_id="form-1")] * 2)
    assert twice[0] == twice[1]
    assert owed(funded, later).received == 60


# --- corrections -------------------------------------------------------------------------------


def test_reversing_takes_back_all_lines_of_a_payment_exactly(
    funded: Lease, later: datetime, sofia: User, pay: Callable[..., list[LedgerEntry]]
) -> None:
    fee(funded, "5.00", later)
    before = owed(funded, later)
    rent, fees = pay("200.00")
    reversals = corrections.reverse(
        lease=funded, entry_id=fees.pk, reason=" Cheque sin fondos ", by=sofia, now=later
    )
    assert [(each.reverses_id, each.amount) for each in reversals] == [
        (rent.pk, Decimal("195.00")), (fees.pk, Decimal("5.00")),
    ]  # fmt: skip
    assert {(each.reason, each.by) for each in reversals} == {("Cheque sin fondos", sofia)}
    assert owed(funded, later) == before
    for each in (rent, reversals[0], funded.ledger.filter(kind=K.CHARGE)[0]):
        with refused("not_reversible"):
            corrections.reverse(lease=funded, entry_id=each.pk, reason="x", by=sofia, now=later)


@pytest.mark.django_db(transaction=True)
def test_one_payment_is_reversed_once_even_at_once(
    funded: Lease, later: datetime, sofia: User, pay: Callable[..., list[LedgerEntry]]
) -> None:
    entry = pay("60.00")[0]
    reverse = partial(
        corrections.reverse, lease=funded, entry_id=entry.pk, reason="x", by=sofia, now=later
    )
    results = at_once(reverse, reverse)
    assert [one.code for one in results if isinstance(one, ValidationError)] == ["not_reversible"]
    assert owed(funded, later).received == 0


def test_a_moved_instalment_goes_back_where_it_was(
    funded: Lease, later: datetime, sofia: User
) -> None:
    before = owed(funded, later)
    first = funded.instalments.get(number=1)
    moved: dict[str, Any] = {
        "lease": funded, "kind": K.ADJUSTMENT, "part": Part.RENT, "instalment": first,
        "reason": "Plan", "at": later,
    }  # fmt: skip
    down = LedgerEntry.objects.create(**moved, amount=-first.amount, effective_on=first.due_on)
    LedgerEntry.objects.create(
        **moved, amount=first.amount, effective_on=first.due_on + 9 * WEEK, batch=down.batch
    )
    assert owed(funded, later).past_due == before.past_due - first.amount
    corrections.reverse(lease=funded, entry_id=down.pk, reason="x", by=sofia, now=later)
    assert owed(funded, later) == before


def test_a_fee_is_waived_in_parts_and_never_beyond(
    funded: Lease, later: datetime, sofia: User
) -> None:
    charged = fee(funded, "5.00", later)
    waive = partial(
        corrections.waive, lease=funded, entry_id=charged.pk, reason="Cortesía", by=sofia, now=later
    )
    waive(amount=Decimal("2.00"))
    assert owed(funded, later).fees == 3
    with refused("waiver_total"):
        waive(amount=Decimal("3.01"))
    with refused("fee_waived"):
        corrections.reverse(lease=funded, entry_id=charged.pk, reason="x", by=sofia, now=later)
    last = waive(amount=Decimal("3.00"))
    assert owed(funded, later).fees == 0
    corrections.reverse(lease=funded, entry_id=last.pk, reason="x", by=sofia, now=later)
    assert owed(funded, later).fees == 3


def test_what_was_paid_of_a_fee_is_not_waived(
    funded: Lease, later: datetime, sofia: User, pay: Callable[..., list[LedgerEntry]]
) -> None:
    charged = fee(funded, "5.00", later)
    pay("4.00", part=Part.FEES)
    with refused("waiver_total"):
        corrections.waive(
            lease=funded, entry_id=charged.pk, amount=Decimal(2), reason="x", by=sofia, now=later
        )


def test_only_fees_are_waived(
    funded: Lease, later: datetime, sofia: User, pay: Callable[..., list[LedgerEntry]]
) -> None:
    entry = pay("4.00")[0]
    with refused("not_a_fee"):
        corrections.waive(
            lease=funded, entry_id=entry.pk, amount=Decimal(2), reason="x", by=sofia, now=later
        )


def test_an_adjustment_changes_a_balance_either_way(
    funded: Lease, later: datetime, sofia: User
) -> None:
    adjust = partial(corrections.adjust, lease=funded, reason="Importe mal cobrado", by=sofia)
    adjust(amount=Decimal("-20.00"), now=later)
    assert owed(funded, later).balance == 1980
    adjust(amount=Decimal("7.50"), part=Part.FEES, now=later)
    assert (owed(funded, later).fees, owed(funded, later).balance) == (
        Decimal("7.50"), Decimal("1987.50"),
    )  # fmt: skip
    for amount, part, code in [
        ("0", Part.RENT, "amount"),
        ("NaN", Part.RENT, "amount"),
        ("-0.001", Part.RENT, "amount_cents"),
        ("-1980.01", Part.RENT, "adjustment_total"),
        ("-7.51", Part.FEES, "adjustment_total"),
    ]:
        with refused(code):
            adjust(amount=Decimal(amount), part=part, now=later)


def test_every_correction_says_why(
    funded: Lease, later: datetime, sofia: User, pay: Callable[..., list[LedgerEntry]]
) -> None:
    entry, charged = pay("4.00")[0], fee(funded, "5.00", later)
    same: dict[str, Any] = {"lease": funded, "by": sofia, "now": later}
    for reason in ("", "  ", "x" * 301):
        with refused("reason"):
            corrections.reverse(**same, entry_id=entry.pk, reason=reason)
        with refused("reason"):
            corrections.waive(**same, entry_id=charged.pk, amount=Decimal(1), reason=reason)
        with refused("reason"):
            corrections.adjust(**same, amount=Decimal(1), reason=reason)


def test_another_leases_movement_is_as_if_it_were_missing(
    funded: Lease, deliver: Callable[..., Lease], dan: Customer, later: datetime, sofia: User,
    pay: Callable[..., list[LedgerEntry]],
) -> None:  # fmt: skip
    other = deliver("208855419", customer=dan)
    entry, charged = pay("4.00", lease=other)[0], fee(other, "5.00", later)
    same: dict[str, Any] = {"lease": funded, "reason": "x", "by": sofia, "now": later}
    for entry_id in (entry.pk, 10**9):
        with refused("foreign_entry"):
            corrections.reverse(**same, entry_id=entry_id)
    with refused("foreign_entry"):
        corrections.waive(**same, entry_id=charged.pk, amount=Decimal(1))


# --- what the database holds -------------------------------------------------------------------


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE leases_ledgerentry SET amount = 0.01 WHERE lease_id = %s",
        "DELETE FROM leases_ledgerentry WHERE lease_id = %s",
        "UPDATE leases_instalment SET due_on = due_on + 7 WHERE lease_id = %s",
        "DELETE FROM leases_instalment WHERE lease_id = %s",
    ],
)
def test_the_ledger_is_only_ever_added_to(funded: Lease, sql: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [funded.pk])
    assert sum(line.amount for line in funded.ledger.all()) == 2000


def test_an_entry_names_only_what_is_of_its_own_lease(
    funded: Lease, deliver: Callable[..., Lease], dan: Customer, later: datetime, ana: User,
    pay: Callable[..., list[LedgerEntry]],
) -> None:  # fmt: skip
    other = deliver("208855419", customer=dan)
    theirs: dict[str, Any] = {
        "instalment": Instalment.objects.get(lease=other, number=1),
        "plan": Plan.objects.create(lease=other, kind="recovery", arrears=1, by=ana, at=later),
    }
    for name, foreign in theirs.items():
        with pytest.raises(IntegrityError, match="not its own"), transaction.atomic():
            LedgerEntry.objects.create(
                lease=funded, kind=K.ADJUSTMENT, part=Part.RENT, amount=1, reason="x",
                effective_on=business_day(later), at=later, **{name: foreign},
            )  # fmt: skip
    foreign, own = pay("4.00", lease=other)[0], pay("4.00")[0]
    for reverses, amount, part in [(foreign, 4, Part.RENT), (own, 3, Part.RENT), (own, 4, "fees")]:
        with pytest.raises(IntegrityError, match="not its own"), transaction.atomic():
            LedgerEntry.objects.create(
                lease=funded, kind=K.REVERSAL, part=part, amount=amount, reason="x",
                reverses=reverses, effective_on=business_day(later), at=later,
            )  # fmt: skip


@pytest.mark.requirement("R28")
@pytest.mark.parametrize("reference", ["4111 1111 1111 1111", "021000021 123456789"])
def test_no_card_or_bank_number_gets_into_the_ledger(
    deliver: Callable[..., Lease], now: datetime, sofia: User, reference: str
) -> None:
    lease = deliver()
    before = lease.ledger.count()

    for act in (
        lambda: payments.record_payment(
            lease=lease, amount=Decimal(5), on=business_day(now), reference=reference,
            by=sofia, now=now,
        ),
        lambda: corrections.adjust(
            lease=lease, amount=Decimal(5), part=Part.RENT, reason=f"Tarjeta {reference}",
            by=sofia, now=now,
        ),
    ):  # fmt: skip
        with pytest.raises(ValidationError) as refused:
            act()
        assert refused.value.code == "account_number"
    assert lease.ledger.count() == before
