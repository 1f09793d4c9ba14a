"""The first window after a call was saved: what was done, said once."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from cases.events import describe
from cases.mails.attorneys import recipient_of
from cases.models import CallDraft, Case
from cases.queries.call_done import call_done
from cases.queries.flags import attorney_of
from mail.outbound.suppression import suppressed

#: The session's: the number of the call that was just saved.
SAVED_CALL = "saved_call"


def remember_call(request: HttpRequest, draft: CallDraft) -> None:
    request.session[SAVED_CALL] = draft.number


def saved_call(request: HttpRequest, found: Case) -> dict[str, Any]:
    """Empty unless this case's call was saved just now."""
    number = request.session.get(SAVED_CALL)
    done = call_done(found, number) if number else None
    if done is None:
        return {}
    del request.session[SAVED_CALL]
    # The mail itself has the customer's address and language until it goes to their attorney.
    due = recipient_of(found)
    at = due if due.care_of else done.mail
    return {
        "saved": done,
        "effects": [describe(each, for_customer=False) for each in done.effects],
        "reader": due.care_of or found.person.name,
        "mail_to": at.to if at else "",
        "mail_language": at.language if at else "",
        "has_address": bool(due.to),
        "waits_for": attorney_of(found) if due.care_of and not due.to else None,
        "is_held": bool(done.mail and at and suppressed([at.to])),
    }
