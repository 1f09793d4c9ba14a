from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leases.enums import DeliveryState
from leases.models.merchant import Merchant
from leases.models.status_event import StatusEvent


class WebhookEndpoint(models.Model):
    """Where a merchant's system wants to hear about status changes."""

    merchant = models.ForeignKey(
        Merchant, models.PROTECT, related_name="webhooks", verbose_name=_("partner merchant"),
        db_index=False,  # webhook_once_per_merchant starts with it
    )  # fmt: skip
    url = models.URLField(_("address"), max_length=300)
    # Signs what is sent, so it must be stored; shown to people once.
    secret = models.CharField(max_length=80, editable=False)
    is_active = models.BooleanField(_("active"), default=True)
    # It didn't answer: nothing is tried before this time.
    paused_until = models.DateTimeField(_("paused until"), null=True, blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("created by")
    )
    created_at = models.DateTimeField(_("created"))

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["merchant__name_sort", "id"]
        constraints = [
            models.UniqueConstraint(fields=["merchant", "url"], name="webhook_once_per_merchant")
        ]

    def __str__(self) -> str:
        return self.url


class WebhookDelivery(models.Model):
    """One message to one endpoint: a row before it's sent, and the log afterwards."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    endpoint = models.ForeignKey(
        WebhookEndpoint, models.PROTECT, related_name="deliveries", verbose_name=_("webhook")
    )
    event = models.ForeignKey(
        StatusEvent, models.PROTECT, related_name="deliveries", verbose_name=_("status change")
    )
    replay_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replays",
        verbose_name=_("resend of"),
    )  # fmt: skip
    state = models.CharField(
        _("status"), max_length=10, choices=DeliveryState.choices, default=DeliveryState.PENDING
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"))
    owner = models.UUIDField(null=True, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    response_status = models.PositiveSmallIntegerField(_("response"), null=True, blank=True)
    error = models.CharField(_("last error"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("created"))
    delivered_at = models.DateTimeField(_("delivered"), null=True, blank=True)

    class Meta:
        verbose_name = _("webhook delivery")
        verbose_name_plural = _("webhook deliveries")
        ordering = ["-created_at", "-id"]
        indexes = [
            # admin: the newest first
            models.Index(fields=["-created_at", "-id"], name="webhook_newest"),
            # those that weren't accepted
            models.Index(
                fields=["-created_at", "-id"],
                name="webhook_failed",
                condition=Q(state=DeliveryState.FAILED),
            ),
            # webhooks/claim.py: what may be sent to an endpoint now
            models.Index(
                fields=["endpoint", "next_attempt_at"],
                name="webhook_waiting",
                condition=Q(state=DeliveryState.PENDING),
            ),
            # webhooks/claim.py: those whose sender is gone
            models.Index(
                fields=["claimed_until"],
                name="webhook_sending",
                condition=Q(state=DeliveryState.SENDING),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["endpoint", "event"],
                condition=Q(replay_of__isnull=True),
                name="webhook_once_per_event",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=DeliveryState.SENDING, owner__isnull=False, claimed_until__isnull=False
                )
                | (
                    ~Q(state=DeliveryState.SENDING)
                    & Q(owner__isnull=True, claimed_until__isnull=True)
                ),
                name="webhook_sending_has_an_owner",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.endpoint} · {self.get_state_display()}"
