from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models.call_draft import CallDraft
from leases.models import Customer


class CallCorrection(models.Model):
    """Details of a customer that were corrected during a call.

    Its case tells of them if it's about this customer; their leases always do.

    Rows are only ever added.
    """

    draft = models.ForeignKey(CallDraft, models.PROTECT, related_name="+")
    customer = models.ForeignKey(
        Customer,
        models.PROTECT,
        related_name="+",
        db_index=False,  # call_corrections_of
    )
    # As in the event ContactCorrected: name, before and after of each.
    details = models.JSONField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    at = models.DateTimeField(_("date and time"))

    class Meta:
        verbose_name = _("correction during a call")
        verbose_name_plural = _("corrections during calls")
        ordering = ["at", "id"]
        indexes = [
            # queries/corrections.py: on the page of a lease
            models.Index(fields=["customer", "-at"], name="call_corrections_of")
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(details=[]), name="call_correction_changes_something"
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="call_correction_append_only", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.draft} {self.at:%Y-%m-%d}"
