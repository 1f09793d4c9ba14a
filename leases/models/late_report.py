from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.masked_fields import MaskedText
from common.company_day import business_day
from common.formats import day
from leases.models.lease import Lease


class LateReportQuerySet(models.QuerySet["LateReport"]):
    def open(self) -> LateReportQuerySet:
        return self.filter(decided_at__isnull=True)


class LateReport(models.Model):
    """A delivery made in time and reported after the deadline. A supervisor decides, once.

    If approved, it's the only way out of an expired status.
    """

    lease = models.ForeignKey(
        Lease, models.PROTECT, related_name="late_reports", verbose_name=_("lease")
    )
    # The times as stored: a day without a time is its noon, or just before the deadline.
    delivered_at = models.DateTimeField(_("delivery"))
    signed_at = models.DateTimeField(_("signing date"), null=True, blank=True)
    deadline = models.DateTimeField(_("deadline"))
    shipping_provider = models.CharField(_("shipping provider"), max_length=60, blank=True)
    tracking_id = models.CharField(_("tracking number"), max_length=80, blank=True)
    reason = MaskedText(_("reason"), max_length=2000)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )
    at = models.DateTimeField(_("date and time"))
    approved = models.BooleanField(_("approved"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    note = MaskedText(_("note"), blank=True, max_length=2000)

    objects = LateReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("late report")
        verbose_name_plural = _("late reports")
        ordering = ["-at", "-id"]
        indexes = [
            # queries/late_reports.py: what waits for a supervisor, the oldest first
            models.Index(
                fields=["at", "id"], name="late_report_open", condition=Q(decided_at__isnull=True)
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["lease"], condition=Q(decided_at__isnull=True), name="late_report_one_open"
            ),
            models.CheckConstraint(
                condition=Q(delivered_at__lt=F("deadline"))
                & (Q(signed_at__isnull=True) | Q(signed_at__lte=F("delivered_at"))),
                name="late_report_was_in_time",
            ),
            models.CheckConstraint(
                condition=Q(approved__isnull=True, decided_at__isnull=True, decided_by__isnull=True)
                | Q(approved__isnull=False, decided_at__gte=F("at"), decided_by__isnull=False),
                name="late_report_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("by")),
                name="late_report_takes_two",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="late_report_has_a_reason"),
        ]
        triggers = [
            pgtrigger.Protect(name="late_report_never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="late_report_decided_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__decided_at__isnull=False),
            ),
            pgtrigger.ReadOnly(
                name="late_report_stays_as_told",
                fields=[
                    "lease", "delivered_at", "signed_at", "deadline", "shipping_provider",
                    "tracking_id", "reason", "by", "at",
                ],
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.lease} · {day(business_day(self.delivered_at))}"
