from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from mail.enums import SuppressionReason
from mail.models.email import Email

if TYPE_CHECKING:
    from accounts.models import User

#: The error of a mail that wasn't tried because its address is suppressed.
SUPPRESSED = "suppressed"
#: A mail that failed before this isn't resent with the others: it would tell old news.
FRESH = timedelta(days=7)


class SuppressedAddressQuerySet(models.QuerySet["SuppressedAddress"]):
    def visible_to(self, user: User) -> Self:
        return self if user.works_cases else self.none()

    def in_force(self) -> Self:
        return self.filter(lifted_at__isnull=True)


class SuppressedAddress(models.Model):
    """An address that gets no mail until someone has checked it: a task for an agent."""

    address = models.EmailField(_("address"))
    reason = models.CharField(_("reason"), max_length=10, choices=SuppressionReason.choices)
    error = models.CharField(_("last error"), max_length=200, blank=True)
    email = models.ForeignKey(
        Email, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("email")
    )
    at = models.DateTimeField(_("date and time"))
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = SuppressedAddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("address we can’t reach")
        verbose_name_plural = _("addresses we can’t reach")
        indexes = [
            # cases/queries/mails.py: newest first
            models.Index(
                fields=["-at", "-id"],
                name="suppressed_newest",
                condition=Q(lifted_at__isnull=True),
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["address"],
                name="suppressed_address_once",
                condition=Q(lifted_at__isnull=True),
            ),
            models.CheckConstraint(
                condition=Q(address=Lower("address")), name="suppressed_address_lower_case"
            ),
            models.CheckConstraint(
                condition=Q(reason__in=SuppressionReason.values), name="suppression_reason_known"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="suppression_lifted_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.address
