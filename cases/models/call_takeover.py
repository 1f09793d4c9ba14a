from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.models.call_draft import CallDraft


class CallTakeover(models.Model):
    """An unfinished call went from one person to another. Rows are only ever added."""

    draft = models.ForeignKey(CallDraft, models.PROTECT, related_name="takeovers")
    from_agent = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    to_agent = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("date and time"))

    class Meta:
        verbose_name = _("call taken over")
        verbose_name_plural = _("calls taken over")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(from_agent=F("to_agent")), name="call_takeover_changes_hands"
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="call_takeover_append_only", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.draft} {self.at:%Y-%m-%d}"
