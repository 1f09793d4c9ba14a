"""Details that a caller says are wrong, corrected before their call has a case."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.actions.change import add_event
from cases.actions.correct_contact import (
    ContactDetails,
    StaleDetails,
    change_details,
    changes_of,
    details_of,
)
from cases.actions.discard_call import refuse_discarded
from cases.events import ContactCorrected
from cases.models import CallCorrection, CallDraft, Case
from cases.queries.verifications import is_verified_in_call
from common.typed_json import from_json, to_json
from leases.models import Customer, Lease


@transaction.atomic
def correct_caller(
    *,
    draft: CallDraft,
    lease: Lease,
    shown: ContactDetails,
    told: ContactDetails,
    by: User,
    now: datetime,
) -> bool:
    """What differs is changed for the customer of `lease`, who was verified in this call; False if
    nothing does. What it was stays with the call, and its case tells of it.

    StaleDetails if their details aren't those `shown`; ValidationError `call_finished`,
    `call_discarded`, `caller_not_verified` and those of `correct_contact`.
    """
    visible = Lease.objects.visible_to(by).filter(pk=lease.pk)
    if not (by.works_cases and visible.exists()):
        raise PermissionDenied
    draft = CallDraft.objects.select_for_update(no_key=True).get(pk=draft.pk)
    if draft.case_id:
        raise ValidationError(_("This call already became a case."), code="call_finished")
    refuse_discarded(draft)
    customer = Customer.objects.select_for_update(no_key=True).get(pk=lease.customer_id)
    if details_of(customer) != shown:
        raise StaleDetails
    changes = changes_of(customer, told)
    if not changes:
        return False
    is_verified = is_verified_in_call(draft, lease, user=by, now=now)
    change_details(customer, changes, is_verified=is_verified, by=by, now=now)
    details = to_json(ContactCorrected(details=changes))["details"]
    CallCorrection.objects.create(draft=draft, customer=customer, details=details, by=by, at=now)
    return True


def tell_of_corrections(draft: CallDraft, case: Case) -> None:
    """In the timeline of the call's case, at the time when it was; not in another customer's."""
    if case.lease is None:
        return
    theirs = CallCorrection.objects.filter(draft=draft, customer=case.lease.customer_id)
    for each in theirs.select_related("by"):
        happening = from_json(ContactCorrected, {"details": each.details})
        add_event(case, happening, by=each.by, now=each.at)
