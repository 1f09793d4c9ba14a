from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.actions.discard_call import refuse_discarded
from cases.models import CallDraft, CallTakeover


class CallTaken(ValidationError):
    """Someone else was faster: `call_taken`, naming who has the call now."""


@transaction.atomic
def take_over_call(*, draft: CallDraft, of: User, by: User, now: datetime) -> CallDraft:
    """An unfinished call becomes `by`'s; it's remembered whose it was.

    `of`: whose it was on the page of the one who asks. CallTaken `call_taken` if it no longer is;
    ValidationError `call_own`, `call_finished`, `call_discarded`.
    """
    if not by.works_cases:
        raise PermissionDenied
    draft = CallDraft.objects.select_for_update().get(pk=draft.pk)
    if draft.case_id:
        raise ValidationError(_("This call already became a case."), code="call_finished")
    refuse_discarded(draft)
    if draft.agent_id == by.pk:
        raise ValidationError(_("You already have this call."), code="call_own")
    if draft.agent_id != of.pk:
        raise CallTaken(
            _("%(name)s already took over this call."),
            code="call_taken",
            params={"name": draft.agent.name},
        )
    CallTakeover.objects.create(draft=draft, from_agent_id=draft.agent_id, to_agent=by, at=now)
    draft.agent = by
    draft.save(update_fields=["agent"])
    return draft


def answered_by(draft: CallDraft) -> User:
    """Who spoke with the caller, whoever has the call now."""
    first = draft.takeovers.select_related("from_agent").order_by("pk").first()
    return first.from_agent if first else draft.agent
