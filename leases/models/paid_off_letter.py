from __future__ import annotations

from typing import TYPE_CHECKING, Self

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from common.formats import day
from leases.models.lease import Lease

if TYPE_CHECKING:
    from accounts.models import User


class PaidOffLetterQuerySet(models.QuerySet["PaidOffLetter"]):
    def visible_to(self, user: User) -> Self:
        """The only door, the same as to the lease."""
        if user.is_customer:
            return self.filter(lease__customer__user=user)
        return self if user.sees_leases else self.none()

    def in_force(self) -> Self:
        return self.filter(voided_at__isnull=True)


class PaidOffLetter(models.Model):
    """Says that nothing more is owed on a lease. Void once something is owed again, as after a
    payment that the bank returns; paid off again, it's another letter.
    """

    lease = models.ForeignKey(
        Lease, models.PROTECT, related_name="paid_off_letters", verbose_name=_("lease")
    )
    paid_on = models.DateField(_("paid off on"))
    received = models.DecimalField(_("payments received"), max_digits=10, decimal_places=2)
    # By early purchase.
    is_purchase = models.BooleanField(_("early purchase"))
    at = models.DateTimeField(_("date and time"))
    voided_at = models.DateTimeField(_("void since"), null=True, blank=True)

    objects = PaidOffLetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("paid-off letter")
        verbose_name_plural = _("paid-off letters")
        ordering = ["-at", "-id"]
        indexes = [
            # queries/by_money.py: who paid off, the last one first
            models.Index(
                fields=["-paid_on", "-id"],
                name="paid_off_letter_by_day",
                condition=Q(voided_at__isnull=True),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["lease"], condition=Q(voided_at__isnull=True), name="paid_off_letter_once"
            ),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True) | Q(voided_at__gte=F("at")),
                name="paid_off_letter_void_later",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="paid_off_letter_never_deleted", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="paid_off_letter_stays_as_given",
                fields=["lease", "paid_on", "received", "is_purchase", "at"],
            ),
            pgtrigger.Protect(
                name="paid_off_letter_void_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__voided_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lease} · {day(self.paid_on)}"
