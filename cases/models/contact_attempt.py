from __future__ import annotations

from typing import TYPE_CHECKING, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.enums import AttemptResult
from cases.models.case import Case
from mail.models import Email

if TYPE_CHECKING:
    from accounts.models import User


class ContactAttemptQuerySet(models.QuerySet["ContactAttempt"]):
    def visible_to(self, user: User) -> Self:
        return self if user.works_cases else self.none()

    def in_force(self) -> Self:
        """Not undone."""
        return self.filter(retraction=None)


class ContactAttempt(models.Model):
    """Someone tried to reach the customer, or an email came back. Only ever added."""

    case = models.ForeignKey(
        Case,
        models.PROTECT,
        related_name="contact_attempts",
        db_index=False,  # attempt_of_case starts with it
    )
    result = models.CharField(_("result"), max_length=12, choices=AttemptResult.choices)
    # Nobody: an email that came back.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    email = models.OneToOneField(
        Email, models.PROTECT, null=True, blank=True, related_name="contact_attempt"
    )
    at = models.DateTimeField(_("date and time"))

    objects = ContactAttemptQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact attempt")
        verbose_name_plural = _("contact attempts")
        ordering = ["-at", "-id"]
        indexes = [
            # queries/attempts.py: the recent ones of a person's cases
            models.Index(fields=["case", "-at"], name="attempt_of_case"),
            # queries/attempts.py: everyone's, newest first
            models.Index(fields=["-at", "-id"], name="attempt_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(result__in=AttemptResult.values), name="attempt_result_known"
            ),
            models.CheckConstraint(
                condition=Q(result=AttemptResult.BOUNCED, email__isnull=False, by__isnull=True)
                | (~Q(result=AttemptResult.BOUNCED) & Q(email__isnull=True, by__isnull=False)),
                name="attempt_made_by_somebody",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="attempt_append_only", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.get_result_display()}"

    def can_be_undone_by(self, user: User) -> bool:
        """By whoever recorded it, or a supervisor."""
        return self.by is not None and (self.by == user or user.supervises)


class AttemptRetraction(models.Model):
    """An attempt that was recorded by mistake doesn't count. Only ever added."""

    attempt = models.OneToOneField(
        ContactAttempt, models.PROTECT, primary_key=True, related_name="retraction"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("date and time"))

    class Meta:
        verbose_name = _("contact attempt undone")
        verbose_name_plural = _("contact attempts undone")
        triggers = [
            pgtrigger.Protect(
                name="retraction_append_only", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.attempt} {self.at:%Y-%m-%d}"
