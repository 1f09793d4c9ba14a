from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.actions.retry_email import try_again
from cases.queries.case_mails import address_now
from cases.queries.mails import held_mails
from mail.enums import EmailState
from mail.models import SuppressedAddress
from mail.models.suppressed_address import FRESH
from mail.outbound.suppression import suppressed


class Lifted(NamedTuple):
    sent: int
    dropped: int  # too old to be sent


@transaction.atomic
def lift_address(*, address: SuppressedAddress, by: User, now: datetime) -> Lifted:
    """Someone checked: the address is right, or the customer has another one by now.

    Mails that were held are sent, and those that came back are sent again, unless they're too old.
    Mails stay held if the customer's new address is suppressed too. ValidationError
    `address_lifted`.
    """
    if not by.works_cases:
        raise PermissionDenied
    if not (
        SuppressedAddress.objects.in_force()
        .filter(pk=address.pk)
        .update(lifted_at=now, lifted_by=by)
    ):
        raise ValidationError(
            _("Someone else already reviewed this address."), code="address_lifted"
        )
    held = held_mails([address])
    dropped = held.filter(created_at__lt=now - FRESH).update(
        state=EmailState.WITHDRAWN, error="stale"
    )
    sent = 0
    for email in held.select_for_update(of=("self",)).order_by("created_at"):
        to = address_now(email)
        if not suppressed([to]):
            try_again(email, to=to, now=now)
            sent += 1
    return Lifted(sent, dropped)
