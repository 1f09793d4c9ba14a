from __future__ import annotations

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def pending(self) -> Self:
        return self.filter(sent_at__isnull=True, cancelled_at__isnull=True)

    def due(self, now: datetime) -> Self:
        return self.pending().filter(send_at__lte=now)


class FollowUp(models.Model):
    """A mail that goes to the customer on a day chosen now."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="follow_ups")
    on = models.DateField(_("day"))
    message = models.TextField(_("message"))
    send_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        ordering = ["send_at"]
        indexes = [
            # actions/follow_ups.py: what is due now
            models.Index(
                fields=["send_at"],
                name="follow_up_due",
                condition=Q(sent_at__isnull=True, cancelled_at__isnull=True),
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(cancelled_at__isnull=True),
                name="follow_up_sent_or_cancelled",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True, cancelled_by__isnull=True)
                | Q(cancelled_at__isnull=False, cancelled_by__isnull=False),
                name="follow_up_cancelled_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.on}"
