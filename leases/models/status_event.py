from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leases.enums import Actor, LeaseStatus, Rule
from leases.models.history import (
    history_continues,
    is_a_step,
    never_emptied,
    status_is_told,
)
from leases.models.lease import Lease


class StatusEvent(models.Model):
    """One change of a lease's status. Rows are only ever added: triggers hold that."""

    lease = models.ForeignKey(
        Lease, models.PROTECT, related_name="status_events", verbose_name=_("lease")
    )
    from_status = models.CharField(
        _("from"), max_length=20, choices=LeaseStatus.choices, blank=True
    )
    to_status = models.CharField(_("to"), max_length=20, choices=LeaseStatus.choices)
    rule = models.CharField(_("rule"), max_length=20, choices=Rule.choices)
    actor = models.CharField(_("actor"), max_length=10, choices=Actor.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    # The merchant's system, when it was one that called.
    api_key = models.ForeignKey(
        "leases.ApiKey",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("API key"),
    )
    reason = models.TextField(_("reason"), blank=True)
    # When the clock that expired the lease had started.
    clock_started_at = models.DateTimeField(_("start of the clock"), null=True, blank=True)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("status event")
        verbose_name_plural = _("status events")
        ordering = ["at", "id"]
        indexes = [
            # the lease page's history
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
        ]
        triggers = [
            pgtrigger.Protect(
                name="status_event_append_only", operation=pgtrigger.Update | pgtrigger.Delete
            ),
            never_emptied("status_event_not_emptied"),
            history_continues("status_event_continues"),
            status_is_told("status_event_is_true", pgtrigger.Insert, "NEW.lease_id"),
        ]

    def __str__(self) -> str:
        return f"{self.from_status} → {self.to_status}"
