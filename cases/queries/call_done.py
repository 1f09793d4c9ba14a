"""What a call came to, right after it was saved."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import Q

from cases.enums import Event
from cases.models import CallDraft, Case, Entry
from mail.models import Email

#: What a case of some reasons does as it's saved: the caller should hear of it.
EFFECTS = (Event.AUTOPAY_REVOKED, Event.IDENTITY_BLOCKED)


class CallDone(NamedTuple):
    draft: CallDraft
    mail: Email | None = None  # to the customer, if one goes out
    effects: tuple[Entry, ...] = ()
    is_escalated: bool = False

    @property
    def is_added(self) -> bool:
        """To a case that was open already."""
        return bool(self.draft.case and self.draft.case.number != self.draft.number)


def call_done(case: Case, number: str) -> CallDone | None:
    """`number`: the one read aloud. None if that call isn't part of this case."""
    draft = CallDraft.objects.filter(number=number, case=case).select_related("case").first()
    if draft is None:
        return None
    begun = Q(event=Event.OPENED) if number == case.number else Q(event=Event.CALL_ADDED)
    told = Entry.objects.filter(begun, case=case).order_by("-at", "-pk")
    if number != case.number:
        told = told.filter(params__number=number)
    entry = told.first()
    if entry is None:
        return CallDone(draft)
    seen = (*EFFECTS, Event.ESCALATED)
    events = Entry.objects.filter(case=case, event__in=seen, at=entry.at).order_by("pk")
    effects = tuple(each for each in events if each.event in EFFECTS)
    mails = Email.objects.filter(casemail__case=case, casemail__entry__at=entry.at)
    is_escalated = len(effects) < len(events)
    return CallDone(draft, mails.order_by("created_at").first(), effects, is_escalated)
