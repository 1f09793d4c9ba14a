"""Which case a mail is about, and whom it was written to."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from cases.models import Case, CaseMail
from cases.models.case import Person
from leases.models import LeaseMail
from mail.models import Email


def case_of(mail: Email) -> Case | None:
    links = CaseMail.objects.select_related("case__lease__customer__user", "case__contact")
    found = links.filter(pk=mail.pk).first()
    return found.case if found else None


def customers_of(mails: Iterable[Email]) -> dict[UUID, Person]:
    """Mails to our own people have none. Two queries, however many there are."""
    ids = [mail.pk for mail in mails]
    of_leases = LeaseMail.objects.select_related("lease__customer").in_bulk(ids)
    of_cases = CaseMail.objects.select_related("case__lease__customer", "case__contact").in_bulk(
        ids
    )
    found: dict[UUID, Person] = {pk: link.lease.customer for pk, link in of_leases.items()}
    return found | {pk: link.case.person for pk, link in of_cases.items()}


def address_now(mail: Email) -> str:
    """Where a mail goes that is sent again: see `present_address`."""
    return present_address(mail, customers_of([mail]).get(mail.pk))


def present_address(mail: Email, person: Person | None) -> str:
    """Their current address; the same as before for tests, our own people, and whoever has no
    address anymore.
    """
    return mail.to if person is None or mail.is_test else person.email or mail.to
