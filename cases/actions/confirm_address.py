"""Someone whose identity was used says that the address on the lease is their own."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.actions.change import locked
from cases.actions.retry_email import send_held
from cases.models import Case, ConfirmedAddress
from mail.addresses import folded


@transaction.atomic
def confirm_address(*, case: Case, email: str, by: User, now: datetime) -> bool:
    """From then on it gets the case's mails, those too that were held. False if someone already
    said so.

    `email`: the address they were asked about. ValidationError `address_changed`: it's another one
    by now.
    """
    if not by.works_cases:
        raise PermissionDenied
    case = locked(case)
    if case.lease is None or folded(case.person.email) != folded(email):
        raise ValidationError(
            _("The customer has another address by now. Ask about that one."),
            code="address_changed",
        )
    is_new = keep_own_address(case, email, by=by, now=now)
    send_held(case, now=now)
    return is_new


def keep_own_address(case: Case, email: str, *, by: User, now: datetime) -> bool:
    """For an action that has locked or just opened the case."""
    _row, is_new = ConfirmedAddress.objects.get_or_create(
        case=case, email=folded(email), defaults={"by": by, "at": now}
    )
    return is_new
