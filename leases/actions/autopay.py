"""Automatic payments: whether they run, and from what kind of account. No number is ever stored."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.company_day import business_day
from common.formats import day
from leases.actions.agreement_checks import checked_words, only_case_workers
from leases.actions.move import locked
from leases.actions.tell_autopay import tell_autopay
from leases.enums import AutopayChange, AutopayState, LeaseStatus, PaymentMethod
from leases.models import Autopay, AutopayEvent, Lease
from leases.queries.autopay import first_new_debit, next_debits
from leases.queries.ledger import standing_of

METHODS = {PaymentMethod.BANK, PaymentMethod.CARD}


@transaction.atomic
def set_up(
    *,
    lease: Lease,
    method: str,
    overdraft_warned: bool,
    reason: str = "",
    by: User,
    now: datetime,
) -> AutopayEvent:
    """Starts with the first scheduled payment there is still time for; stopped ones can start
    again.

    PermissionDenied; ValidationError: `reason`, `account_number`, `autopay_method`, `overdraft`
    (not read aloud), `not_funded`, `autopay_active`, `no_debit` (nothing left to charge).
    """
    only_case_workers(by)
    reason = checked_words(reason)
    _check_agreed(method, overdraft_warned)
    lease = locked(lease)
    status = lease.status_at(now)
    if status != LeaseStatus.FUNDED:
        raise ValidationError(
            _(
                "Automatic payments can start only when a lease is “%(funded)s.” This one is "
                "“%(status)s.”"
            ),
            code="not_funded",
            params={"funded": LeaseStatus.FUNDED.label, "status": status.label},
        )
    autopay = Autopay.objects.filter(lease=lease).first() or Autopay(lease=lease)
    if autopay.state == AutopayState.ACTIVE:
        raise ValidationError(_("Automatic payments are already set up."), code="autopay_active")
    today = business_day(now)
    first = first_new_debit(standing_of(lease, today), today)
    if first is None:
        raise ValidationError(
            _("There’s no payment left to charge automatically."), code="no_debit"
        )
    autopay.state, autopay.method, autopay.stop_payment_on = AutopayState.ACTIVE, method, None
    autopay.save()
    return _event(autopay, AutopayChange.ENROLLED, first, reason, by, now, warned=True)


@transaction.atomic
def change_method(
    *,
    lease: Lease,
    method: str,
    overdraft_warned: bool,
    reason: str = "",
    by: User,
    now: datetime,
) -> AutopayEvent:
    """Another bank account or card, of the same kind or a different one.

    PermissionDenied; ValidationError: `reason`, `account_number`, `autopay_method`, `overdraft`,
    `autopay_none`, `lead_time` (the next charge is already being processed).
    """
    only_case_workers(by)
    reason = checked_words(reason)
    _check_agreed(method, overdraft_warned)
    autopay = _active(locked(lease))
    today = business_day(now)
    standing = standing_of(autopay.lease, today)
    coming = next_debits(autopay, standing, today)
    if coming and coming[0].on_its_way:
        raise ValidationError(
            _(
                "The payment on %(debit)s is already on its way. The last day to change it was "
                "%(last)s. Make the change after %(debit)s."
            ),
            code="lead_time",
            params={"debit": day(coming[0].on), "last": day(coming[0].last_change_on)},
        )
    first = coming[0].on if coming else first_new_debit(standing, today) or today
    autopay.method = method
    autopay.save(update_fields=["method"])
    return _event(autopay, AutopayChange.METHOD_CHANGED, first, reason, by, now, warned=True)


def stops_on(autopay: Autopay, today: date) -> date:
    """From this day on, nothing would be charged if they were stopped now."""
    coming = next_debits(autopay, standing_of(autopay.lease, today), today)
    gone = [each.on for each in coming if each.on_its_way]
    return gone[-1] + timedelta(days=1) if gone else today


@transaction.atomic
def stop(
    *,
    lease: Lease,
    reason: str = "",
    revoked_on: date | None = None,
    by: User,
    now: datetime,
) -> AutopayEvent:
    """No charges from `effective_on` on: today, or the day after one that is being processed.

    `revoked_on`: the customer took back the authorization on that day; they're told so.
    PermissionDenied; ValidationError: `reason`, `account_number`, `autopay_none`, `day_future`.
    """
    only_case_workers(by)
    reason = checked_words(reason)
    today = business_day(now)
    if revoked_on and revoked_on > today:
        raise ValidationError(
            _("This date is in the future. Choose today or earlier."), code="day_future"
        )
    autopay = _active(locked(lease))
    effective = stops_on(autopay, today)
    autopay.state = AutopayState.STOPPED
    autopay.save(update_fields=["state"])
    return _event(autopay, AutopayChange.STOPPED, effective, reason, by, now, revoked_on=revoked_on)


@transaction.atomic
def flag_stop_payment(*, lease: Lease, reason: str = "", by: User, now: datetime) -> AutopayEvent:
    """The customer asked the bank to stop a payment: nothing is charged while the stop is in force.

    The bank needs some days (`queries.autopay.ask_bank_by`); the agent tells the customer so.
    PermissionDenied; ValidationError: `reason`, `account_number`, `autopay_none`, `stop_stands`.
    """
    only_case_workers(by)
    reason = checked_words(reason)
    autopay = _active(locked(lease))
    if autopay.stop_payment_on:
        raise ValidationError(_("A stop payment is already on record."), code="stop_stands")
    today = business_day(now)
    autopay.stop_payment_on = today
    autopay.save(update_fields=["stop_payment_on"])
    return _event(autopay, AutopayChange.STOP_PAYMENT, today, reason, by, now)


@transaction.atomic
def lift_stop(*, lease: Lease, reason: str = "", by: User, now: datetime) -> AutopayEvent:
    """The customer withdrew the stop: charges continue with the first payment there is still time
    for.

    PermissionDenied; ValidationError: `reason`, `account_number`, `autopay_none`, `no_stop`.
    """
    only_case_workers(by)
    reason = checked_words(reason)
    autopay = _active(locked(lease))
    if not autopay.stop_payment_on:
        raise ValidationError(_("There’s no stop payment on record."), code="no_stop")
    today = business_day(now)
    first = first_new_debit(standing_of(autopay.lease, today), today) or today
    autopay.stop_payment_on = None
    autopay.save(update_fields=["stop_payment_on"])
    return _event(autopay, AutopayChange.STOP_LIFTED, first, reason, by, now)


def _check_agreed(method: str, overdraft_warned: bool) -> None:
    if method not in METHODS:
        raise ValidationError(_("Choose a bank account or a card."), code="autopay_method")
    if not overdraft_warned:
        raise ValidationError(
            _("Read the overdraft warning to the customer first, then confirm that you did."),
            code="overdraft",
        )


def _active(lease: Lease) -> Autopay:
    autopay = Autopay.objects.filter(lease=lease, state=AutopayState.ACTIVE).first()
    if autopay is None:
        raise ValidationError(_("This lease has no automatic payments."), code="autopay_none")
    return autopay


def _event(
    autopay: Autopay,
    change: AutopayChange,
    effective_on: date,
    reason: str,
    by: User,
    now: datetime,
    *,
    warned: bool = False,
    revoked_on: date | None = None,
) -> AutopayEvent:
    event = AutopayEvent.objects.create(
        autopay=autopay,
        change=change,
        method=autopay.method,
        effective_on=effective_on,
        overdraft_warned=warned,
        revoked_on=revoked_on,
        reason=reason,
        by=by,
        at=now,
    )
    tell_autopay(event, now=now)
    return event
