from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leases.models.lease import Lease
from leases.models.plan import Plan, PlanPromise
from mail.models import MailLink

if TYPE_CHECKING:
    from accounts.models import User


class LeaseMailQuerySet(models.QuerySet["LeaseMail"]):
    def visible_to(self, user: User) -> Self:
        if user.is_customer:
            return self.filter(lease__customer__user=user)
        return self if user.sees_leases else self.none()


class LeaseMail(MailLink):
    """A mail to a customer about their lease."""

    lease = models.ForeignKey(Lease, models.PROTECT, related_name="mails", db_index=False)
    # The plan that the mail confirms.
    plan = models.ForeignKey(
        Plan, models.PROTECT, null=True, blank=True, related_name="mails", db_index=False
    )
    # The plan's payment that the mail is about.
    promise = models.ForeignKey(
        PlanPromise, models.PROTECT, null=True, blank=True, related_name="mails", db_index=False
    )

    objects = LeaseMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("email about a lease")
        verbose_name_plural = _("emails about leases")
        indexes = [
            # queries/mails.py: what was written about a lease
            models.Index(fields=["lease"], name="lease_mail_lease"),
            # cases/actions/plans.py: its confirmation
            models.Index(fields=["plan"], name="lease_mail_plan", condition=Q(plan__isnull=False)),
            # actions/remind_of_payments.py: what was already sent
            models.Index(
                fields=["promise"], name="lease_mail_promise", condition=Q(promise__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lease} {self.email_id}"
