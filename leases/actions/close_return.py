from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from leases.actions.agreement_checks import checked_note
from leases.actions.tell_return import tell_closing
from leases.enums import ReturnOutcome
from leases.models import MerchandiseReturn


@transaction.atomic
def close_return(
    *,
    row: MerchandiseReturn,
    note: str,
    tells_customer: bool = True,
    by: User,
    now: datetime,
) -> MerchandiseReturn:
    """Records the outcome of merchandise returned after delivery: credited, exchanged, refused. The
    note stays internal; the customer gets in writing what they owe now, unless other mail says it.

    PermissionDenied for anyone but merchant services and supervisors; ValidationError:
    `closing_note`, `account_number`, `return_closed` (or never open).
    """
    if not (by.decides_leases or by.supervises):
        raise PermissionDenied
    note = checked_note(note)
    if not note:
        raise ValidationError(_("Enter how the return ended."), code="closing_note")
    row = MerchandiseReturn.objects.select_for_update().get(pk=row.pk)
    if row.outcome != ReturnOutcome.OPENED or row.closed_at is not None:
        raise ValidationError(_("Someone already closed this return."), code="return_closed")
    row.closed_at, row.closed_by, row.closing_note = now, by, note
    row.save(update_fields=["closed_at", "closed_by", "closing_note"])
    if tells_customer:
        tell_closing(row, now=now)
    return row
