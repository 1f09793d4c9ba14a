"""Disputed transactions, under review and decided, and a lease that is paid off with its letter."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from accounts.enums import Language
from accounts.models import User
from cases import actions
from cases.models import Case
from common.company_day import business_day
from leases.actions.payments import record_payment
from leases.actions.refunds import Owed
from leases.enums import ChargeReason, LedgerKind, Part, PaymentMethod
from leases.models import DisputedCharge, Lease
from leases.queries.ledger import standing_of

#: What was said first about what is still under review, then what was decided, then the letter.
SAID: dict[str, tuple[str, str, str]] = {
    Language.SPANISH: (
        "No reconoce dos pagos: dice que su banco ya los había enviado.",
        "Dice que un pago se le cobró en una semana en que la tienda estaba cerrada.",
        "Pide por escrito que ya terminó de pagar.",
    ),
    Language.ENGLISH: (
        "Doesn’t recognize two payments: says the bank had already sent them.",
        "Says one payment was charged in a week when the store was closed.",
        "Asks for a letter that everything is paid.",
    ),
}
DECIDED: dict[str, str] = {
    Language.SPANISH: "Gracias por enviarnos su recibo. La tienda nos confirmó las fechas.",
    Language.ENGLISH: "Thank you for sending us your receipt. The store confirmed the dates.",
}
STAYS = ChargeReason.AS_AGREED


def dispute(lease: Lease, *, by: User, supervisor: User, now: datetime) -> None:
    """One case is decided; another, with the newest payments, waits for someone to decide."""
    waiting, decided, _letter = SAID[lease.customer.language]
    due = lease.ledger.filter(kind=LedgerKind.CHARGE, effective_on__lte=business_day(now))
    newest, second, third, fourth = due.order_by("-effective_on")[:4]
    twice = lease.ledger.filter(kind=LedgerKind.PAYMENT, part=Part.RENT).last()
    chosen = [third.pk, fourth.pk, *([twice.pk] if twice else [])]
    _decide(lease, decided, chosen, by, supervisor, now - timedelta(days=2))
    case = _case(lease, "charge_dispute", waiting, by, now - timedelta(hours=5))
    part = {newest.pk: None, second.pk: Decimal("12.50")}
    actions.dispute_charges(case=case, amounts=part, by=by, now=now - timedelta(hours=4))


def _decide(
    lease: Lease, said: str, keys: list[int], by: User, supervisor: User, now: datetime
) -> None:
    """The first is taken off, the next stays, and the payment charged twice is given back."""
    case = _case(lease, "charge_dispute", said, by, now)
    amounts = dict.fromkeys(keys)
    chosen = actions.dispute_charges(case=case, amounts=amounts, by=by, now=now)
    verdicts = [_verdict(row.charge, place, now) for place, row in enumerate(chosen)]
    case.refresh_from_db()
    actions.decide_charges(
        case=case,
        version=case.version,
        verdicts=verdicts,
        message=DECIDED[lease.customer.language],
        by=supervisor,
        now=now + timedelta(hours=3),
    )


def _verdict(charge: DisputedCharge, place: int, now: datetime) -> actions.Verdict:
    if charge.entry.kind == LedgerKind.PAYMENT:
        by_check = Owed(
            method=PaymentMethod.CHECK, expected_on=business_day(now) + timedelta(days=10)
        )
        return actions.Verdict(charge=charge, is_upheld=True, owed=by_check)
    return actions.Verdict(charge=charge, is_upheld=place == 0, reason=STAYS)


def pay_off(lease: Lease, *, by: User, now: datetime) -> None:
    """All that's left, at once; then the customer asks for the letter, which ends the case."""
    before = now - timedelta(hours=7)
    today = business_day(before)
    record_payment(
        lease=lease,
        amount=standing_of(lease, today).balance,
        on=today,
        method=PaymentMethod.CARD,
        reference=f"fin-{lease.account_number[-4:]}",
        by=by,
        now=before,
    )
    case = _case(lease, "paid_off_letter", SAID[lease.customer.language][2], by, now)
    actions.send_letter(case=case, version=case.version, by=by, now=now)


def _case(lease: Lease, kind: str, summary: str, by: User, now: datetime) -> Case:
    draft = actions.start_call(by=by, now=now, lease=lease)
    language = lease.customer.language
    call = actions.Call(lease=lease, kind=kind, channel="phone", language=language, summary=summary)
    return actions.open_case(draft=draft, call=call, by=by, now=now)
