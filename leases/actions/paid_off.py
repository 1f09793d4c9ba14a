"""The letter that a lease is paid off: given once, by itself, and void once something is owed."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from common.company_day import business_day
from common.formats import money
from leases.enums import LedgerKind
from leases.mails.base import lease_facts, lease_mail
from leases.mails.paid_off import PAID_OFF, PaidOffParams
from leases.models import BuyoutQuote, Lease, LedgerEntry, PaidOffLetter
from leases.money import ZERO
from leases.queries.buyout import quote_today
from leases.queries.ledger import standing_of
from leases.schedule import Standing
from mail.models import MailLink
from mail.outbound.enqueue import NewMail, enqueue

#: The reason of the payment of an early purchase (leases/actions/buy_out.py).
PURCHASE = "buyout"


def settle_letter(lease: Lease, *, was_paid: bool = False, now: datetime) -> None:
    """After the ledger changed, in its transaction and on a lease from `locked`: gives the letter
    and mails it, or voids the one there is.

    A payment that leaves nothing to pay brings it (`was_paid`). A correction does only if the
    customer had paid in full: what we wrote off, nobody paid.
    """
    owed = standing_of(lease, business_day(now))
    letter = lease.paid_off_letters.in_force().first()
    if letter and owed.balance > ZERO:
        letter.voided_at = now
        letter.save(update_fields=["voided_at"])
    elif (
        letter is None
        and owed.rows
        and owed.balance <= ZERO
        and (was_paid or owed.is_paid_in_full or _is_purchase(_last_payment(lease)))
    ):
        letter = _give(lease, now)
        key = f"paid_off:{letter.pk}"
        enqueue(letter_mail(letter, key=key), now=now)


def letter_of(lease: Lease, *, now: datetime) -> PaidOffLetter:
    """For who asks for it: the letter in force, given now if there was none, as for an imported
    lease. Mails nothing. ValidationError `no_schedule`, `not_paid_off` (says what is missing),
    `nothing_paid` (written off whole).
    """
    letter = lease.paid_off_letters.in_force().first()
    if letter is not None:
        return letter
    owed = standing_of(lease, business_day(now))
    if not owed.rows:
        raise ValidationError(
            _("This lease has no payment schedule yet. It starts with the delivery."),
            code="no_schedule",
        )
    if owed.balance > ZERO:
        raise _not_paid_off(lease, owed, now)
    if _last_payment(lease) is None:
        raise ValidationError(
            _(
                "Nothing is owed on this lease, but no payment was received either, so a paid-off"
                " letter wouldn’t be true. Tell the customer in your own words."
            ),
            code="nothing_paid",
        )
    return _give(lease, now)


def letter_mail(
    letter: PaidOffLetter, *, key: str, thread: str = "", links: tuple[MailLink, ...] = ()
) -> NewMail:
    lease = letter.lease
    said = PaidOffParams(
        **lease_facts(lease),
        paid_on=letter.paid_on,
        received=letter.received,
        is_purchase=letter.is_purchase,
    )
    return lease_mail(PAID_OFF, said, lease, key=key, thread=thread, links=links)


def _last_payment(lease: Lease) -> LedgerEntry | None:
    return lease.ledger.filter(kind=LedgerKind.PAYMENT, reversed_by__isnull=True).last()


def _is_purchase(payment: LedgerEntry | None) -> bool:
    return payment is not None and payment.reason.startswith(PURCHASE)


def _give(lease: Lease, now: datetime) -> PaidOffLetter:
    last = _last_payment(lease)
    received = -sum(
        (
            line.amount
            for line in lease.ledger.select_related("reverses")
            if line.kind == LedgerKind.PAYMENT
            or (line.reverses and line.reverses.kind == LedgerKind.PAYMENT)
        ),
        ZERO,
    )
    return PaidOffLetter.objects.create(
        lease=lease,
        paid_on=last.effective_on if last else business_day(now),
        received=received,
        is_purchase=_is_purchase(last),
        at=now,
    )


def _not_paid_off(lease: Lease, owed: Standing, now: datetime) -> ValidationError:
    try:
        quote = quote_today(lease, now)
    except ValidationError:
        quote = None
    return not_paid_off(owed, quote)


def not_paid_off(owed: Standing, quote: BuyoutQuote | None) -> ValidationError:
    """What is missing until there can be a letter."""
    said = {"balance": money(owed.balance), "arrears": money(owed.arrears)}
    if quote is None:
        text = _("This lease isn’t paid off: %(balance)s left to pay, %(arrears)s past due.")
    else:
        said["price"] = money(quote.total)
        text = _(
            "This lease isn’t paid off: %(balance)s left to pay, %(arrears)s past due. Buying it"
            " today would cost %(price)s."
        )
    return ValidationError(text, code="not_paid_off", params=said)
