"""Which case a mail is about, and whom it was written to."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from cases.models import Case, CaseMail
from leases.models import Customer, LeaseMail
from mail.models import Email


def case_of(mail: Email) -> Case | None:
    link = CaseMail.objects.select_related("case__lease__customer__user").filter(pk=mail.pk)
    found = link.first()
    return found.case if found else None


def customers_of(mails: Iterable[Email]) -> dict[UUID, Customer]:
    """Mails to our own people have none. Two queries, however many there are."""
    ids = [mail.pk for mail in mails]
    of_leases = LeaseMail.objects.select_related("lease__customer").in_bulk(ids)
    of_cases = CaseMail.objects.select_related("case__lease__customer").in_bulk(ids)
    return {pk: link.lease.customer for pk, link in of_leases.items()} | {
        pk: link.case.lease.customer for pk, link in of_cases.items()
    }


def address_now(mail: Email) -> str:
    """Where a mail goes that is sent again: see `present_address`."""
    return present_address(mail, customers_of([mail]).get(mail.pk))


def present_address(mail: Email, customer: Customer | None) -> str:
    """The customer's current address; for tests and our own people, the same as before."""
    return mail.to if customer is None or mail.is_test else customer.email
