from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from cases.actions.bounces import bounced, came_back
from cases.enums import EmailState, SuppressionReason
from cases.models import Email


class StillSending(Exception):
    """The report overtook the end of its own mail's delivery: it has to be made again."""


@transaction.atomic
def provider_report(
    *,
    email_id: str,
    remote_id: str,
    address: str,
    reason: SuppressionReason | None,
    error: str,
    now: datetime,
) -> None:
    """What a provider says became of a mail: `reason` None, only this mail did not arrive.

    The mail is found by our id in what was sent along, else by the provider's. StillSending changes
    nothing.
    """
    email = _mail(email_id, remote_id)
    if email is not None and email.state == EmailState.SENDING:
        raise StillSending
    if reason is None:
        if email is not None:
            came_back(email, error)
        return
    bounced(address=address, reason=reason, error=error, email=email, now=now)


def _mail(email_id: str, remote_id: str) -> Email | None:
    mails = Email.objects.select_related("template", "case")
    try:
        found = mails.filter(pk=UUID(email_id)).first()
    except ValueError:
        found = None
    if found is None and remote_id:
        found = mails.filter(remote_id=remote_id).first()
    return found
