from __future__ import annotations

import logging
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import User
from cases.actions.bounces import came_back
from leases.models import Customer
from mail.addresses import folded, spellings
from mail.enums import SuppressionReason
from mail.models import Email

log = logging.getLogger(__name__)

_LONGEST_ADDRESS = 254
_LONGEST_ID = 200


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
    """Records a provider's report about a mail: `reason` None, only this mail didn't arrive.

    The mail is found by our id in its metadata, otherwise by the provider's. An account may serve
    others too: an unknown mail counts only if its address belongs to one of our people.
    """
    if len(address) > _LONGEST_ADDRESS or not f"{address}{remote_id}".isprintable():
        log.warning("provider_report_ignored error=unreadable")
        return
    email = _mail(email_id, remote_id)
    if email is not None and address and folded(address) != folded(email.to):
        email = None  # for an address it was sent to before
    if email is not None:
        came_back(
            address=email.to, reason=reason if address else None, error=error, email=email, now=now
        )
    elif reason is not None and _is_known(address):
        came_back(address=address, reason=reason, error=error, email=None, now=now)
    else:
        log.info("provider_report_ignored error=foreign")


def _mail(email_id: str, remote_id: str) -> Email | None:
    mails = Email.objects.select_related("template")
    try:
        found = mails.filter(pk=UUID(email_id)).first()
    except ValueError:
        found = None
    if found is None and remote_id:
        found = mails.filter(remote_id=remote_id[:_LONGEST_ID]).first()
    return found


def _is_known(address: str) -> bool:
    names = spellings(address)
    return (
        Customer.objects.filter(email__in=names).exists()
        or User.objects.filter(email__in=names).exists()
    )
