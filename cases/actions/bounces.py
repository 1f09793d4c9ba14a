from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from cases.actions.change import add_event, locked, touch
from cases.enums import AttemptResult, Event
from cases.events import MailBounced
from cases.models import ContactAttempt, Entry
from cases.queries.case_mails import case_of
from mail.enums import EmailState, SuppressionReason
from mail.models import Email
from mail.outbound.suppression import LONGEST, suppress


@transaction.atomic
def came_back(
    *,
    address: str,
    reason: SuppressionReason | None,
    error: str,
    email: Email | None,
    now: datetime,
) -> None:
    """Records that a mail accepted by a server didn't arrive or isn't wanted.

    `reason` None: the address is good; only this mail didn't arrive.
    """
    if email is not None and reason != SuppressionReason.COMPLAINED:
        if (case := case_of(email)) is not None:
            locked(case)  # before its mails
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
    """An address can't receive email: write nothing to it until someone has checked it.

    `email` is our mail that came back, if known; its case shows it. The same report a second time
    changes nothing.
    """
    if email is not None and (found := case_of(email)) is not None:
        case, mail = locked(found), str(email.pk)
        if not Entry.objects.filter(
            case=case, event=Event.MAIL_BOUNCED, params__email=mail
        ).exists():
            touch(case, now=now)
            add_event(
                case,
                MailBounced(template=email.template.key, email=mail, reason=reason or ""),
                by=None,
                now=now,
            )
            ContactAttempt.objects.get_or_create(
                email=email,
                defaults={"case": case, "result": AttemptResult.BOUNCED, "at": now},
            )
    if reason is not None:
        suppress(address=address, reason=reason, error=error, email=email, now=now)


def _failed(email: Email, error: str) -> bool:
    """A server that accepted it isn't the customer; what a person settled stays.

    A report may come before the delivery is recorded: the sender then finds the mail taken over.
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
            claimed_until=None,
            error=error[:LONGEST],
            trying_since=None,
            **erased,
        )
    )
