from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases import numbers
from cases.models.case import Case
from leases.models import Lease


class CallDraft(models.Model):
    """A call being logged: it has the case number before the form is complete, and what was typed.

    Finishing the call makes the case with this number; finishing twice finds the case made.
    """

    number = models.CharField(_("case number"), max_length=12, unique=True)
    agent = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="call_drafts")
    lease = models.ForeignKey(Lease, models.PROTECT, null=True, blank=True, related_name="+")
    typed = models.JSONField(default=dict)
    started_at = models.DateTimeField()
    case = models.OneToOneField(Case, models.PROTECT, null=True, blank=True, related_name="draft")

    class Meta:
        verbose_name = _("call draft")
        verbose_name_plural = _("call drafts")
        indexes = [
            # the queue's list of own unfinished calls
            models.Index(
                fields=["agent", "-started_at"],
                name="call_draft_unfinished",
                condition=models.Q(case__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.spoken_number

    @property
    def spoken_number(self) -> str:
        return numbers.shown(self.number)
