"""A customer with an attorney is written to through the attorney."""

from __future__ import annotations

from typing import NamedTuple

from cases.models import Case, CaseFlag, CaseMail
from cases.queries.doubted import is_doubted
from cases.queries.flags import attorney_of
from leases.models import LeaseMail
from mail.models import Email
from mail.recipients import DOUBTED, LETTER, Recipient, Recipients


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
    if is_doubted(case):
        return Recipient("", "", case.person.language, why=DOUBTED)
    return Recipient(case.person.email, "", case.person.language)


class MailReader(NamedTuple):
    """Who reads what is written to a customer."""

    name: str
    language: str


def reader_of(case: Case, attorney: CaseFlag | None) -> MailReader:
    """`attorney`: who speaks for them, found before."""
    person = case.person
    if attorney is None:
        return MailReader(person.name, person.language)
    return MailReader(attorney.name, attorney.language or person.language)


def reaches_no_one(case: Case) -> bool:
    """Whoever it's about has no address, and no one speaks for them. One query, only then."""
    return not case.person.email and attorney_of(case) is None


def _attorney(flag: CaseFlag, customers: str) -> Recipient:
    waits = LETTER if flag.email and flag.awaits_letter else ""
    return Recipient(flag.address, flag.name, flag.language or customers, why=waits)


def _about_case(case: Case, mail: Email) -> Recipient | None:
    due = recipient_of(case)
    # A lease that was detached meanwhile was someone else's.
    is_strangers = case.lease is None and mail.to != due.to
    is_elsewhere = due.care_of or mail.care_of or is_strangers or due.why
    return due if is_elsewhere else None
