"""Transactions of the lease's ledger that a case is about: chosen, withdrawn, decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.actions.change import add_event, locked, refuse_ended, touch
from cases.enums import Visibility
from cases.events import ChargesDisputed, ChargeWithdrawn, Disputed
from cases.mails.base import enqueue_case_mail, facts_now
from cases.mails.charges_disputed import CHARGES_DISPUTED, ChargesDisputedParams
from cases.mails.shown_first import ShownMail, shown_first
from cases.models import Case, CaseCharge, Entry
from common.company_day import business_day
from leases.actions import disputed_charges
from leases.actions.disputed_charges import fees_wait, last_day_of_pause
from leases.actions.move import locked as locked_lease
from leases.enums import LedgerKind
from leases.models import DisputedCharge, Lease, LedgerEntry
from leases.queries.disputed_charges import disputable_ones, left_of, total_of


@transaction.atomic
def dispute_charges(
    *, case: Case, amounts: Mapping[int, Decimal | None], by: User, now: datetime
) -> list[CaseCharge]:
    """`amounts`: of each transaction of the lease, by its number; None is all of it. The customer
    gets an email that lists them and says whether late fees wait.

    ValidationError `no_lease`, `no_disputes` (the reason has none), `case_over`, and those of
    `leases.actions.disputed_charges.dispute_charges`.
    """
    return _dispute(case, amounts, by, now)[0]


def preview_disputes(
    *, case: Case, amounts: Mapping[int, Decimal | None], by: User, now: datetime
) -> ShownMail | None:
    """The email of `dispute_charges`, None if no one gets it. Nothing is under review yet. Refused
    for the same reasons.
    """
    with transaction.atomic():
        _chosen, key = _dispute(case, amounts, by, now)
        shown = shown_first(key)
        transaction.set_rollback(True)
    return shown


def _dispute(
    case: Case, amounts: Mapping[int, Decimal | None], by: User, now: datetime
) -> tuple[list[CaseCharge], str]:
    """Returns the key of the email, too."""
    lease = locked_lease_of(case, by)
    case = locked(case)
    if not case.kind.disputes_charges:
        raise ValidationError(
            _("With this reason, no transactions are disputed."),
            code="no_disputes",
        )
    refuse_ended(case)
    chosen, entry = _begin(case, lease, amounts, by, now)
    touch(case, now=now)
    key = f"charges_disputed:{entry.pk}"
    told = chosen_now(chosen)
    said = ChargesDisputedParams(
        **facts_now(case, now),
        disputed=told.charges,
        pauses_fees=told.pauses_fees,
        pause_until=told.pause_until,
    )
    enqueue_case_mail(CHARGES_DISPUTED, said, case, key=key, entry=entry, now=now)
    return chosen, key


def begin_charges(
    case: Case, lease: Lease, amounts: Mapping[int, Decimal | None], *, by: User, now: datetime
) -> list[CaseCharge]:
    """Rows and event, for an action that holds the lease, and then the case, and tells the customer
    itself.
    """
    return _begin(case, lease, amounts, by, now)[0]


def _begin(
    case: Case, lease: Lease, amounts: Mapping[int, Decimal | None], by: User, now: datetime
) -> tuple[list[CaseCharge], Entry]:
    charges = disputed_charges.dispute_charges(
        lease, amounts, pauses_fees=case.kind.pauses_fees, by=by, now=now
    )
    chosen = CaseCharge.objects.bulk_create(
        CaseCharge(case=case, charge=charge) for charge in charges
    )
    told = chosen_now(chosen)
    return chosen, add_event(case, told, by=by, now=now, visibility=Visibility.PUBLIC)


def chosen_now(chosen: Sequence[CaseCharge]) -> ChargesDisputed:
    charges = [row.charge for row in chosen]
    return ChargesDisputed(
        charges=tuple(told_of(each) for each in charges),
        pauses_fees=any(each.pauses_fees for each in charges),
        pause_until=next((each.pause_until for each in charges if each.pause_until), None),
    )


def chosen_soon(
    lease: Lease, amounts: Mapping[int, Decimal | None], *, pauses_fees: bool, now: datetime
) -> ChargesDisputed | None:
    """The same before anyone saved it. One query, none as long as nothing is chosen."""
    entries = disputable_ones(lease, business_day(now), amounts.keys())
    if not entries:
        return None
    told = tuple(_told(each, amounts[each.pk] or left_of(each)) for each in reversed(entries))
    is_owed = any(each.kind != LedgerKind.PAYMENT for each in entries)
    waits = pauses_fees and is_owed and fees_wait(lease)
    last = last_day_of_pause(lease, now) if waits else None
    return ChargesDisputed(charges=told, pauses_fees=waits, pause_until=last)


@transaction.atomic
def withdraw_charge(*, case: Case, charge: DisputedCharge, by: User, now: datetime) -> None:
    """It's no longer disputed. ValidationError `charge_decided` (someone else was faster)."""
    locked_lease_of(case, by)
    case = locked(case)
    disputed_charges.withdraw_charge(charge, by=by, now=now)
    touch(case, now=now)
    withdrawn = ChargeWithdrawn(charge=told_of(charge))
    add_event(case, withdrawn, by=by, now=now, visibility=Visibility.PUBLIC)


def told_of(charge: DisputedCharge) -> Disputed:
    """What the case keeps of it, as it stood."""
    return _told(charge.entry, charge.amount, charge=charge.pk)


def _told(entry: LedgerEntry, amount: Decimal, *, charge: int = 0) -> Disputed:
    return Disputed(
        charge=charge,
        entry=entry.pk,
        kind=LedgerKind(entry.kind),
        number=entry.instalment.number if entry.instalment else None,
        on=entry.effective_on,
        of=total_of(entry),
        amount=amount,
    )


def locked_lease_of(case: Case, by: User) -> Lease:
    """Locked before the case, as plans do: two actions never wait for each other."""
    if not by.works_cases:
        raise PermissionDenied
    if case.lease is None:
        raise ValidationError(
            _("This case has no lease. Attach one, then choose its transactions."), code="no_lease"
        )
    return locked_lease(case.lease)
