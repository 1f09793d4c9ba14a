"""Late fees: how much, when, only once, and in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import translation

from accounts.models import User
from common.company_day import business_day
from leases import ledger_words
from leases.actions import charge_late_fees, corrections, payments
from leases.enums import LedgerKind as K
from leases.fee_words import explain
from leases.late_fees import LateFeeRule, fee_for
from leases.models import Lease, LedgerEntry, StateRule
from leases.queries.ledger import standing_of
from leases.schedule import ScheduleRow, State
from leases.tasks import charge_late_fees as task
from tests.days import days_ago
from tests.threads import at_once

D = Decimal
DAY = timedelta(days=1)
RULES = import_module("leases.migrations.0002_state_rules")

CA = LateFeeRule("CA", D(5), "instalment", D(2), D(2), D(5), 2, 6, "§1812.626")
NY = LateFeeRule("NY", D(10), "delinquent", D(3), D(5), None, 3, 7, "§501")
WV = LateFeeRule("WV", D(5), "instalment", D(0), D(0), D(15), 3, 5, "§46B")


def late(days: int, amount: str = "38.46", paid: str = "0.00") -> ScheduleRow:
    due = date(2027, 3, 4)
    state = State.OVERDUE if days else State.DUE
    return ScheduleRow(7, 7, due, D(amount), D(paid), state, days, due, D(amount))


@pytest.mark.parametrize(
    ("rule", "frequency", "days", "amount", "paid", "expected"),
    [
        # no fee for a payment "less than three days late", or less than seven
        (CA, "weekly", 2, "38.46", "0", None),
        (CA, "weekly", 3, "38.46", "0", "2.00"),  # 1.92, at least 2
        (CA, "weekly", 3, "60.00", "0", "3.00"),
        (CA, "weekly", 3, "166.67", "0", "5.00"),  # 8.33, at most 5
        (CA, "weekly", 3, "60.00", "59.99", "3.00"),  # of the whole payment, not of what is left
        (CA, "monthly", 6, "166.67", "0", None),
        (CA, "monthly", 7, "166.67", "0", "5.00"),
        # "after" so many days
        (NY, "weekly", 3, "38.46", "0", None),
        (NY, "weekly", 4, "38.46", "0", "3.85"),
        (NY, "weekly", 4, "38.46", "20.00", "3.00"),  # 1.85, at least 3
        (NY, "monthly", 7, "166.67", "0", None),
        (NY, "monthly", 8, "166.67", "0", "16.67"),
        (NY, "monthly", 8, "166.67", "136.67", "5.00"),  # 3.00, at least 5
        (WV, "weekly", 3, "38.46", "0", None),
        (WV, "weekly", 4, "38.46", "0", "1.92"),
        (WV, "biweekly", 5, "76.92", "0", None),
        (WV, "biweekly", 6, "76.92", "0", "3.85"),
        (WV, "monthly", 6, "400.00", "0", "15.00"),  # 20.00, at most 15
        (WV, "weekly", 40, "38.46", "38.46", None),
        (WV, "weekly", 40, "0.05", "0", None),  # less than half a cent
    ],
)
def test_the_figures_of_each_state(
    rule: LateFeeRule, frequency: str, days: int, amount: str, paid: str, expected: str | None
) -> None:
    fee = fee_for(late(days, amount, paid), frequency, rule)
    assert (fee and fee.amount) == (D(expected) if expected else None)


@pytest.mark.requirement("R23")
@pytest.mark.parametrize(
    ("language", "rule", "words"),
    [
        (
            "en",
            CA,
            "Payment 7 was due on March 4, 2027, and was 8 days late when the fee was charged."
            " Under the rule for California, once a payment is 3 days late, the fee is 5% of the"
            " payment ($38.46). The minimum fee is $2.00 and the maximum is $5.00.",
        ),
        (
            "es",
            CA,
            "El pago 7 vencía el 4 de marzo de 2027 y tenía 8 días de atraso cuando se aplicó"
            " el cargo. Según la regla de California, cuando un pago tiene 3 días de atraso, el"
            " cargo es el 5% del pago ($38.46). El cargo mínimo es de $2.00 y el máximo, de $5.00.",
        ),
        (
            "en",
            NY,
            "Payment 7 was due on March 4, 2027, and was 8 days late when the fee was charged."
            " Under the rule for New York, once a payment is 4 days late, the fee is 10% of the"
            " unpaid part ($38.46). The minimum fee is $3.00.",
        ),
        (
            "es",
            WV,
            "El pago 7 vencía el 4 de marzo de 2027 y tenía 8 días de atraso cuando se aplicó"
            " el cargo. Según la regla de Virginia Occidental, cuando un pago tiene 4 días de"
            " atraso, el cargo es el 5% del pago ($38.46). El cargo máximo es de $15.00.",
        ),
    ],
)
def test_every_fee_is_explained_in_plain_words(
    language: str, rule: LateFeeRule, words: str
) -> None:
    fee = fee_for(late(8), "weekly", rule)
    assert fee is not None
    with translation.override(language):
        assert explain(fee.breakdown).replace("\u00a0", " ") == words


def test_a_breakdown_from_elsewhere_is_explained_as_far_as_it_goes() -> None:
    assert explain(None) == explain({}) == explain({"base": "x", "percent": "5"}) == ""
    assert explain({"most": "5.00"}) == "The maximum fee is $5.00."


# --- charging them -----------------------------------------------------------------------------


@pytest.fixture
def california(db: None) -> StateRule:
    """As installed; transactional tests start with empty tables."""
    RULES.add(apps, None)
    return StateRule.objects.get(state="CA")


@pytest.fixture
def lease(deliver: Callable[..., Lease], california: StateRule) -> Lease:
    """Weekly payments from November 25, signed in California."""
    return deliver(state="CA")


def test_the_installed_rules_begin_on_the_day_the_law_allows(db: None) -> None:
    """California allows no fee below this many days late; New York and West Virginia allow one
    after.
    """
    first = {
        rule.state: (rule.grace_days_weekly + 1, rule.grace_days_longer + 1)
        for rule in StateRule.objects.filter(late_fee_percent__gt=0)
    }
    assert first == {"CA": (3, 7), "NY": (4, 8), "WV": (4, 6)}
    assert "§1812.626" in StateRule.objects.get(state="CA").source


def test_a_companys_own_rule_is_left(california: StateRule) -> None:
    own = {"grace_days_weekly": 3, "grace_days_longer": 7, "source": "Our counsel, 2026."}
    StateRule.objects.filter(pk=california.pk).update(**own)
    RULES.add(apps, None)
    assert StateRule.objects.values(*own).get(state="CA") == own


def fees(lease: Lease) -> list[tuple[int, Decimal]]:
    found = lease.ledger.filter(kind=K.FEE).order_by("instalment__number")
    return [(fee.instalment.number, fee.amount) for fee in found if fee.instalment]


@pytest.mark.requirement("R23")
def test_each_late_instalment_has_one_fee_with_its_breakdown(
    lease: Lease, california: StateRule, now: datetime
) -> None:
    first_late = now + 7 * DAY + 3 * DAY
    assert charge_late_fees(now=first_late - DAY) == 0
    assert charge_late_fees(now=first_late) == 1
    assert charge_late_fees(now=first_late) == 0
    assert charge_late_fees(now=first_late + 7 * DAY) == 1
    assert charge_late_fees(now=first_late + 30 * DAY) == 3
    assert fees(lease) == [(number, D("2.00")) for number in range(1, 6)]
    entry = lease.ledger.filter(kind=K.FEE).first()
    assert entry is not None
    assert entry.breakdown == {
        "instalment": 1, "due_on": "2026-11-25", "days_late": 3, "unpaid": "38.46",
        "state": "CA", "percent": "5", "of": "instalment", "base": "38.46",
        "least": "2.00", "most": "5.00", "grace_days": 2, "source": california.source,
    }  # fmt: skip
    assert (entry.effective_on, entry.by) == (business_day(first_late), None)


def test_what_is_paid_in_time_costs_nothing(lease: Lease, now: datetime, ana: User) -> None:
    due = now + 7 * DAY
    payments.record_payment(
        lease=lease, amount=D("38.46"), on=business_day(due), by=ana, now=due + DAY
    )
    assert charge_late_fees(now=due + 5 * DAY) == 0
    payments.record_payment(  # a cent of the next one is missing
        lease=lease, amount=D("38.45"), on=business_day(due), by=ana, now=due + DAY
    )
    charge_late_fees(now=due + 20 * DAY)
    assert fees(lease)[0] == (2, D("2.00"))


def paid(
    lease: Lease, on: datetime, entered: datetime, by: User, amount: str = "38.46"
) -> LedgerEntry:
    lines = payments.record_payment(
        lease=lease, amount=D(amount), on=business_day(on), by=by, now=entered
    )
    return lines[0]


def reversed_fees(lease: Lease) -> list[tuple[int, str, User | None]]:
    found = lease.ledger.filter(reverses__kind=K.FEE).order_by("instalment__number")
    return [(each.instalment.number, each.reason, each.by) for each in found if each.instalment]


@pytest.mark.requirement("R23")
def test_a_payment_made_in_time_and_entered_late_takes_its_fee_back(
    lease: Lease, now: datetime, ana: User
) -> None:
    due = now + 7 * DAY
    entered = due + 12 * DAY
    charge_late_fees(now=entered)
    assert [number for number, _ in fees(lease)] == [1, 2]
    paid(lease, due + 2 * DAY, entered, ana)  # the last day of grace
    assert reversed_fees(lease) == [(1, "paid_in_time", ana)]
    standing = standing_of(lease, business_day(entered))
    assert (standing.fees, standing.past_due) == (D("2.00"), D("38.46"))
    assert charge_late_fees(now=entered) == 0
    line = lease.ledger.get(reverses__kind=K.FEE)
    for language, words in (
        ("en", "The payment was made on time"), ("es", "El pago se hizo a tiempo"),
    ):  # fmt: skip
        with translation.override(language):
            assert ledger_words.reason(line) == ledger_words.public_reason(line) == words


def test_a_fee_stays_where_the_payment_was_late_too_small_or_bounced(
    lease: Lease, now: datetime, ana: User, sofia: User
) -> None:
    due, entered = now + 7 * DAY, now + 13 * DAY
    bounced = paid(lease, due, due, ana)
    corrections.reverse(lease=lease, entry_id=bounced.pk, reason="x", by=sofia, now=entered)
    charge_late_fees(now=entered)
    paid(lease, due, entered, ana, "38.45")
    paid(lease, due + 3 * DAY, entered, ana, "0.01")  # the day the fee arises
    assert reversed_fees(lease) == []
    paid(lease, due, entered, ana, "0.01")
    assert [number for number, *_ in reversed_fees(lease)] == [1]


def test_a_fee_that_somebody_waived_a_part_of_is_left_to_people(
    lease: Lease, now: datetime, ana: User, sofia: User
) -> None:
    due, entered = now + 7 * DAY, now + 13 * DAY
    charge_late_fees(now=entered)
    fee = lease.ledger.get(kind=K.FEE)
    same = {"lease": lease, "reason": "x", "by": sofia, "now": entered}
    corrections.waive(**same, entry_id=fee.pk, amount=D("0.50"))
    paid(lease, due, entered, ana)
    assert reversed_fees(lease) == []


def test_a_payment_moved_after_its_fee_was_not_paid_in_time(
    lease: Lease, now: datetime, ana: User
) -> None:
    first, entered = lease.instalments.get(number=1), now + 13 * DAY
    charge_late_fees(now=entered)
    for amount, on in ((-first.amount, first.due_on), (first.amount, first.due_on + 9 * DAY)):
        LedgerEntry.objects.create(
            lease=lease, kind=K.ADJUSTMENT, part="rent", amount=amount, effective_on=on,
            instalment=first, reason="Plan", at=entered + DAY,
        )  # fmt: skip
    paid(lease, now + 7 * DAY, entered + 2 * DAY, ana, "1.00")
    assert reversed_fees(lease) == []


def test_a_fee_taken_back_does_not_come_again(lease: Lease, now: datetime, sofia: User) -> None:
    moment = now + 12 * DAY
    charge_late_fees(now=moment)
    entry = lease.ledger.get(kind=K.FEE)
    corrections.reverse(lease=lease, entry_id=entry.pk, reason="Error", by=sofia, now=moment)
    assert charge_late_fees(now=moment + DAY) == 0
    assert standing_of(lease, business_day(moment)).fees == 0


def test_a_moved_instalment_is_late_from_its_new_day(lease: Lease, now: datetime) -> None:
    first = lease.instalments.get(number=1)
    for amount, on in ((-first.amount, first.due_on), (first.amount, first.due_on + 60 * DAY)):
        LedgerEntry.objects.create(
            lease=lease, kind=K.ADJUSTMENT, part="rent", amount=amount, effective_on=on,
            instalment=first, reason="Plan", at=now,
        )  # fmt: skip
    charge_late_fees(now=now + 12 * DAY)
    assert fees(lease) == []


@pytest.mark.parametrize("state", ["TX", "OH"])
def test_a_state_without_a_percentage_has_no_late_fees(
    deliver: Callable[..., Lease], now: datetime, state: str
) -> None:
    lease = deliver(state=state)
    assert charge_late_fees(now=now + 90 * DAY) == 0
    assert fees(lease) == []


def test_what_was_past_due_before_it_was_recorded_here_is_left_alone(
    lease: Lease, now: datetime
) -> None:
    """An import: payments due months ago, charged today."""
    moment = now + 400 * DAY
    old = lease.instalments.create(number=53, due_on=business_day(now + 300 * DAY), amount=10)
    LedgerEntry.objects.create(
        lease=lease, kind=K.CHARGE, part="rent", amount=10, effective_on=old.due_on,
        instalment=old, at=moment,
    )  # fmt: skip
    assert charge_late_fees(now=moment) == 52
    assert 53 not in dict(fees(lease))


@pytest.mark.django_db(transaction=True)
def test_two_beats_at_once_charge_each_fee_once(lease: Lease, now: datetime) -> None:
    charge = partial(charge_late_fees, now=now + 40 * DAY)
    done = at_once(charge, charge, charge)
    assert sum(done) == len(fees(lease)) == 5  # type: ignore[arg-type]


def test_a_run_asks_as_much_for_many_leases_as_for_one(
    deliver: Callable[..., Lease], california: StateRule, now: datetime,
    django_assert_num_queries: Callable[[int], object],
) -> None:  # fmt: skip
    for number in range(6):
        deliver(f"10447731{number}", state="CA")
    with django_assert_num_queries(2):  # type: ignore[attr-defined]
        assert charge_late_fees(now=now + DAY) == 0
    with django_assert_num_queries(10):  # type: ignore[attr-defined]
        assert charge_late_fees(now=now + 12 * DAY) == 6
    with django_assert_num_queries(2):  # type: ignore[attr-defined]
        assert charge_late_fees(now=now + 12 * DAY) == 0


def test_the_beat_charges(deliver: Callable[..., Lease], california: StateRule) -> None:
    lease = deliver(state="CA", at=days_ago(12))
    task()
    assert fees(lease) == [(1, D("2.00"))]
