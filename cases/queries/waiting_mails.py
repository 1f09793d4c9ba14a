"""Mails about a customer's leases and cases that haven't left yet."""

from __future__ import annotations

from django.db.models import QuerySet

from cases.models import CaseMail
from leases.models import Customer, LeaseMail
from mail.enums import EmailState
from mail.models import Email


def waiting_mails(customer: Customer, *, to: str) -> QuerySet[Email]:
    """Those to one address; an attorney's aren't among them. What signs in has no such link, and
    neither has what tells an old address that it was changed.
    """
    written = Email.objects.filter(to=to, care_of="", is_secret=False, is_test=False)
    keys = list(written.filter(state=EmailState.PENDING).values_list("pk", flat=True))
    theirs = LeaseMail.objects.filter(pk__in=keys, lease__customer=customer).values_list("pk")
    of_cases = CaseMail.objects.filter(pk__in=keys, case__lease__customer=customer)
    found = theirs.union(of_cases.values_list("pk"))
    return Email.objects.filter(pk__in=[pk for (pk,) in found], state=EmailState.PENDING)
