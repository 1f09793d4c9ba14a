"""A customer with an attorney is written to through the attorney."""

from __future__ import annotations

from cases.models import Case, CaseFlag, CaseMail
from cases.queries.flags import attorney_of
from leases.models import LeaseMail
from mail.models import Email
from mail.recipients import Recipient, Recipients


class CaseRecipients(Recipients):
    def instead(self, mail: Email) -> Recipient | None:
        """Asked anew for every mail, at the last moment. A lifted flag brings back the customer."""
        about = CaseMail.objects.select_related("case__lease__customer", "case__contact")
        if link := about.filter(pk=mail.pk).first():
            return _about_case(link.case, mail)
        of_leases = LeaseMail.objects.select_related("lease__customer")
        if of_lease := of_leases.filter(pk=mail.pk).first():
            customer = of_lease.lease.customer
            flags = CaseFlag.objects.attorneys_of([customer.pk])
            if attorney := flags.order_by("awaits_letter", "-at", "-pk").first():
                return _attorney(attorney, customer.language)
            return Recipient(customer.email, "", customer.language) if mail.care_of else None
        return None


def recipient_of(case: Case) -> Recipient:
    """Who gets a mail about it as things are now."""
    if attorney := attorney_of(case):
        return _attorney(attorney, case.person.language)
    return Recipient(case.person.email, "", case.person.language)


def _attorney(flag: CaseFlag, customers: str) -> Recipient:
    return Recipient(flag.address, flag.name, flag.language or customers)


def _about_case(case: Case, mail: Email) -> Recipient | None:
    due = recipient_of(case)
    # A lease that was detached meanwhile was someone else's.
    is_strangers = case.lease is None and mail.to != due.to
    return due if due.care_of or mail.care_of or is_strangers else None
