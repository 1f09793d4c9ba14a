"""The outcome of a dispute: what is taken off the ledger, what stays and why, told in one mail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.actions.change import add_event, locked, refuse_ended, touch
from cases.actions.charges import locked_lease_of, told_of
from cases.enums import CaseStatus, Visibility
from cases.events import ChargesDecided, Decided
from cases.mails.base import enqueue_case_mail, facts_now
from cases.mails.charges_decided import CHARGES_DECIDED, ChargesDecidedParams
from cases.mails.shown_first import ShownMail, shown_first
from cases.models import Case, Entry
from common.company_day import business_day
from leases.actions import disputed_charges, uphold_charges
from leases.actions.refunds import Owed
from leases.enums import ChargeDecision, ChargeReason
from leases.models import DisputedCharge, Lease
from leases.queries.ledger import standing_of


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """About one transaction: what is taken off or refunded (None: all that's disputed), or why it
    stays.
    """

    charge: DisputedCharge
    is_upheld: bool
    amount: Decimal | None = None
    owed: Owed | None = None  # it's refunded
    with_fee: bool = False  # the late fee on it comes off as well
    reason: ChargeReason = ChargeReason.NO_ERROR


def preview_decisions(
    *, case: Case, version: int, verdicts: Sequence[Verdict], message: str, by: User, now: datetime
) -> ShownMail | None:
    """The email of `decide_charges`, None if no one gets it. Nothing is decided.

    What will be past due is the ledger's to say: it's corrected, read and put back. Refused for the
    same reasons.
    """
    with transaction.atomic():
        key = _decide_all(case, version, verdicts, message, by, now)
        shown = shown_first(key)
        transaction.set_rollback(True)
    return shown


@transaction.atomic
def decide_charges(
    *, case: Case, version: int, verdicts: Sequence[Verdict], message: str, by: User, now: datetime
) -> None:
    """All of them or none. The customer gets one email with each result and `message`, which is in
    their language.

    Only a supervisor takes something off the ledger, as everywhere. StaleCase; ValidationError
    `no_verdicts`, `decision_words`, `case_over`, `escalated`, `upheld_by_supervisor`,
    `charge_decided` (someone else was faster), those of `uphold_charge` and `refund_charge`.
    """
    _decide_all(case, version, verdicts, message, by, now)


def _decide_all(
    case: Case, version: int, verdicts: Sequence[Verdict], message: str, by: User, now: datetime
) -> str:
    """Returns the key of the email."""
    lease = locked_lease_of(case, by)
    case = locked(case, version=version)
    refuse_ended(case)
    _check(case, verdicts, message, by)
    decided = tuple(_decide(lease, each, by=by, now=now) for each in verdicts)
    touch(case, now=now, customer_wrote_at=None)  # our message answers theirs
    language = case.person.language
    happening = ChargesDecided(charges=decided, message=message, language=language)
    entry = add_event(case, happening, by=by, now=now, visibility=Visibility.PUBLIC)
    return _tell_customer(case, lease, decided, message, entry, now)


def _check(case: Case, verdicts: Sequence[Verdict], message: str, by: User) -> None:
    if not verdicts:
        raise ValidationError(_("Decide about at least one transaction."), code="no_verdicts")
    if not message.strip():
        raise ValidationError(_("Write a sentence for the customer."), code="decision_words")
    if by.supervises:
        return
    if case.status == CaseStatus.ESCALATED:
        raise ValidationError(
            _("A supervisor decides what happens next with an escalated case."), code="escalated"
        )
    if any(each.is_upheld for each in verdicts):
        raise ValidationError(
            _("Only a supervisor can take a charge off or refund it. Escalate the case."),
            code="upheld_by_supervisor",
        )


def _decide(lease: Lease, verdict: Verdict, *, by: User, now: datetime) -> Decided:
    charge = verdict.charge
    if verdict.is_upheld:
        return _uphold(lease, verdict, by=by, now=now)
    disputed_charges.reject_charge(charge, reason=verdict.reason, by=by, now=now)
    return Decided(what=told_of(charge), decision=ChargeDecision.REJECTED, reason=verdict.reason)


def _uphold(lease: Lease, verdict: Verdict, *, by: User, now: datetime) -> Decided:
    amount, owed, fee = verdict.amount, verdict.owed, None
    # The fee first: what is left to pay may be as much as both.
    if verdict.with_fee:
        fee = uphold_charges.take_off_fee(lease, verdict.charge, by=by, now=now)
    fee_off = abs(fee.amount) if fee else None
    if owed is None:
        charge = uphold_charges.uphold_charge(lease, verdict.charge, amount=amount, by=by, now=now)
        what, decision = told_of(charge), ChargeDecision.UPHELD
        return Decided(what=what, decision=decision, taken_off=charge.taken_off, fee_off=fee_off)
    charge = uphold_charges.refund_charge(
        lease, verdict.charge, owed=owed, amount=amount, by=by, now=now
    )
    return Decided(
        what=told_of(charge), decision=ChargeDecision.REFUND, fee_off=fee_off,
        refund=charge.refund.amount, refund_by=owed.method, refund_on=owed.expected_on,
    )  # fmt: skip


def _tell_customer(
    case: Case,
    lease: Lease,
    decided: tuple[Decided, ...],
    message: str,
    entry: Entry,
    now: datetime,
) -> str:
    said = ChargesDecidedParams(
        **facts_now(case, now),
        results=decided,
        arrears=standing_of(lease, business_day(now)).arrears,
        message=message,
        said_in=case.person.language,
    )
    key = f"charges_decided:{entry.pk}"
    enqueue_case_mail(CHARGES_DECIDED, said, case, key=key, entry=entry, now=now)
    return key
