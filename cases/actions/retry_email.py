from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models import Case, CaseMail
from cases.queries.case_mails import (
    address_now,
    attorneys_for,
    customers_of,
    present_address,
)
from cases.queries.mails import failed_so
from leases.models import LeaseMail
from mail.addresses import folded
from mail.enums import EmailState
from mail.models import Email
from mail.outbound.nudge import nudge_on_commit
from mail.outbound.suppression import suppressed
from mail.recipients import ATTORNEY, DOUBTED, LETTER

#: Mails in one statement, and in one run.
BATCH = 500
MOST = 10_000


@transaction.atomic
def retry_email(*, email: Email, by: User, now: datetime) -> None:
    """Sends a mail that didn't arrive again, to the customer's current address or their attorney's.

    ValidationError `mail_not_failed`, `address_suppressed`.
    """
    if not by.works_cases:
        raise PermissionDenied
    email = Email.objects.select_for_update(of=("self",)).get(pk=email.pk)
    if email.state != EmailState.FAILED or email.is_secret:
        raise ValidationError(_("This email is already on its way."), code="mail_not_failed")
    to, attorney = address_now(email), attorneys_for([email]).get(email.pk)
    if suppressed([attorney.address if attorney else to]):
        raise ValidationError(
            _("This address can’t receive email. Review it under “Bounced addresses” first."),
            code="address_suppressed",
        )
    try_again(email, to=to, now=now)


@transaction.atomic
def retry_failed(*, failure: str, by: User, now: datetime) -> int:
    """The same for all that failed recently for this reason (cases.queries.mails.failures); returns
    how many.

    Mails to suppressed addresses stay. More than MOST need another run.
    """
    if not by.supervises:
        raise PermissionDenied
    count = 0
    mails = (
        failed_so(failure, user=by, now=now)
        .select_related("template")
        .only("to", "is_test", "template__key")
        .order_by("pk")
        .select_for_update(of=("self",))
    )
    batch = list(mails[:BATCH])
    while batch and count < MOST:
        count += _try_batch(batch, now)
        batch = list(mails.filter(pk__gt=batch[-1].pk)[:BATCH])
    if count:
        nudge_on_commit()
    return count


def send_held(case: Case, *, now: datetime) -> int:
    """The same for what was held for the attorney of this case's customer, or because their address
    was doubted; returns how many. For the action after which it isn't held anymore.
    """
    held = Email.objects.undelivered().filter(error__in=[ATTORNEY, LETTER, DOUBTED], is_test=False)
    links = CaseMail.objects.filter(case=case).values("pk")
    if case.lease:
        customer = case.lease.customer_id
        of_leases = LeaseMail.objects.filter(lease__customer=customer).values("pk")
        links = CaseMail.objects.filter(case__lease__customer=customer).values("pk")
        links = links.union(of_leases, all=True)
    mails = held.filter(pk__in=list(links.values_list("pk", flat=True)))
    count = _try_batch(
        list(mails.select_related("template").order_by("pk").select_for_update(of=("self",))), now
    )
    nudge_on_commit()
    return count


def _try_batch(mails: list[Email], now: datetime) -> int:
    customers = customers_of(mails)
    addresses = {mail: present_address(mail, customers.get(mail.pk)) for mail in mails}
    attorneys = attorneys_for(mails)
    asked = {
        mail: attorneys[mail.pk].address if mail.pk in attorneys else to
        for mail, to in addresses.items()
    }
    held = suppressed(asked.values())
    free = {mail: to for mail, to in addresses.items() if folded(asked[mail]) not in held}
    moved = [mail for mail, to in free.items() if mail.to != to]
    for mail in moved:
        mail.to = free[mail]
    Email.objects.bulk_update(moved, ["to"])
    return Email.objects.filter(pk__in=[mail.pk for mail in free]).update(**_again(now))


def try_again(email: Email, *, to: str, now: datetime) -> None:
    """In the caller's transaction. The Message-ID stays, so that a second copy is recognized."""
    Email.objects.filter(pk=email.pk).update(to=to, **_again(now))
    nudge_on_commit()


def _again(now: datetime) -> dict[str, Any]:
    return {"state": EmailState.PENDING, "error": "", "attempts": 0, "next_attempt_at": now}
