from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

#: The name of the way out without a provider.
SMTP = "smtp"


class MailChannelQuerySet(models.QuerySet["MailChannel"]):
    def paused(self) -> Self:
        """One at most: nobody looks any more after a way that was in use before."""
        return self.filter(name=settings.MAIL_PROVIDER or SMTP, paused_since__isnull=False)


class MailChannel(models.Model):
    """A way out for mail, and until when it is left alone: one row per way, shared by all senders.

    After a pause one sender tries with one mail; the others wait for what becomes of it.
    """

    name = models.CharField(max_length=20)
    failures = models.PositiveIntegerField(default=0)  # in a row
    # Addresses refused one after the other, with none accepted between them.
    refused = models.JSONField(default=list, blank=True)
    paused_since = models.DateTimeField(null=True, blank=True)
    paused_until = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=200, blank=True, default="")

    objects = MailChannelQuerySet.as_manager()

    class Meta:
        verbose_name = _("email channel")
        verbose_name_plural = _("email channels")
        constraints = [
            models.UniqueConstraint(fields=["name"], name="mail_channel_once"),
            models.CheckConstraint(
                condition=Q(paused_since__isnull=True, paused_until__isnull=True)
                | Q(paused_since__isnull=False, paused_until__isnull=False),
                name="mail_channel_pause_has_both_ends",
            ),
        ]

    def __str__(self) -> str:
        return self.name
