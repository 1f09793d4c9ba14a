from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from cases.actions.change import add_event, locked, touch
from cases.enums import EmailState, Event, SuppressionReason
from cases.mail.suppression import LONGEST, suppress
from cases.models import Email, Entry


@transaction.atomic
def bounced(
    *,
    address: str,
    reason: SuppressionReason,
    error: str,
    email: Email | None,
    now: datetime,
) -> None:
    """An address takes no mail: write nothing to it until somebody has looked into it.

    `email` is the mail of ours that came back, if it is known; its case says so. The same report a
    second time changes nothing.
    """
    if email is not None and email.case is not None:
        case = locked(email.case)
        mail = str(email.pk)
        if not Entry.objects.filter(
            case=case, event=Event.MAIL_BOUNCED, params__email=mail
        ).exists():
            touch(case, now=now)
            add_event(
                case,
                Event.MAIL_BOUNCED,
                by=None,
                now=now,
                template=email.template.key,
                email=mail,
                reason=reason,
            )
    suppress(address=address, reason=reason, error=error, email=email, now=now)
    if email is not None and reason == SuppressionReason.BOUNCED:
        came_back(email, error)


def came_back(email: Email, error: str) -> None:
    """A server that took it is not the customer; what a person settled stays."""
    arrived = Q(state=EmailState.SENT) | Q(state=EmailState.UNCERTAIN, settlement="")
    Email.objects.filter(arrived, pk=email.pk).update(
        state=EmailState.FAILED, sent_at=None, error=error[:LONGEST]
    )
