from __future__ import annotations

from datetime import datetime
from typing import Any

from cases.enums import TemplateKey
from cases.mail.case_mail import case_params, overdue
from cases.mail.enqueue import NewMail
from cases.mail.return_steps import return_steps_params
from cases.models import Entry, FollowUp
from cases.queries.asked_for import asked_for
from cases.turns import Turn


def follow_up_mail(follow_up: FollowUp, *, entry: Entry, told: Turn, now: datetime) -> NewMail:
    """In the language chosen for it, if one was."""
    case = follow_up.case
    return NewMail(
        key=follow_up.mail_key,
        template=TemplateKey(follow_up.template),
        to=case.lease.customer.email,
        language=follow_up.spoken,
        params=case_params(case, **overdue(case, now, told), **_extra(follow_up)),
        case=case,
        entry=entry,
    )


def _extra(follow_up: FollowUp) -> dict[str, Any]:
    """What its text says beyond the case; see `case_params`."""
    match follow_up.template:
        case TemplateKey.FOLLOW_UP:
            return {"message": follow_up.message}
        case TemplateKey.EVIDENCE_REQUESTED:
            return {"slots": asked_for(follow_up.case), "message": follow_up.message}
        case TemplateKey.RETURN_STEPS:
            return return_steps_params(follow_up.case.lease)
    return {}
