from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

#: The name of the way out when there is no provider.
SMTP = "smtp"


class MailChannelQuerySet(models.QuerySet["MailChannel"]):
    def paused(self) -> Self:
        """At most one: a way out that is no longer used isn't watched."""
        return self.filter(name=settings.MAIL_PROVIDER or SMTP, paused_since__isnull=False)


class MailChannel(models.Model):
    """A way out for mail, and until when it's paused: one row per way, shared by all senders.

    After a pause, one sender tries with one mail; the others wait for its result.
    """

    name = models.CharField(max_length=20)
    failures = models.PositiveIntegerField(default=0)  # in a row
    # Addresses refused in a row, with none accepted in between.
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
