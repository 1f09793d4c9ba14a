"""A follow-up that is due, with the text chosen for it."""

from __future__ import annotations

from datetime import datetime
from typing import assert_never

from cases.enums import FollowUpText
from cases.mails.base import CaseParams, case_mail, facts_now
from cases.mails.evidence_requested import EVIDENCE_REQUESTED, EvidenceRequestedParams
from cases.mails.follow_up import FOLLOW_UP, FollowUpParams
from cases.mails.return_steps import RETURN_STEPS, ReturnStepsParams, return_facts
from cases.mails.status_changed import STATUS_CHANGED
from cases.models import CaseMail, Entry, FollowUp
from cases.queries.asked_for import asked_for
from cases.turns import Turn
from mail.kinds import MailKind
from mail.outbound.enqueue import NewMail


def follow_up_mail(follow_up: FollowUp, *, entry: Entry, told: Turn, now: datetime) -> NewMail:
    """In the language chosen for it, if one was."""
    kind, said = _said(follow_up, told, now)
    return case_mail(
        kind,
        said,
        follow_up.case,
        key=f"follow_up:{follow_up.pk}",
        entry=entry,
        about=CaseMail(follow_up=follow_up),
        language=follow_up.spoken,
    )


def _said(
    follow_up: FollowUp, told: Turn, now: datetime
) -> tuple[MailKind[CaseParams], CaseParams]:
    case, text = follow_up.case, FollowUpText(follow_up.template)
    facts = facts_now(case, now, told)
    match text:
        case FollowUpText.FOLLOW_UP:
            return FOLLOW_UP, FollowUpParams(**facts, message=follow_up.message)
        case FollowUpText.EVIDENCE_REQUESTED:
            slots = tuple(asked_for(case))
            asked = EvidenceRequestedParams(**facts, slots=slots, message=follow_up.message)
            return EVIDENCE_REQUESTED, asked
        case FollowUpText.RETURN_STEPS if case.lease:
            return RETURN_STEPS, ReturnStepsParams(**facts, **return_facts(case.lease))
        case FollowUpText.STATUS_CHANGED | FollowUpText.RETURN_STEPS:
            return STATUS_CHANGED, CaseParams(**facts)
        case _:
            assert_never(text)
