"""Automatic payments: what is said, what comes too late, and that no number is ever stored."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models

from accounts.models import User
from common.company_day import business_day
from leases.actions import autopay as actions
from leases.actions.payments import record_payment
from leases.enums import AutopayChange, AutopayState, PaymentMethod
from leases.models import Autopay, AutopayEvent, Lease
from leases.queries.autopay import ask_bank_by, autopay_of, next_debits
from leases.queries.ledger import standing_of


@pytest.fixture
def funded(deliver: Callable[..., Lease]) -> Lease:
    """Carla's: weekly payments of 38.46 on Wednesdays, the first on November 25, 2026."""
    return deliver()


@contextmanager
def refused(code: str) -> Iterator[ValidationError]:
    """With this code, and nothing has changed."""
    before = [list(table.objects.order_by("pk").values()) for table in (Autopay, AutopayEvent)]
    with pytest.raises(ValidationError) as caught:
        yield
    assert caught.value.code == code
    after = [list(table.objects.order_by("pk").values()) for table in (Autopay, AutopayEvent)]
    assert after == before


def set_up(lease: Lease, by: User, now: datetime, **fields: Any) -> AutopayEvent:
    values = {"method": PaymentMethod.BANK, "overdraft_warned": True} | fields
    return actions.set_up(lease=lease, by=by, now=now, **values)


def change(lease: Lease, by: User, now: datetime, **fields: Any) -> AutopayEvent:
    values = {"method": PaymentMethod.CARD, "overdraft_warned": True} | fields
    return actions.change_method(lease=lease, by=by, now=now, **values)


def days(lease: Lease, now: datetime) -> list[date]:
    today = business_day(now)
    found = next_debits(autopay_of(lease.pk), standing_of(lease, today), today)
    return [each.on for each in found[:2]]


@pytest.mark.requirement("R28")
def test_the_first_charge_is_the_first_payment_that_is_still_in_time(
    funded: Lease, ana: User, now: datetime
) -> None:
    event = set_up(funded, ana, now)  # Wednesday the 18th; the 20th is the last day for the 25th
    assert (event.change, event.effective_on) == (AutopayChange.ENROLLED, date(2026, 11, 25))
    assert event.overdraft_warned
    assert days(funded, now) == [date(2026, 11, 25), date(2026, 12, 2)]


@pytest.mark.requirement("R28")
def test_a_payment_that_is_too_close_is_left_to_the_customer(
    funded: Lease, ana: User, now: datetime
) -> None:
    saturday = now + timedelta(days=3)
    assert set_up(funded, ana, saturday).effective_on == date(2026, 12, 2)
    assert days(funded, saturday) == [date(2026, 12, 2), date(2026, 12, 9)]


def test_a_payment_made_ahead_is_not_charged_again(funded: Lease, ana: User, now: datetime) -> None:
    set_up(funded, ana, now)
    record_payment(lease=funded, amount=Decimal("48.46"), on=business_day(now), by=ana, now=now)
    today = business_day(now)
    found = next_debits(autopay_of(funded.pk), standing_of(funded, today), today)
    assert (found[0].on, found[0].amount) == (date(2026, 12, 2), Decimal("28.46"))


@pytest.mark.requirement("R28")
@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"overdraft_warned": False}, "overdraft"),
        ({"method": PaymentMethod.CASH}, "autopay_method"),
        ({"method": ""}, "autopay_method"),
        ({"reason": "4111 1111 1111 1111"}, "account_number"),
        ({"reason": "ruta 021000021, cuenta 9876543210"}, "account_number"),
        ({"reason": "x" * 301}, "reason"),
    ],
)
def test_what_is_not_agreed_properly_is_refused(
    fields: dict[str, Any], code: str, funded: Lease, ana: User, now: datetime
) -> None:
    with refused(code):
        set_up(funded, ana, now, **fields)
    set_up(funded, ana, now)
    with refused(code):
        change(funded, ana, now, **fields)


def test_a_lease_that_is_not_funded_or_paid_has_nothing_to_charge(
    lease: Lease, ana: User, now: datetime
) -> None:
    with refused("not_funded"):
        set_up(lease, ana, now)


def test_nothing_left_to_charge(funded: Lease, ana: User, now: datetime) -> None:
    record_payment(lease=funded, amount=Decimal("2000"), on=business_day(now), by=ana, now=now)
    with refused("no_debit"):
        set_up(funded, ana, now)


@pytest.mark.requirement("R28")
def test_bank_or_card_can_be_changed_until_three_business_days_before(
    funded: Lease, ana: User, now: datetime
) -> None:
    set_up(funded, ana, now)
    friday = now + timedelta(days=2)
    event = change(funded, ana, friday)
    assert (event.method, event.effective_on) == (PaymentMethod.CARD, date(2026, 11, 25))
    saturday = now + timedelta(days=3)
    with refused("lead_time"):
        change(funded, ana, saturday, method=PaymentMethod.BANK)
    with pytest.raises(ValidationError, match=r"November 25, 2026.*November 20, 2026"):
        change(funded, ana, saturday, method=PaymentMethod.BANK)
    thursday = now + timedelta(days=8)  # Thanksgiving, the day after the charge
    assert change(funded, ana, thursday).effective_on == date(2026, 12, 2)


def test_thanksgiving_is_no_business_day_for_a_change(
    funded: Lease, ana: User, now: datetime
) -> None:
    set_up(funded, ana, now)
    change(funded, ana, now + timedelta(days=9))  # Friday the 27th, for Wednesday the 2nd
    with refused("lead_time"):
        change(funded, ana, now + timedelta(days=10))


def test_the_lead_time_is_a_setting(funded: Lease, ana: User, now: datetime, settings: Any) -> None:
    set_up(funded, ana, now)
    settings.AUTOPAY_LEAD_DAYS = 5
    with refused("lead_time"):
        change(funded, ana, now + timedelta(days=1))


@pytest.mark.requirement("R28")
def test_stopping_ends_the_charges_but_for_one_on_its_way(
    funded: Lease, ana: User, now: datetime
) -> None:
    set_up(funded, ana, now)
    saturday = now + timedelta(days=3)
    assert actions.stop(lease=funded, by=ana, now=saturday).effective_on == date(2026, 11, 26)
    assert days(funded, saturday) == [date(2026, 11, 25)]
    assert days(funded, saturday + timedelta(days=5)) == []
    with refused("autopay_none"):
        actions.stop(lease=funded, by=ana, now=saturday)
    with refused("autopay_none"):
        change(funded, ana, saturday)


def test_stopped_in_time_nothing_is_charged_and_it_can_begin_anew(
    funded: Lease, ana: User, now: datetime
) -> None:
    set_up(funded, ana, now)
    with refused("autopay_active"):
        set_up(funded, ana, now)
    actions.stop(lease=funded, by=ana, now=now)
    assert days(funded, now) == []
    again = now + timedelta(days=20)  # Tuesday, December 8
    assert set_up(funded, ana, again).effective_on == date(2026, 12, 16)
    assert days(funded, again) == [date(2026, 12, 16), date(2026, 12, 23)]
    assert Autopay.objects.get().state == AutopayState.ACTIVE


@pytest.mark.requirement("R28")
def test_nothing_is_charged_while_a_stop_payment_stands(
    funded: Lease, ana: User, now: datetime
) -> None:
    set_up(funded, ana, now)
    with refused("no_stop"):
        actions.lift_stop(lease=funded, by=ana, now=now)
    actions.flag_stop_payment(lease=funded, reason="Lo pidió a su banco.", by=ana, now=now)
    assert autopay_of(funded.pk).stop_payment_on == business_day(now)  # type: ignore[union-attr]
    assert days(funded, now) == []
    with refused("stop_stands"):
        actions.flag_stop_payment(lease=funded, by=ana, now=now)
    monday = now + timedelta(days=5)  # too late for Wednesday
    assert actions.lift_stop(lease=funded, by=ana, now=monday).effective_on == date(2026, 12, 2)
    assert days(funded, monday) == [date(2026, 12, 2), date(2026, 12, 9)]


def test_a_bank_needs_three_business_days_to_stop_a_payment() -> None:
    assert ask_bank_by(date(2026, 12, 2)) == date(2026, 11, 27)  # over Thanksgiving


def test_only_those_who_work_cases_change_it(funded: Lease, mateo: User, now: datetime) -> None:
    for act in (set_up, change):
        with pytest.raises(PermissionDenied):
            act(funded, mateo, now)
    for other in (actions.stop, actions.flag_stop_payment, actions.lift_stop):
        with pytest.raises(PermissionDenied):
            other(lease=funded, by=mateo, now=now)


@pytest.mark.requirement("R28")
def test_there_is_no_column_for_a_number() -> None:
    """Kinds, dates and text; the text refuses what looks like an account."""
    kinds = (models.CharField, models.TextField)
    texts = {
        field.name
        for table in (Autopay, AutopayEvent)
        for field in table._meta.get_fields()
        if isinstance(field, kinds) and not field.choices
    }
    assert texts == {"reason"}
