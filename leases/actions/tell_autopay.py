"""Changes of automatic payments, each confirmed to the customer with amounts and dates."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import takewhile

from django.conf import settings

from common.company_day import business_day
from leases import debits
from leases.enums import AutopayChange, PaymentMethod
from leases.mails.autopay_changed import AUTOPAY_CHANGED, CHARGED, AutopayChangedParams
from leases.mails.base import lease_facts, lease_mail
from leases.models import AutopayEvent
from leases.queries.autopay import next_debits
from leases.queries.ledger import standing_of
from mail.outbound.enqueue import enqueue

#: How many dates the mail lists, all of the same amount.
SHOWN = 4


def tell_autopay(event: AutopayEvent, *, now: datetime) -> None:
    lease, today = event.autopay.lease, business_day(now)
    held = event.change == AutopayChange.METHOD_CHANGED and bool(event.autopay.stop_payment_on)
    amount, days = _coming(event, held, today)
    said = AutopayChangedParams(
        **lease_facts(lease),
        change=AutopayChange(event.change),
        method=PaymentMethod(event.method),
        amount=amount,
        dates=tuple(days),
        overdraft_warned=event.overdraft_warned,
        held=held,
        last_charge_on=last_charge(event, today),
        revoked_on=event.revoked_on,
    )
    mail = lease_mail(AUTOPAY_CHANGED, said, lease, key=f"autopay_changed:{event.pk}")
    enqueue(mail, now=now)


def _coming(event: AutopayEvent, held: bool, today: date) -> tuple[Decimal, list[date]]:
    """What will be charged next; or, if nothing is charged, what the customer pays."""
    standing = standing_of(event.autopay.lease, today)
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


def last_charge(event: AutopayEvent, today: date) -> date | None:
    """The date of a charge that was already being processed when automatic payments were
    stopped.
    """
    if event.change != AutopayChange.STOPPED or event.effective_on <= today:
        return None
    return event.effective_on - timedelta(days=1)
