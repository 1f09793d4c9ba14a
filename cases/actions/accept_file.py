"""Staff accept a file that they're looking at."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.actions.ask_evidence import is_unreadable, settle_evidence
from cases.actions.change import locked
from cases.actions.flags import lock_customers_cases
from cases.actions.tie_file import tie_file
from cases.kinds import REPRESENTATION
from cases.models import Evidence


@transaction.atomic
def accept_file(*, evidence: Evidence, slot: str, by: User, now: datetime) -> bool:
    """Accepts it as `slot`; one that came without a word is matched to it first. False if someone
    accepted the item already, or no one needs it anymore.

    ValidationError `file_unreadable` if the customer was asked for it again, and those of
    `tie_file`.
    """
    if not by.works_cases:
        raise PermissionDenied
    case = evidence.entry.case
    if slot == REPRESENTATION:  # before this one alone, as settle_evidence does
        lock_customers_cases(case)
    locked(case)
    if is_unreadable(evidence):
        raise ValidationError(
            _("This file was requested again, so it can’t be accepted."), "file_unreadable"
        )
    if not evidence.answers.filter(slot=slot).exists():
        tie_file(evidence=evidence, slot=slot, by=by, now=now)
    return settle_evidence(case=case, slot=slot, by=by, now=now)
