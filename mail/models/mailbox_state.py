from django.db import models
from django.utils.translation import gettext_lazy as _


class MailboxState(models.Model):
    """How fetching from a mailbox goes: one row per mailbox, shared by all fetchers."""

    name = models.CharField(max_length=250)
    fetched_at = models.DateTimeField(null=True, blank=True)  # the last round that went well
    failing_since = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0)  # rounds
    error = models.CharField(max_length=200, blank=True, default="")
    # Mails that couldn't be processed, by uid: how often they failed, and when to try again. The
    # uids are void if the server says that it renumbered them.
    uid_validity = models.BigIntegerField(default=0)
    left = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("mailbox")
        verbose_name_plural = _("mailboxes")
        constraints = [models.UniqueConstraint(fields=["name"], name="mailbox_state_once")]

    def __str__(self) -> str:
        return self.name
