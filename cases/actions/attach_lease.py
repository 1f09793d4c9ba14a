"""A case that began without a lease gets one, and loses it again if it was the wrong one."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.actions.change import (
    add_event,
    cancel_follow_ups,
    locked,
    refuse_ended,
    touch,
)
from cases.actions.flags import cancel_planned
from cases.actions.kind_effects import carry_out, hold
from cases.enums import CancelReason, Channel
from cases.events import LeaseAttached, LeaseDetached
from cases.models import Case, CaseFlag, CaseMerge
from cases.queries.attached import stopped_autopay, told_before
from cases.queries.charges import is_under_review
from cases.queries.contacts import is_like
from cases.queries.refunds import owes_refund
from leases.models import Customer, IdentityBlock, Lease
from leases.queries.contact import wishes_of


@transaction.atomic
def attach_lease(
    *, case: Case, lease: Lease, is_certain: bool = False, by: User, now: datetime
) -> Case:
    """From then on the case is about the lease's customer, who sees its public entries in the
    portal.

    `is_certain`: the agent said that it's theirs although nothing the contact told us matches.
    ValidationError `lease_attached`, `case_has_lease`, `case_over`, `lease_of_another`,
    `told_another`.
    """
    if not (by.works_cases and Lease.objects.visible_to(by).filter(pk=lease.pk).exists()):
        raise PermissionDenied
    hold(case, lease)
    case = locked(case)
    if case.lease_id == lease.pk:
        raise ValidationError(
            _("This lease is already attached to this case."), code="lease_attached"
        )
    if case.lease:
        raise ValidationError(
            _("This case already has lease %(number)s. Detach that one first."),
            code="case_has_lease",
            params={"number": case.lease.account_number},
        )
    refuse_ended(case)
    _refuse_told(case, lease)
    if case.contact and not is_certain and not is_like(case.contact, lease.customer):
        raise ValidationError(
            _(
                "Name, phone and email of %(contact)s don’t match %(customer)s. If it’s their"
                " lease, check the box and attach it again."
            ),
            code="lease_of_another",
            params={"contact": case.contact.name, "customer": lease.customer.name},
        )
    touch(case, now=now, lease=lease)
    add_event(case, LeaseAttached(account_number=lease.account_number), by=by, now=now)
    _honor(case, lease, by=by, now=now)
    carry_out(case, is_new=True, by=by, now=now)
    return case


@transaction.atomic
def detach_lease(*, case: Case, by: User, now: datetime) -> Case:
    """Undoes `attach_lease`: the contact is still there, and so is all that was written.

    Emails planned for someone who has no address are canceled. ValidationError `no_lease_attached`,
    `opened_with_lease`, `case_over`, `merged_into`, `charges_undecided`, `refund_unpaid`,
    `identity_blocked`.
    """
    if not by.works_cases:
        raise PermissionDenied
    case = locked(case)
    if case.lease is None:
        raise ValidationError(_("This case has no lease to detach."), code="no_lease_attached")
    if case.contact is None:
        raise ValidationError(
            _("This case was opened about its lease, so it can’t be detached."),
            code="opened_with_lease",
        )
    refuse_ended(case)
    _refuse_merged_into(case)
    if is_under_review(case):
        raise ValidationError(
            _("Transactions of this lease are under review. Withdraw or decide them first."),
            code="charges_undecided",
        )
    if owes_refund(case):
        raise ValidationError(
            _("A refund of this lease isn’t paid yet. Record its payment first."),
            code="refund_unpaid",
        )
    _refuse_blocked(case, case.lease)
    detached = LeaseDetached(
        account_number=case.lease.account_number, autopay_stopped=stopped_autopay(case)
    )
    touch(case, now=now, lease=None)
    add_event(case, detached, by=by, now=now)
    carry_out(case, is_new=False, by=by, now=now)
    if not case.contact.email:
        cancel_follow_ups(case, CancelReason.BY_HAND, by=by, now=now, channel=Channel.EMAIL)
    return case


def _honor(case: Case, lease: Lease, *, by: User, now: datetime) -> None:
    """What was planned before the customer was known."""
    if CaseFlag.objects.attorneys_of([lease.customer_id]).exists():
        cancel_planned(case, by=by, now=now)
    elif not wishes_of(Customer.objects.get(pk=lease.customer_id)).allow_calls:
        cancel_follow_ups(case, CancelReason.NO_CALLS, by=by, now=now, channel=Channel.PHONE)


def _refuse_told(case: Case, lease: Lease) -> None:
    """What was written to one customer is never another's to read."""
    if other := told_before(case, lease.customer):
        raise ValidationError(
            _(
                "%(name)s was written to in this case while lease %(number)s was attached. Open a"
                " new case for %(customer)s."
            ),
            code="told_another",
            params={
                "name": other.customer.name,
                "number": other.account_number,
                "customer": lease.customer.name,
            },
        )


def _refuse_merged_into(case: Case) -> None:
    """What the customer writes about a duplicate would arrive where they no longer see it."""
    if merge := CaseMerge.objects.in_force().filter(into=case).select_related("case").first():
        raise ValidationError(
            _("Case %(number)s is part of this one. Undo the merge first."),
            code="merged_into",
            params={"number": merge.case.spoken_number},
        )


def _refuse_blocked(case: Case, lease: Lease) -> None:
    """Undoing the attachment would leave someone blocked who has nothing to do with the case."""
    blocks = IdentityBlock.objects.in_force().filter(said_in=case.number)
    if blocks.filter(customer=lease.customer_id).exists():
        raise ValidationError(
            _(
                "Because of this case, new applications in %(name)s’s name are blocked. A"
                " supervisor has to allow them again first."
            ),
            code="identity_blocked",
            params={"name": lease.customer.name},
        )
