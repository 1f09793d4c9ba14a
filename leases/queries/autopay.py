"""What is charged automatically, read from the schedule and the agreed changes."""

from __future__ import annotations

from datetime import date

from django.conf import settings

from common.business_days import subtract_business_days
from leases.debits import Debit, debits, first_in_time
from leases.enums import AutopayChange, AutopayState
from leases.models import Autopay, AutopayEvent
from leases.schedule import Standing

_BEGIN = (AutopayChange.ENROLLED, AutopayChange.STOP_LIFTED)


def autopay_of(lease_id: int) -> Autopay | None:
    return Autopay.objects.filter(lease_id=lease_id).first()


def next_debits(autopay: Autopay | None, standing: Standing, today: date) -> list[Debit]:
    """The next charges: none without automatic payments or while a stop payment is in force.

    If automatic payments were stopped, the charge that is already being processed remains.
    """
    if autopay is None or autopay.stop_payment_on:
        return []
    events = list(autopay.events.order_by("-at", "-id"))
    stopped = autopay.state == AutopayState.STOPPED
    until = _effective(events, (AutopayChange.STOPPED,)) if stopped else None
    since = _effective(events, _BEGIN)
    return debits(
        standing.rows,
        since=since or today,
        until=until,
        lead=settings.AUTOPAY_LEAD_DAYS,
        today=today,
    )


def first_new_debit(standing: Standing, today: date) -> date | None:
    """Where automatic payments can start."""
    return first_in_time(standing.rows, lead=settings.AUTOPAY_LEAD_DAYS, today=today)


def ask_bank_by(debit: date) -> date:
    """The last day to ask the bank for a stop payment."""
    return subtract_business_days(debit, settings.STOP_PAYMENT_DAYS)


def _effective(events: list[AutopayEvent], changes: tuple[AutopayChange, ...]) -> date | None:
    return next((event.effective_on for event in events if event.change in changes), None)
