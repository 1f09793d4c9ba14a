from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from cases.actions.change import add_event, locked, touch
from cases.enums import EmailState, Event, SuppressionReason, TemplateKey
from cases.events import MailBounced
from cases.mail.suppression import LONGEST, suppress
from cases.models import Email, Entry


@transaction.atomic
def came_back(
    *,
    address: str,
    reason: SuppressionReason | None,
    error: str,
    email: Email | None,
    now: datetime,
) -> None:
    """What became of a mail that a server took: it did not arrive, or is not wanted.

    `reason` None: the address is good, only this mail did not arrive.
    """
    if email is not None and reason != SuppressionReason.COMPLAINED:
        if email.case is not None:
            locked(email.case)  # before its mails
        if not _failed(email, error) and reason is None:
            return
    bounced(address=address, reason=reason, error=error, email=email, now=now)


@transaction.atomic
def bounced(
    *,
    address: str,
    reason: SuppressionReason | None,
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
                MailBounced(
                    template=TemplateKey(email.template.key), email=mail, reason=reason or ""
                ),
                by=None,
                now=now,
            )
    if reason is not None:
        suppress(address=address, reason=reason, error=error, email=email, now=now)


def _failed(email: Email, error: str) -> bool:
    """A server that took it is not the customer; what a person settled stays.

    A report may overtake the end of the delivery: its drainer then finds the mail taken over.
    """
    taken = Q(state__in=[EmailState.SENT, EmailState.SENDING]) | Q(
        state=EmailState.UNCERTAIN, settlement=""
    )
    erased: dict[str, Any] = {"params": {}} if email.is_secret else {}
    return bool(
        Email.objects.filter(taken, pk=email.pk).update(
            state=EmailState.FAILED,
            sent_at=None,
            owner=None,
            lease_until=None,
            error=error[:LONGEST],
            trying_since=None,
            **erased,
        )
    )
