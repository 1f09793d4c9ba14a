"""A payment of a recovery plan: announced before its day, and once it is missed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from common.company_day import business_day
from common.formats import day, money
from leases.mails.base import MADE_UP, LeaseParams, lease_facts, lease_mail
from leases.mails.plan_agreed import PlannedPayment
from leases.models import LeaseMail, PlanPromise
from mail.kinds import MailKind
from mail.meanings import COMPANY, CUSTOMER_NAME
from mail.outbound.enqueue import NewMail
from mail.words import Tone, turn

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

PLAN_PAYMENT_PLACEHOLDERS: Mapping[str, StrPromise] = {
    **CUSTOMER_NAME,
    "matter": _("the account number, as “account” and the number"),
    "promise": _("the payment with its amount and its date, one per line"),
    "promise_day": _("the agreed date"),
    **COMPANY,
    "portal_link": _("the link to the lease in the customer portal"),
}


@dataclass(frozen=True, kw_only=True)
class PlanPaymentParams(LeaseParams):
    promise: PlannedPayment

    def words(self) -> dict[str, str]:
        due = day(self.promise.due_on)
        lines = [
            (pgettext("payment of a plan", "Amount"), money(self.promise.amount)),
            (pgettext("payment of a plan", "Due date"), due),
        ]
        matter = pgettext("what a mail is about", "account %(number)s")
        return super().words() | {
            "promise": turn("\n".join(f"{name}: {text}" for name, text in lines), Tone.WARN),
            "promise_day": due,
            "matter": matter % {"number": self.account_number},
        }


def sample(now: datetime, *, days: int) -> PlanPaymentParams:
    due_on = business_day(now) + timedelta(days=days)
    return PlanPaymentParams(
        **MADE_UP, promise=PlannedPayment(due_on=due_on, amount=Decimal("40.00"))
    )


def plan_payment_mail(kind: MailKind[PlanPaymentParams], promise: PlanPromise) -> NewMail:
    lease = promise.plan.lease
    said = PlanPaymentParams(
        **lease_facts(lease),
        promise=PlannedPayment(due_on=promise.due_on, amount=promise.amount),
    )
    about = LeaseMail(lease=lease, promise=promise)
    return lease_mail(kind, said, lease, key=f"{kind.key}:{promise.pk}", about=about)
