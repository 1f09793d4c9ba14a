from __future__ import annotations

from datetime import datetime, timedelta

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.masked_fields import MaskedText
from leases.enums import Actor, LeaseStatus, Rule
from leases.models.history import (
    follows_a_report,
    history_continues,
    is_a_step,
    never_emptied,
    status_is_told,
)
from leases.models.lease import Lease

#: The scheduler runs every minute; a busy one a little later.
PROMPT = timedelta(minutes=5)


class StatusEvent(models.Model):
    """One change of a lease's status. Rows are only ever added; triggers enforce that."""

    lease = models.ForeignKey(
        Lease, models.PROTECT, related_name="status_events", verbose_name=_("lease"),
        db_index=False,  # status_event_of_lease starts with it
    )  # fmt: skip
    from_status = models.CharField(
        _("previous status"), max_length=20, choices=LeaseStatus.choices, blank=True
    )
    to_status = models.CharField(_("new status"), max_length=20, choices=LeaseStatus.choices)
    rule = models.CharField(_("rule"), max_length=20, choices=Rule.choices)
    actor = models.CharField(_("who acted"), max_length=10, choices=Actor.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    # The merchant's system that called, if one did.
    api_key = models.ForeignKey(
        "leases.ApiKey",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("API key"),
    )
    reason = MaskedText(_("reason"), blank=True)
    # When the clock that expired the lease had started.
    clock_started_at = models.DateTimeField(_("start of the clock"), null=True, blank=True)
    # When it was recorded.
    at = models.DateTimeField(_("date and time"))
    # When it happened, if that was earlier: the deadline itself, or the day of a late report.
    happened_at = models.DateTimeField(_("happened"), null=True, blank=True)
    late_report = models.OneToOneField(
        "leases.LateReport",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="event",
        verbose_name=_("late report"),
    )

    class Meta:
        verbose_name = _("status change")
        verbose_name_plural = _("status changes")
        ordering = ["at", "id"]
        indexes = [
            # the history on the lease's page
            models.Index(fields=["lease", "at", "id"], name="status_event_of_lease")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(actor=Actor.PERSON, by__isnull=False)
                | (~Q(actor=Actor.PERSON) & Q(by__isnull=True)),
                name="status_event_person_is_named",
            ),
            models.CheckConstraint(condition=is_a_step(), name="status_event_is_a_step"),
            models.CheckConstraint(
                condition=Q(api_key__isnull=True) | Q(actor=Actor.MERCHANT),
                name="status_event_key_is_a_merchants",
            ),
            models.CheckConstraint(
                condition=~Q(actor=Actor.CLOCK) | Q(clock_started_at__isnull=False),
                name="status_event_clock_has_a_start",
            ),
            models.CheckConstraint(
                condition=Q(happened_at__isnull=True) | Q(happened_at__lte=F("at")),
                name="status_event_happened_before",
            ),
            models.CheckConstraint(
                condition=~Q(rule__in=[Rule.APPROVAL_AGE, Rule.CONTRACTS_AGE])
                | Q(happened_at__isnull=False),
                name="status_event_deadline_is_kept",
            ),
            models.CheckConstraint(
                condition=Q(rule=Rule.LATE_DELIVERY, late_report__isnull=False)
                | (~Q(rule=Rule.LATE_DELIVERY) & Q(late_report__isnull=True)),
                name="status_event_late_by_a_report",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="status_event_append_only", operation=pgtrigger.Update | pgtrigger.Delete
            ),
            never_emptied("status_event_not_emptied"),
            history_continues("status_event_continues"),
            follows_a_report("status_event_follows_a_report"),
            status_is_told("status_event_is_true", pgtrigger.Insert, "NEW.lease_id"),
        ]

    def __str__(self) -> str:
        after = self.get_to_status_display()
        return f"{self.get_from_status_display()} → {after}" if self.from_status else after

    @property
    def true_at(self) -> datetime:
        """When it happened."""
        return self.happened_at or self.at

    @property
    def is_told_late(self) -> bool:
        """Whether it was recorded so much later that the page should say so."""
        return self.at - self.true_at >= PROMPT
