"""The 90-day option: until when it stands, how many days are left, what it costs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import User
from leases.actions.payments import record_payment
from leases.buyout import Limits
from leases.models import Lease, Terms
from leases.option_clock import OptionClock, option_clock
from leases.queries.glance import glance

DELIVERED = date(2026, 8, 20)


def clock(today: date, **fields: Any) -> OptionClock | None:
    values: dict[str, Any] = {
        "rule": "option",
        "delivered_on": DELIVERED,
        "state": "TX",
        "limits": Limits(),
    }
    return option_clock(**values | fields, total=Decimal("615.40"), today=today)


@pytest.mark.requirement("R20", "R26")
@pytest.mark.parametrize(
    ("state", "today", "until", "left"),
    [
        ("TX", date(2026, 8, 20), date(2026, 11, 18), 90),
        ("TX", date(2026, 11, 17), date(2026, 11, 18), 1),
        ("TX", date(2026, 11, 18), date(2026, 11, 18), 0),  # the last day counts
        ("CA", date(2026, 11, 18), date(2026, 11, 20), 2),  # three months
    ],
)
def test_it_says_until_when_and_for_how_much(
    state: str, today: date, until: date, left: int
) -> None:
    found = clock(today, state=state)
    assert found == OptionClock(until, left, Decimal("615.40"))
    assert not found.is_over
    assert found.ends_soon is (left <= 10)


def test_the_day_after_it_is_over_and_has_no_price() -> None:
    found = clock(date(2026, 11, 19))
    assert found is not None
    assert (found.is_over, found.amount, found.ends_soon) == (True, None, False)


def test_other_rules_have_no_such_option() -> None:
    assert clock(DELIVERED, rule="discount") is None
    assert clock(DELIVERED, rule="ca") is None


def test_the_company_sets_its_days() -> None:
    found = clock(DELIVERED, limits=Limits(option_days=120))
    assert found is not None
    assert found.days_left == 120


@pytest.mark.requirement("R20", "R26")
def test_a_lease_shows_it_at_a_glance(
    deliver: Callable[..., Lease], ben: User, now: datetime
) -> None:
    lease = deliver(at=now - timedelta(days=20))
    before = glance(lease, now).option
    assert before is not None
    assert (before.until, before.days_left) == (date(2027, 1, 27), 70)
    assert before.amount == glance(lease, now).quote.total  # type: ignore[union-attr]
    record_payment(
        lease=lease, amount=Decimal("38.46"), method="card", by=ben, now=now, on=now.date()
    )
    after = glance(lease, now).option
    assert after is not None
    assert after.amount == before.amount - Decimal("38.46")
    over = glance(lease, now + timedelta(days=71)).option
    assert over is not None
    assert over.is_over


def test_a_contract_without_it_shows_none(deliver: Callable[..., Lease], now: datetime) -> None:
    lease = deliver()
    Terms.objects.filter(lease=lease).update(buyout_rule="discount", discount_rate="0.75")
    assert glance(lease, now).option is None


@pytest.mark.requirement("R20")
@pytest.mark.parametrize(
    ("days", "language", "words"),
    [
        (20, "es", ("Opción de 90 días", "Hasta el 27 ene 2027", "Quedan 70 días")),
        (20, "en", ("90-day option", "Until Jan 27, 2027", "70 days left")),
        (90, "en", ("last day",)),
        (91, "es", ("Terminó",)),
    ],
)
def test_the_call_page_says_it(
    days: int,
    language: str,
    words: tuple[str, ...],
    deliver: Callable[..., Lease],
    ana: User,
    now: datetime,
    sign_in: Any,
) -> None:
    lease = deliver(at=now - timedelta(days=days))
    ana.language = language
    ana.save()
    client = sign_in(ana)
    page = client.post("/calls/", {"lease": lease.account_number}, follow=True).content.decode()
    for each in words:
        assert each in page
