from __future__ import annotations

from typing import Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.masked_fields import MaskedLine
from cases.enums import OutsideBody, Searched
from cases.models.case import Case
from cases.models.holds import kept_on_hold
from cases.models.searched import keeps_searched


class OutsideDeadlineQuerySet(models.QuerySet["OutsideDeadline"]):
    def open(self) -> Self:
        return self.filter(answered_on__isnull=True)


class OutsideDeadline(models.Model):
    """A day by which an outside agency wants an answer. It never pauses."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="outside_deadlines")
    body = models.CharField(_("who is asking"), max_length=16, choices=OutsideBody.choices)
    reference = MaskedLine(_("their reference"), max_length=60, blank=True)
    received_on = models.DateField(_("sent to us on"))
    due_on = models.DateField(_("respond by"))
    # When more information arrived, which gave more time.
    extended_on = models.DateField(_("more information arrived on"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("date and time"))
    answered_on = models.DateField(_("responded on"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = OutsideDeadlineQuerySet.as_manager()

    class Meta:
        verbose_name = _("outside deadline")
        verbose_name_plural = _("outside deadlines")
        ordering = ["due_on", "id"]
        indexes = [
            # actions/staff_mails.py: what is due soon
            models.Index(
                fields=["due_on"], name="outside_open", condition=Q(answered_on__isnull=True)
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(body__in=OutsideBody.values), name="outside_body_known"
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("received_on")), name="outside_due_after_receipt"
            ),
            models.CheckConstraint(
                condition=Q(extended_on__isnull=True)
                | Q(extended_on__gte=F("received_on"), extended_on__lte=F("due_on")),
                name="outside_extended_in_time",
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True, answered_by__isnull=True)
                | Q(answered_on__isnull=False, answered_by__isnull=False),
                name="outside_answered_by_somebody",
            ),
        ]
        triggers = [
            kept_on_hold("outside_kept_on_hold"),
            keeps_searched(Searched.REFERENCE, pgtrigger.Insert | pgtrigger.UpdateOf("reference")),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.due_on}"
