"""Which case a mail is about, and whom it was written to."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from cases.models import Case, CaseFlag, CaseMail
from cases.models.case import Person
from cases.queries.flags import flags_of
from leases.models import LeaseMail
from mail.kinds import keys_with
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


def attorneys_for(mails: Iterable[Email]) -> dict[UUID, CaseFlag]:
    """Who has to get these instead. Four queries, however many there are; mails come with their
    templates.
    """
    through = set(keys_with("through_attorney"))
    ids = [mail.pk for mail in mails if mail.template.key in through and not mail.is_test]
    links = CaseMail.objects.select_related("case__lease", "case__contact").in_bulk(ids)
    flags = flags_of({link.case for link in links.values()})
    of_cases = {
        pk: flags[link.case_id].attorney for pk, link in links.items() if link.case_id in flags
    }
    leases = dict(LeaseMail.objects.filter(pk__in=ids).values_list("pk", "lease__customer"))
    named = CaseFlag.objects.attorneys_of(set(leases.values())).order_by(
        "-awaits_letter", "at", "pk"
    )
    theirs = {
        flag.case.lease.customer_id: flag
        for flag in named.select_related("case__lease")
        if flag.case.lease
    }
    of_leases = {pk: theirs[customer] for pk, customer in leases.items() if customer in theirs}
    return of_leases | {pk: flag for pk, flag in of_cases.items() if flag}


def address_now(mail: Email) -> str:
    """Where a mail goes that is sent again: see `present_address`."""
    return present_address(mail, customers_of([mail]).get(mail.pk))


def present_address(mail: Email, person: Person | None) -> str:
    """Their current address; the same as before for tests, our own people, and whoever has no
    address anymore.
    """
    return mail.to if person is None or mail.is_test else person.email or mail.to
