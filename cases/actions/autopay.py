"""Changes of automatic payments, each confirmed to the customer with amounts and days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import takewhile
from typing import Any

from django.conf import settings
from django.db import transaction

from accounts.models import User
from cases.enums import TemplateKey
from cases.mail.lease_mail import enqueue_lease_mail
from common.company_day import business_day
from leases import debits
from leases.actions import autopay
from leases.enums import AutopayChange
from leases.models import AutopayEvent, Lease
from leases.queries.autopay import next_debits
from leases.queries.ledger import standing_of

#: Days in the mail, of the same amount each.
SHOWN = 4
CHARGED = {AutopayChange.ENROLLED, AutopayChange.METHOD_CHANGED, AutopayChange.STOP_LIFTED}


def set_up(*, lease: Lease, by: User, now: datetime, **agreed: Any) -> AutopayEvent:
    """These take what the actions of `leases.actions.autopay` take, and raise what they raise."""
    return _confirmed(autopay.set_up, lease, by, now, agreed)


def change_method(*, lease: Lease, by: User, now: datetime, **agreed: Any) -> AutopayEvent:
    return _confirmed(autopay.change_method, lease, by, now, agreed)


def stop(*, lease: Lease, by: User, now: datetime, **agreed: Any) -> AutopayEvent:
    return _confirmed(autopay.stop, lease, by, now, agreed)


def flag_stop_payment(*, lease: Lease, by: User, now: datetime, **agreed: Any) -> AutopayEvent:
    return _confirmed(autopay.flag_stop_payment, lease, by, now, agreed)


def lift_stop(*, lease: Lease, by: User, now: datetime, **agreed: Any) -> AutopayEvent:
    return _confirmed(autopay.lift_stop, lease, by, now, agreed)


@transaction.atomic
def _confirmed(
    action: Callable[..., AutopayEvent],
    lease: Lease,
    by: User,
    now: datetime,
    agreed: dict[str, Any],
) -> AutopayEvent:
    event = action(lease=lease, by=by, now=now, **agreed)
    held = event.change == AutopayChange.METHOD_CHANGED and bool(event.autopay.stop_payment_on)
    amount, days = _coming(lease, event, held, business_day(now))
    enqueue_lease_mail(
        lease,
        TemplateKey.AUTOPAY_CHANGED,
        key=f"autopay_changed:{event.pk}",
        now=now,
        change=event.change,
        method=event.method,
        amount=str(amount),
        dates=[each.isoformat() for each in days],
        overdraft_warned=event.overdraft_warned,
        held=held,
        last_charge_on=_last_charge(event, business_day(now)),
    )
    return event


def _coming(
    lease: Lease, event: AutopayEvent, held: bool, today: date
) -> tuple[Decimal, list[date]]:
    """What is charged next; or, where nothing is charged, what the customer pays."""
    standing = standing_of(lease, today)
    since = today if held else event.effective_on
    if event.change in CHARGED and not held:
        coming = next_debits(event.autopay, standing, today)
    else:
        lead = settings.AUTOPAY_LEAD_DAYS
        coming = debits.debits(standing.rows, since=since, lead=lead, today=today)
    coming = [each for each in coming if each.on >= since]
    if not coming:
        return Decimal("0.00"), []
    amount = coming[0].amount
    days = [each.on for each in takewhile(lambda each: each.amount == amount, coming)]
    return amount, days[:SHOWN]


def _last_charge(event: AutopayEvent, today: date) -> str | None:
    """The day of a charge that was on its way when automatic payments were stopped."""
    if event.change != AutopayChange.STOPPED or event.effective_on <= today:
        return None
    return (event.effective_on - timedelta(days=1)).isoformat()
