"""Refunds of a case: promised, paid or withdrawn, and each told to the customer in writing."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import translation

from accounts.models import User
from cases.actions.add_customer_message import language_of
from cases.actions.change import add_event, locked, refuse_ended, touch
from cases.actions.charges import locked_lease_of
from cases.enums import Visibility
from cases.events import Happening, RefundPaid, RefundPromised, RefundWithdrawn
from cases.mails.base import enqueue_case_mail, facts_now
from cases.mails.message_added import MESSAGE_ADDED, MessageAddedParams
from cases.mails.refund_paid import REFUND_PAID, RefundPaidParams
from cases.mails.refund_promised import REFUND_PROMISED, RefundPromisedParams
from cases.models import Case, CaseRefund, Entry
from leases import refund_words
from leases.actions import refunds
from leases.actions.ledger_checks import checked_amount
from leases.actions.refunds import Owed
from leases.enums import PaymentMethod
from leases.models import Refund


@transaction.atomic
def promise_refund(*, case: Case, amount: Decimal, owed: Owed, by: User, now: datetime) -> Refund:
    """On the lease of the case. The customer gets an email about it.

    The same again (a double click) is one refund. For supervisors. ValidationError `no_lease`,
    `case_over`, those of `leases.actions.refunds.promise_refund`.
    """
    if not by.supervises:
        raise PermissionDenied
    lease = locked_lease_of(case, by)
    case = locked(case)
    refuse_ended(case)
    checked_amount(amount)
    same = Refund.objects.unpaid().filter(
        in_case__case=case, amount=amount, method=owed.method, expected_on=owed.expected_on
    )
    if standing := same.first():
        return standing
    refund = refunds.promise_refund(lease, owed=owed, amount=amount, by=by, now=now)
    CaseRefund.objects.create(case=case, refund=refund)
    happening = RefundPromised(
        amount=refund.amount, method=owed.method, expected_on=refund.expected_on
    )
    entry = _tell(case, happening, by=by, now=now)
    said = RefundPromisedParams(
        **facts_now(case, now),
        amount=refund.amount, method=owed.method, expected_on=refund.expected_on,
    )  # fmt: skip
    key = f"refund_promised:{refund.pk}"
    enqueue_case_mail(REFUND_PROMISED, said, case, key=key, entry=entry, now=now)
    return refund


@transaction.atomic
def pay_refund(
    *, case: Case, refund: Refund, paid_on: date, reference: str, by: User, now: datetime
) -> Refund:
    """`refund` is of this case, which may have ended. The customer gets an email with its day and
    what proves it. Those of `record_refund_paid`; just the same again changes nothing.
    """
    locked_lease_of(case, by)
    case = locked(case)
    if not refunds.record_refund_paid(refund, paid_on=paid_on, reference=reference, by=by, now=now):
        return refund
    method = PaymentMethod(refund.method)
    happening = RefundPaid(
        amount=refund.amount, method=method, paid_on=paid_on, reference=refund.reference
    )
    entry = _tell(case, happening, by=by, now=now)
    said = RefundPaidParams(
        **facts_now(case, now),
        amount=refund.amount, method=method, paid_on=paid_on, reference=refund.reference,
    )  # fmt: skip
    key = f"refund_paid:{refund.pk}"
    enqueue_case_mail(REFUND_PAID, said, case, key=key, entry=entry, now=now)
    return refund


@transaction.atomic
def withdraw_refund(*, case: Case, refund: Refund, reason: str, by: User, now: datetime) -> Refund:
    """It was promised in writing, so the customer reads `reason`, which is in their language.

    For supervisors. Those of `leases.actions.refunds.withdraw_refund`; just the same again changes
    nothing.
    """
    if not by.supervises:
        raise PermissionDenied
    locked_lease_of(case, by)
    case = locked(case)
    if not refunds.withdraw_refund(refund, why=reason, by=by, now=now):
        return refund
    why = refund.withdrawn_why
    happening = RefundWithdrawn(
        amount=refund.amount, reason=why, reason_language=language_of(why, case)
    )
    entry = _tell(case, happening, by=by, now=now)
    with translation.override(case.person.language):
        over = refund_words.withdrawn(refund.amount)
    said = MessageAddedParams(
        **facts_now(case, now), author_name=by.name, message=f"{over}\n\n{why}"
    )
    key = f"refund_withdrawn:{refund.pk}"
    enqueue_case_mail(MESSAGE_ADDED, said, case, key=key, entry=entry, now=now)
    return refund


def _tell(case: Case, happening: Happening, *, by: User, now: datetime) -> Entry:
    touch(case, now=now)
    return add_event(case, happening, by=by, now=now, visibility=Visibility.PUBLIC)
