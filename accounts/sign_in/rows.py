"""Rows written while someone signs in."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from accounts.enums import Language, SignInKind


class RateLimit(models.Model):
    """How much of one limit is used; see accounts/limits.py."""

    key = models.CharField(max_length=64, primary_key=True)
    free_at = models.DateTimeField()
    allowed = models.BooleanField()

    class Meta:
        # limits.py forget
        indexes = [models.Index(fields=["free_at"], name="rate_limit_free")]

    def __str__(self) -> str:
        return self.key.rpartition(":")[0]


class SignInRequest(models.Model):
    """A request for a code or a new password. The page writes this row and answers. Only later is
    the address looked up, so that no answer reveals whether it's known.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=8, choices=SignInKind.choices)
    address = models.EmailField(max_length=320)  # as typed, in lower case
    language = models.CharField(max_length=2, choices=Language.choices)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    # Hash of an emailed code; only the email holds the code itself.
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    code_hash = models.CharField(max_length=64, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    resends = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            # sign_in/answer.py: requests not answered yet
            models.Index(
                fields=["created_at"],
                name="sign_in_unanswered",
                condition=models.Q(answered_at__isnull=True),
            ),
            # sign_in/answer.py forget
            models.Index(fields=["expires_at"], name="sign_in_expires"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=SignInKind.values), name="sign_in_kind_known"
            ),
            models.CheckConstraint(
                condition=models.Q(code_hash="") | models.Q(user__isnull=False),
                name="sign_in_code_is_somebodys",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.created_at:%Y-%m-%d %H:%M}"
