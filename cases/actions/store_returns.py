"""An item goes back to the store where the contract was signed: the customer handed it in, and it
was recorded by mistake. What the store says of it is in `store_answers`.
"""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases import deadlines, lifecycle
from cases.actions.change import add_event, change_status, locked, refuse_ended, touch
from cases.actions.store_answers import take_report
from cases.enums import CaseStatus, Visibility
from cases.events import ReturnHandedIn, ReturnWithdrawn
from cases.mails.base import enqueue_case_mail
from cases.mails.return_noted import RETURN_NOTED
from cases.mails.store_returns import StoreReturnParams, store_name, store_return_facts
from cases.models import Case, StoreReturn
from common.company_day import business_day, company_zone
from leases.enums import LeaseStatus
from leases.models import Lease


@transaction.atomic
def hand_in_return(
    *, case: Case, handed_in_on: date, tracking: str = "", by: User, now: datetime
) -> StoreReturn:
    """The customer took the item back, or sent it. The case waits for the store, and the customer
    gets an email about it; if the store reported it already, that counts as its answer.

    The same again (a double click) is one return. ValidationError `not_a_return`, `lease_needed`,
    `not_delivered`, `case_over`, `case_merged`, `day_future`, `returned_too_early`, `return_open`
    (another one isn't settled yet).
    """
    if not by.works_cases:
        raise PermissionDenied
    case = locked(case)
    lease = _returnable(case, now)
    _refuse_day(lease, handed_in_on, now)
    tracking = tracking.strip()
    if standing := case.store_returns.open().select_related("store__merchant").first():
        if (standing.handed_in_on, standing.tracking) == (handed_in_on, tracking):
            return standing
        raise ValidationError(
            _("A return of this case isn’t settled yet. Record what came of it first."),
            code="return_open",
        )
    row = StoreReturn.objects.create(
        case=case, store=lease.store, handed_in_on=handed_in_on, tracking=tracking, by=by, at=now
    )
    noted = ReturnHandedIn(store=store_name(row), on=handed_in_on, number=row.tracking)
    entry = add_event(case, noted, by=by, now=now, visibility=Visibility.PUBLIC)
    if take_report(case, row, now=now):
        return row
    _wait_for_store(case, by, now)
    said = StoreReturnParams(**store_return_facts(case, row, now))
    key = f"return_noted:{row.pk}"
    enqueue_case_mail(RETURN_NOTED, said, case, key=key, entry=entry, now=now)
    return row


@transaction.atomic
def withdraw_return(*, row: StoreReturn, by: User, now: datetime) -> StoreReturn:
    """It was recorded by mistake: the case says so, to the customer, too.

    ValidationError `return_settled`.
    """
    if not by.works_cases:
        raise PermissionDenied
    case = locked(row.case)
    row = StoreReturn.objects.select_for_update(of=["self"]).get(pk=row.pk)
    if row.withdrawn_at:
        return row
    if row.credited_on:
        raise ValidationError(_("This return is settled already."), code="return_settled")
    row.withdrawn_at, row.withdrawn_by = now, by
    row.save(update_fields=["withdrawn_at", "withdrawn_by"])
    touch(case, now=now)
    withdrawn = ReturnWithdrawn(on=row.handed_in_on)
    add_event(case, withdrawn, by=by, now=now, visibility=Visibility.PUBLIC)
    return row


def _returnable(case: Case, now: datetime) -> Lease:
    if not case.kind.goes_back:
        raise ValidationError(
            _("This case doesn’t involve a return to a store."), code="not_a_return"
        )
    if case.lease is None:
        raise ValidationError(_("Attach a lease first: it says which store."), code="lease_needed")
    refuse_ended(case)
    if case.lease.status_at(now) != LeaseStatus.FUNDED:
        raise ValidationError(
            _("Nothing was delivered on this lease yet, so nothing can go back."),
            code="not_delivered",
        )
    return case.lease


def _refuse_day(lease: Lease, on: date, now: datetime) -> None:
    if on > business_day(now):
        raise ValidationError(
            _("This date is in the future. Choose today or earlier."), code="day_future"
        )
    if lease.delivered_at and on < business_day(lease.delivered_at):
        raise ValidationError(
            _("This is before the item was delivered. Check the date."), code="returned_too_early"
        )


def _wait_for_store(case: Case, by: User, now: datetime) -> None:
    """A supervisor who has the case keeps it."""
    due_on = deadlines.next_update(now, company_zone())
    if lifecycle.allows(case.status, CaseStatus.WAITING_STORE) and (
        case.status in lifecycle.ESCALATABLE
    ):
        change_status(case, CaseStatus.WAITING_STORE, due_on=due_on, by=by, now=now)
    else:
        touch(case, now=now)
