from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leases.models.merchant import Merchant, Store


class ApiKey(models.Model):
    """Lets a merchant's system in. The secret is shown once; only its hash is stored."""

    merchant = models.ForeignKey(
        Merchant, models.PROTECT, related_name="api_keys", verbose_name=_("partner merchant")
    )
    store = models.ForeignKey(
        Store, models.PROTECT, null=True, blank=True, related_name="api_keys",
        verbose_name=_("store"), help_text=_("Leave blank for all of the merchant’s stores."),
    )  # fmt: skip
    name = models.CharField(_("name"), max_length=80)
    prefix = models.CharField(_("begins with"), max_length=16)
    digest = models.CharField(max_length=64)  # SHA-256 of the secret, which is long and random
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("created by")
    )
    created_at = models.DateTimeField(_("created"))
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("revoked by"),
    )
    # Requests in the current minute, for the rate limit.
    window_started_at = models.DateTimeField(null=True, blank=True, editable=False)
    window_count = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")
        ordering = ["merchant__name_sort", "-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["prefix"], name="api_key_prefix_once"),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="api_key_revoked_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.merchant} · {self.name}"


class IdempotentRequest(models.Model):
    """The answer to a merchant's request, so that sending it again changes nothing."""

    api_key = models.ForeignKey(
        ApiKey,
        models.PROTECT,
        related_name="+",
        db_index=False,  # idempotent_request_once starts with it
    )
    key = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)  # SHA-256 of method, path and body
    # No answer yet: in progress until this time; after it, the work died with its process.
    locked_until = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.TextField(blank=True)
    content_type = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField(db_index=True)  # old ones are deleted by age

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["api_key", "key"], name="idempotent_request_once"),
            models.CheckConstraint(
                condition=Q(status__isnull=True, locked_until__isnull=False)
                | Q(status__isnull=False, locked_until__isnull=True),
                name="idempotent_request_in_flight_or_answered",
            ),
        ]

    def __str__(self) -> str:
        return self.key
