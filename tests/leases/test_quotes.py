"""Quotes as snapshots, the purchase in the ledger, and both in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import translation

from accounts.models import User
from leases import quote_words
from leases.actions.buy_out import buy_out
from leases.actions.corrections import reverse
from leases.actions.payments import record_payment
from leases.actions.plans import agree_recovery, restructure
from leases.actions.quote_buyout import quote_buyout
from leases.enums import BuyoutRule, LedgerKind, Part, Spread
from leases.models import BuyoutQuote, Customer, Lease, LedgerEntry, Program, Terms
from leases.plan_terms import Payment
from leases.queries.buyout import QuoteState, is_current, state_of, with_states
from leases.queries.ledger import standing_of
from leases.queries.missed import with_missed_promises
from leases.queries.plan_list import listed_plans
from leases.schedule import State
from tests.leases.contracts import deliver, pay

D = Decimal
TODAY = date(2026, 11, 18)  # of `now`, and the due day of the 20th payment


@pytest.fixture
def contract(
    make_lease: Callable[..., Lease], carla: Customer, now: datetime
) -> Callable[..., Lease]:
    """Carla's, delivered 20 weeks ago with 20 payments made; terms as given."""

    def made(payments_made: int = 20, *, weeks: int = 20, **terms: Any) -> Lease:
        delivered = now - timedelta(weeks=weeks)
        lease = deliver(make_lease(carla, now=delivered), delivered, **terms)
        if payments_made:
            pay(lease, payments_made, now)
        return lease

    return made


def quoted(lease: Lease, now: datetime, by: User | None = None) -> BuyoutQuote:
    return quote_buyout(lease=lease, by=by, now=now)


def code(error: pytest.ExceptionInfo[ValidationError]) -> str:
    return str(error.value.code)


# --- the snapshot --------------------------------------------------------------------------------
@pytest.mark.requirement("R26", "R27")
def test_a_quote_keeps_the_figure_and_everything_it_was_made_from(
    contract: Callable[..., Lease], ana: User, now: datetime
) -> None:
    quote = quoted(contract(), now, ana)
    quote.refresh_from_db()
    assert (quote.total, quote.tax) == (D("923.10"), D("0.00"))
    assert (quote.cash_price, quote.cost_of_lease, quote.lease_total) == (
        D("1000.00"), D("1000.00"), D("2000.00"),
    )  # fmt: skip
    assert (quote.remaining, quote.saving) == (D("1230.80"), D("307.70"))
    assert (quote.rule, quote.is_ceiling) == ("discount", False)
    assert (quote.by, quote.at, quote.as_of) == (ana, now, TODAY)
    assert quote.inputs["contract"] == {
        "rule": "discount", "stage": "discount", "amount": "923.10",
    }  # fmt: skip
    assert {name: quote.inputs[name] for name in ("C", "T", "N", "k", "P", "paid", "arrears")} == {
        "C": "1000.00", "T": "2000.00", "N": "52", "k": "20.00", "P": "38.46", "paid": "769.20",
        "arrears": "0.00",
    }  # fmt: skip


@pytest.mark.requirement("R27")
@pytest.mark.parametrize(
    ("state", "total"), [("NY", "615.38"), ("HI", "615.38"), ("CA", "615.38"), ("OH", "615.40"),
                         ("WV", "615.40"), ("TX", "923.10")]
)  # fmt: skip
def test_the_state_of_signing_limits_the_price(
    state: str, total: str, contract: Callable[..., Lease], now: datetime
) -> None:
    quote = quoted(contract(state=state), now)
    assert quote.total == D(total)
    assert quote.is_ceiling is (state != "TX")
    assert quote.inputs["contract"]["amount"] == "923.10"


def test_what_is_past_due_is_in_the_figure_once(
    contract: Callable[..., Lease], now: datetime
) -> None:
    quote = quoted(contract(18), now)  # the 19th is past due, the 20th is due today
    assert quote.inputs["arrears"] == "38.46"
    assert quote.total == D("990.41")  # 38.46 + 0.75 × 1269.26
    assert quote.remaining == D("1307.72")


def test_a_payment_begun_ahead_counts(contract: Callable[..., Lease], now: datetime) -> None:
    lease = contract(20, state="HI")
    record_payment(lease=lease, amount=D("19.23"), on=TODAY, part="rent", by=None, now=now)
    quote = quoted(lease, now)
    assert quote.inputs["left"] == "31.50"
    assert quote.total == D("605.77")  # 1000 × 31.5/52


@pytest.mark.parametrize("spread", Spread.values)
@pytest.mark.parametrize(("paid", "total", "k"), [(20, "615.38", "20.00"), (0, "1000.00", "0.00")])
def test_a_restructuring_makes_buying_no_dearer(
    contract: Callable[..., Lease], program: Program, ana: User, now: datetime,
    spread: str, paid: int, total: str, k: str,
) -> None:  # fmt: skip
    Program.objects.filter(pk=program.pk).update(restructuring_payments=4)
    lease = contract(paid, weeks=paid, state="HI", buyout_rule="hi")
    Lease.objects.filter(pk=lease.pk).update(program=program)
    assert quoted(lease, now).total == D(total)
    restructure(
        lease=lease, count=4, percent=50, spread=spread, note="Menos horas.", by=ana, now=now
    )
    quote = quoted(lease, now)
    assert (quote.total, quote.inputs["k"]) == (D(total), k)


def test_a_quote_is_never_changed(contract: Callable[..., Lease], now: datetime) -> None:
    quote = quoted(contract(), now)
    with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
        BuyoutQuote.objects.filter(pk=quote.pk).update(total=1)
    with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
        quote.delete()


# --- where there is none -------------------------------------------------------------------------
def test_only_a_delivered_lease_has_a_figure(lease: Lease, now: datetime) -> None:
    with pytest.raises(ValidationError) as error:
        quoted(lease, now)
    assert code(error) == "not_funded"


def test_a_lease_without_terms_has_no_figure(contract: Callable[..., Lease], now: datetime) -> None:
    with pytest.raises(ValidationError) as error:
        quoted(contract(0, state=""), now)
    assert code(error) == "no_terms"


def test_a_lease_without_a_schedule_has_no_figure(
    contract: Callable[..., Lease], now: datetime
) -> None:
    """Its terms were entered after the delivery."""
    lease = contract(0, state="")
    Terms.objects.create(
        lease=lease, cash_price=1000, total=2000, payments=52, frequency="weekly", state="TX",
        buyout_rule="option",
    )  # fmt: skip
    with pytest.raises(ValidationError) as error:
        quoted(lease, now)
    assert code(error) == "no_schedule"


def test_nothing_is_left_of_a_lease_paid_in_full(
    contract: Callable[..., Lease], now: datetime
) -> None:
    lease = contract(51)
    pay(lease, 1, now, "38.54")
    with pytest.raises(ValidationError) as error:
        quoted(lease, now)
    assert code(error) == "nothing_left"
    assert not BuyoutQuote.objects.exists()


# --- how long it holds ---------------------------------------------------------------------------
@pytest.mark.requirement("R27")
@pytest.mark.parametrize(
    ("fields", "until"),
    [
        ({}, date(2026, 11, 25)),  # through the day the next payment falls due
        ({"payments_made": 19}, TODAY),  # which may be today
        ({"payments_made": 40}, date(2026, 11, 28)),  # else ten days
        # The option ends 90 days after the delivery of August 21.
        (
            {"payments_made": 15, "weeks": 12, "buyout_rule": "option", "discount_rate": None},
            date(2026, 11, 24),
        ),
    ],
)
def test_it_holds_while_the_figure_stays_true(
    fields: dict[str, Any], until: date, contract: Callable[..., Lease], now: datetime
) -> None:
    assert quoted(contract(**fields), now).valid_until == until


def test_the_days_are_a_setting(
    contract: Callable[..., Lease], now: datetime, settings: Any
) -> None:
    settings.BUYOUT_VALID_DAYS = 3
    assert quoted(contract(), now).valid_until == date(2026, 11, 21)


def test_it_expires_after_its_last_day(contract: Callable[..., Lease], now: datetime) -> None:
    quote = quoted(contract(), now)
    assert is_current(quote, quote.valid_until)
    assert state_of(quote, quote.valid_until + timedelta(days=1)) == QuoteState.EXPIRED


def test_any_movement_overtakes_it_within_the_same_second(
    contract: Callable[..., Lease], now: datetime
) -> None:
    lease = contract()
    before = quoted(lease, now)
    pay(lease, 1, now)
    after = quoted(lease, now)
    assert state_of(before, TODAY) == QuoteState.OVERTAKEN
    assert state_of(after, TODAY) == QuoteState.VALID


def test_the_state_of_many_quotes_takes_two_queries(
    contract: Callable[..., Lease], now: datetime, django_assert_num_queries: Any
) -> None:
    lease = contract()
    for _each in range(30):
        quoted(lease, now)
    for count in (1, 30):
        quotes = list(lease.quotes.all()[:count])
        with django_assert_num_queries(2):
            assert len(with_states(lease, quotes, TODAY)) == count


# --- the purchase --------------------------------------------------------------------------------
def bought(lease: Lease, quote: BuyoutQuote, by: User, now: datetime) -> list[LedgerEntry]:
    return buy_out(lease=lease, quote_id=quote.pk, method="check", reference="991", by=by, now=now)


def balances(lease: Lease) -> set[Decimal]:
    """What is owed at the end of each day with a line from TODAY on."""
    lines = list(lease.ledger.all())
    days = {line.effective_on for line in lines if line.effective_on >= TODAY}
    return {sum(each.amount for each in lines if each.effective_on <= day) for day in days}


@pytest.mark.requirement("R27")
@pytest.mark.parametrize(
    ("made", "terms"),
    [
        (20, {}),
        (17, {}),  # two past due
        (20, {"tax_rate": D("8.25")}),
        (0, {"state": "OH", "total": D("1000")}),
        (18, {"state": "WV", "tax_rate": D("6")}),
    ],
)
def test_after_the_purchase_nothing_is_owed_on_any_day(
    made: int, terms: dict[str, Any], contract: Callable[..., Lease], ana: User, now: datetime
) -> None:
    lease = contract(made, **terms)
    quote = quoted(lease, now)
    lines = bought(lease, quote, ana, now)
    owed = standing_of(lease, TODAY)
    assert (owed.balance, owed.arrears, owed.next) == (0, 0, None)
    assert balances(lease) == {D("0.00")}
    assert -sum(line.amount for line in lines if line.kind == LedgerKind.PAYMENT) == quote.total
    assert {(line.by, line.batch) for line in lines} == {(ana, lines[0].batch)}


def test_payments_made_ahead_stay_a_credit_until_they_fall_due(
    contract: Callable[..., Lease], ana: User, now: datetime
) -> None:
    lease = contract(47, state="OH")
    before = sum(line.amount for line in lease.ledger.filter(effective_on__lte=TODAY))
    bought(lease, quoted(lease, now), ana, now)
    assert sum(line.amount for line in lease.ledger.filter(effective_on__lte=TODAY)) == before
    assert sum(line.amount for line in lease.ledger.all()) == 0


def test_a_purchase_ends_the_promises_over_the_arrears(
    contract: Callable[..., Lease], program: Program, ana: User, irene: User, now: datetime
) -> None:
    lease = contract(18, buyout_rule="oh")
    Lease.objects.filter(pk=lease.pk).update(program=program)
    Program.objects.filter(pk=program.pk).update(recovery_payments=1)
    moment = now + timedelta(days=1)  # two are past due
    plan = agree_recovery(
        lease=lease, promises=[Payment(TODAY + timedelta(days=3), D("76.92"))], by=ana, now=moment
    ).plan
    lines = bought(lease, quoted(lease, moment), ana, moment)
    week_on = TODAY + timedelta(days=7)

    def missed() -> int:
        return with_missed_promises(Lease.objects.all(), today=week_on).count()

    assert missed() == 0
    [listed] = listed_plans(lease, week_on)
    assert not listed.in_force
    assert [each.state.value for each in listed.promises] == ["kept"]
    reverse(lease=lease, entry_id=lines[0].pk, reason="Rebotó.", by=irene, now=moment)
    plan.refresh_from_db()
    assert (plan.fulfilled_at, plan.broken_at) == (moment, moment)
    assert missed() == 1  # what is owed again hasn't been paid, and the plan says so
    [listed] = listed_plans(lease, week_on)
    assert [each.state.value for each in listed.promises] == ["missed"]


def test_lifted_payments_do_not_count_as_paid(
    contract: Callable[..., Lease], ana: User, now: datetime
) -> None:
    lease = contract()
    bought(lease, quoted(lease, now), ana, now)
    owed = standing_of(lease, TODAY)
    assert owed.paid_count == 20
    assert {row.state for row in owed.rows[20:]} == {State.LIFTED}
    assert owed.received == D("1692.30")  # 769.20 + 923.10


def test_a_price_below_the_arrears_lifts_the_rest_of_them(
    contract: Callable[..., Lease], ana: User, now: datetime
) -> None:
    """Ohio: half of what was paid covers all of the price but 20.05; 38.46 × 18 are past due."""
    lease = contract(1, state="OH", cash_price=D("39.28"), total=D("2000"))
    quote = quoted(lease, now)
    assert quote.total == D("20.05")
    bought(lease, quote, ana, now)
    owed = standing_of(lease, TODAY)
    assert (owed.balance, owed.past_due) == (0, 0)
    assert owed.rows[1].paid == D("20.05")


def test_tax_is_charged_and_paid_beside_the_fees(
    contract: Callable[..., Lease], ana: User, now: datetime
) -> None:
    lease = contract(tax_rate=D("10"))
    lines = bought(lease, quoted(lease, now), ana, now)
    of_fees = [(line.kind, line.amount, line.reason) for line in lines if line.part == Part.FEES]
    assert of_fees == [
        ("adjustment", D("92.31"), "buyout_tax"), ("payment", D("-92.31"), "buyout_tax"),
    ]  # fmt: skip


def test_reversing_the_payment_takes_back_the_whole_purchase(
    contract: Callable[..., Lease], ana: User, sofia: User, now: datetime
) -> None:
    """A returned check: the lease continues as before, and the quote is void."""
    lease = contract(18)
    before = standing_of(lease, TODAY)
    quote = quoted(lease, now)
    lines = bought(lease, quote, ana, now)
    assert state_of(quote, TODAY) == QuoteState.USED
    reverse(lease=lease, entry_id=lines[-1].pk, reason="Returned check", by=sofia, now=now)
    assert standing_of(lease, TODAY) == before
    assert state_of(quote, TODAY) == QuoteState.OVERTAKEN


def test_a_purchase_received_in_time_may_be_written_down_later(
    contract: Callable[..., Lease], ana: User, now: datetime
) -> None:
    lease = contract()
    quote = quoted(lease, now)
    later = now + timedelta(days=9)  # expired on the 25th, and the 21st payment is past due
    buy_out(lease=lease, quote_id=quote.pk, on=date(2026, 11, 24), by=ana, now=later)
    assert standing_of(lease, date(2026, 11, 27)).balance == 0
    assert balances(lease) == {D("0.00")}


def refused(lease: Lease, quote_id: int, by: User, now: datetime, on: date | None = None) -> str:
    before = lease.ledger.count()
    with pytest.raises(ValidationError) as error:
        buy_out(lease=lease, quote_id=quote_id, on=on, by=by, now=now)
    assert lease.ledger.count() == before
    return code(error)


@pytest.mark.requirement("R27")
def test_only_a_quote_that_holds_can_be_paid(
    contract: Callable[..., Lease], dans_lease: Lease, ana: User, now: datetime
) -> None:
    lease = contract()
    quote = quoted(lease, now)
    assert refused(dans_lease, quote.pk, ana, now) == "foreign_quote"
    assert refused(lease, 0, ana, now) == "foreign_quote"
    assert refused(lease, quote.pk, ana, now + timedelta(days=8)) == "quote_expired"
    assert refused(lease, quote.pk, ana, now, TODAY - timedelta(days=1)) == "payment_day"
    assert refused(lease, quote.pk, ana, now, TODAY + timedelta(days=1)) == "payment_day"
    pay(lease, 1, now)
    assert refused(lease, quote.pk, ana, now) == "quote_stale"
    again = quoted(lease, now)
    bought(lease, again, ana, now)
    assert refused(lease, again.pk, ana, now) == "quote_used"
    with pytest.raises(ValidationError) as error:
        quoted(lease, now)
    assert code(error) == "nothing_left"


# --- in words ------------------------------------------------------------------------------------
WORDS = [
    ("discount", 20, {}, "75% of the upcoming payments ($1,230.80) = $923.10."),
    ("discount", 18, {}, "Past due $38.46 + 75% of the upcoming payments ($1,269.26) = $990.41."),
    (
        "option",
        11,
        {"weeks": 12, "option_fee": D("25")},
        "Cash price $1,000.00 + option fee $25.00 − lease payments received $423.06 = $601.94.",
    ),
    ("option", 20, {"discount_rate": None}, "Upcoming payments $1,230.80."),
    ("ny", 20, {}, "Cash price $1,000.00 × 32 of 52 payments = $615.38."),
    ("ny", 51, {}, "One payment, the minimum under this rule, $38.46."),
    ("ca", 11, {"weeks": 12}, "Cash price $1,000.00 − lease payments received $423.06 = $576.94."),
    (
        "oh",
        20,
        {},
        "Cash price $1,000.00 − half of the lease payments received ($769.20) = $615.40.",
    ),
    (
        "wv",
        20,
        {},
        "Upcoming payments $1,230.80 × cash price $1,000.00 ÷ total of payments $2,000.00"
        " = $615.40.",
    ),
]


@pytest.mark.requirement("R27")
@pytest.mark.parametrize(("rule", "made", "fields", "words"), WORDS)
def test_the_formula_in_words(
    rule: str,
    made: int,
    fields: dict[str, Any],
    words: str,
    contract: Callable[..., Lease],
    now: datetime,
) -> None:
    quote = quoted(contract(made, buyout_rule=rule, **fields), now)
    with translation.override("en"):
        assert quote_words.formula(quote.rule, quote.inputs) == words
        assert quote_words.limit(quote.inputs) == ""


@pytest.mark.requirement("R27")
def test_the_formula_and_its_effect_in_spanish(
    contract: Callable[..., Lease], now: datetime
) -> None:
    quote = quoted(contract(18, state="NY", tax_rate=D("8")), now)
    with translation.override("es"):
        assert quote_words.formula(quote.rule, quote.inputs) == (
            "Saldo vencido $38.46 + precio al contado $1,000.00 × 33 de 52 pagos = $673.08."
            " Más el 8% de impuesto sobre las ventas ($53.85): $726.93 en total."
        )
        assert quote_words.limit(quote.inputs) == (
            "La regla del estado limita el precio. Según el contrato, sería de $990.41."
        )
        assert "ya no habrá más pagos por hacer" in quote_words.effect()


def test_a_contract_below_the_states_rule_names_no_limit(
    contract: Callable[..., Lease], now: datetime
) -> None:
    quote = quoted(contract(buyout_rule="ny", state="OH"), now)  # 615.38 against 615.40
    assert (quote.total, quote.is_ceiling) == (D("615.38"), False)
    assert quote_words.limit(quote.inputs) == ""


def test_a_capped_figure_says_so(contract: Callable[..., Lease], now: datetime) -> None:
    """50 of 52 payments of 19.23 made: half of them leaves more than the two that are left."""
    quote = quoted(contract(25, buyout_rule="oh", total=D("1000")), now)
    assert (quote.total, quote.remaining, quote.saving) == (D("38.50"), D("38.50"), 0)
    with translation.override("en"):
        assert "more than what’s left to pay" in quote_words.formula(quote.rule, quote.inputs)


def test_every_rule_and_stage_has_words() -> None:
    from leases.buyout import Stage  # noqa: PLC0415

    assert set(quote_words._TERMS) == set(Stage)
    assert {quote_words.rule_name(rule, {"stage": "share"}) for rule in BuyoutRule}
