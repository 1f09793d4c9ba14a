"""A customer with an attorney is written to through the attorney."""

from __future__ import annotations

from cases.models import CaseFlag, CaseMail
from cases.models.case_flag import CaseFlagQuerySet
from leases.models import LeaseMail
from mail.models import Email
from mail.recipients import Recipient, Recipients


class CaseRecipients(Recipients):
    def instead(self, mail: Email) -> Recipient | None:
        """Asked anew for every mail, at the last moment. A lifted flag brings back the customer."""
        found = _flags(mail)
        if found is None:
            return None
        flags, own_address = found
        attorney = flags.order_by("-at", "-pk").first()
        if attorney is not None:
            return Recipient(attorney.email, attorney.name)
        is_strangers = (
            mail.to != own_address
            and CaseMail.objects.filter(
                pk=mail.pk,
                case__lease=None,  # a lease that was detached meanwhile was someone else's
            ).exists()
        )
        return Recipient(own_address) if mail.care_of or is_strangers else None


def _flags(mail: Email) -> tuple[CaseFlagQuerySet, str] | None:
    """The attorneys who may get it, and the address of whom it's about."""
    about = CaseMail.objects.select_related("case__lease__customer", "case__contact")
    if link := about.filter(pk=mail.pk).first():
        case = link.case
        if case.lease is None:
            return CaseFlag.objects.attorneys().filter(case=case), case.person.email
        customer = case.lease.customer
    elif of_lease := LeaseMail.objects.select_related("lease__customer").filter(pk=mail.pk).first():
        customer = of_lease.lease.customer
    else:
        return None
    return CaseFlag.objects.attorneys_of([customer.pk]), customer.email
