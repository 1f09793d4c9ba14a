"""Mails about an agreement, to the customer in the customer's language."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from cases.enums import Party, TemplateKey
from cases.mail.case_mail import case_mail, enqueue_case_mail
from cases.mail.enqueue import NewMail, enqueue
from cases.mail.lease_mail import lease_mail
from cases.models import Entry, Promise
from leases.models import PlanPromise


def enqueue_promise_mail(
    promise: Promise, template: TemplateKey, *, entry: Entry | None, now: datetime
) -> bool:
    return enqueue(promise_mail(promise, template, entry=entry, now=now), now=now)


def promise_mail(
    promise: Promise, template: TemplateKey, *, entry: Entry | None, now: datetime
) -> NewMail:
    return case_mail(
        promise.case,
        template,
        key=promise.mail_key(template),
        entry=entry,
        now=now,
        store=promise.case.lease.store.name,
        promise={
            "party": promise.party,
            "what": promise.what,
            "amount": str(promise.amount) if promise.amount else None,
            "due_on": promise.due_on.isoformat(),
        },
    )


def enqueue_withdrawal(
    promise: Promise, reason: str, *, by: User, entry: Entry, now: datetime
) -> bool:
    """A message of ours: what was confirmed in writing no longer holds, and why."""
    with translation.override(promise.case.lease.customer.language):
        over = _("What we agreed no longer holds: “%(what)s”") % {"what": promise.what}
    return enqueue_case_mail(
        promise.case,
        TemplateKey.MESSAGE_ADDED,
        key=f"promise_withdrawn:{promise.pk}",
        entry=entry,
        now=now,
        author_name=by.name,
        message=f"{over}\n\n{reason}",
    )


def plan_promise_mail(promise: PlanPromise, template: TemplateKey) -> NewMail:
    """The same about an agreed payment; it belongs to a lease and says its account number."""
    said: dict[str, Any] = {
        "party": Party.CUSTOMER.value,
        "what": "",  # worded for the reader: a payment of the plan
        "amount": str(promise.amount),
        "due_on": promise.due_on.isoformat(),
    }
    key = f"plan_{template.value}:{promise.pk}"
    return lease_mail(promise.plan.lease, template, key=key, promise=said)
