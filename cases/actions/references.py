"""Numbers and codes that a customer reads to us from an email or a letter."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.mask_watch import noted
from accounts.models import User
from cases.actions.change import add_event, locked, touch
from cases.events import ReferenceAdded, ReferenceRemoved
from cases.models import Case, CaseReference
from cases.models.case_reference import LONGEST

MOST = 20


@transaction.atomic
def add_reference(*, case: Case, reference: str, by: User, now: datetime) -> CaseReference:
    """The same one twice, in capitals or not, is one.

    ValidationError `reference_missing`, `reference_long`, `references_many`.
    """
    if not by.works_cases:
        raise PermissionDenied
    case = locked(case)
    found, is_new = record_reference(case, reference, by=by, now=now)
    if is_new:
        touch(case, now=now)
    return found


@transaction.atomic
def remove_reference(*, reference: CaseReference, by: User, now: datetime) -> bool:
    """It stays in the history. False if it was removed before."""
    if not by.works_cases:
        raise PermissionDenied
    case = locked(reference.case)
    standing = CaseReference.objects.standing().filter(pk=reference.pk)
    if not standing.update(removed_at=now, removed_by=by):
        return False
    touch(case, now=now)
    add_event(case, ReferenceRemoved(reference=reference.reference), by=by, now=now)
    return True


def check_reference(reference: str) -> str:
    """As it's kept: masked, too. ValidationError `reference_missing`, `reference_long`."""
    line = noted(" ".join(reference.split()))
    if not line:
        raise ValidationError(_("Enter the reference."), code="reference_missing")
    if len(line) > LONGEST:
        raise ValidationError(
            _("A reference can have at most %(most)s characters. Enter only the reference."),
            code="reference_long",
            params={"most": LONGEST},
        )
    return line


def record_reference(
    case: Case, reference: str, *, by: User, now: datetime
) -> tuple[CaseReference, bool]:
    """In the action that locked the case."""
    line = check_reference(reference)
    standing = CaseReference.objects.standing().filter(case=case)
    if same := standing.filter(reference__iexact=line).first():
        return same, False
    if standing.count() >= MOST:
        raise ValidationError(
            _("This case has %(most)s references. Remove one that isn’t needed."),
            code="references_many",
            params={"most": MOST},
        )
    found = CaseReference.objects.create(case=case, reference=line, by=by, at=now)
    add_event(case, ReferenceAdded(reference=found.reference), by=by, now=now)
    return found, True
