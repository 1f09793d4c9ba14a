"""Staff say what a file is that came without saying so."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases import deadlines
from cases.actions import asked_items
from cases.actions.change import add_event, cancel_follow_ups, change_status, locked, touch
from cases.enums import CancelReason, CaseStatus, FollowUpText, Visibility
from cases.events import EvidenceTied
from cases.models import Evidence
from cases.queries.asked_for import asked_for
from cases.queries.untied_files import untied_files
from common.company_day import company_zone


@transaction.atomic
def tie_file(*, evidence: Evidence, slot: str, by: User, now: datetime) -> None:
    """This file answers `slot`: the item is received, as if the customer had said so.

    With the last missing item it's our turn, and no one is reminded of it. Undone by requesting it
    again. ValidationError `case_over`, `item_not_open` (not requested, or already decided),
    `file_not_free` (the customer didn't send it, it can't be read, or it already answers
    something).
    """
    if not by.works_cases:
        raise PermissionDenied
    case = locked(evidence.entry.case)
    if not case.is_active:
        raise ValidationError(_("This case has already ended."), code="case_over")
    item = asked_items.answered(case, slot)
    if item is None:
        raise ValidationError(_("We’re no longer asking for this."), code="item_not_open")
    if not untied_files(case).filter(pk=evidence.pk).exists():
        raise ValidationError(
            _("Choose a file that isn’t matched to a request yet."), code="file_not_free"
        )
    evidence.answers.clear()  # for an item that was requested again
    asked_items.receive(item, [evidence], now=now)
    touch(case, now=now)
    add_event(
        case,
        EvidenceTied(evidence=str(evidence.pk), name=evidence.name, slots=(slot,)),
        by=by,
        now=now,
        visibility=Visibility.PUBLIC,
    )
    if asked_for(case):
        return
    asking = FollowUpText.EVIDENCE_REQUESTED
    cancel_follow_ups(case, CancelReason.EVIDENCE_CAME, by=by, now=now, template=asking)
    if case.status == CaseStatus.WAITING_CUSTOMER:
        due_on = deadlines.next_update(now, company_zone())
        change_status(case, CaseStatus.IN_PROGRESS, due_on=due_on, by=by, now=now)
