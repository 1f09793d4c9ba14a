from __future__ import annotations

from typing import TYPE_CHECKING, Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.enums import Factor
from cases.models.call_draft import CallDraft
from cases.models.case import Case
from leases.models import Lease

if TYPE_CHECKING:
    from accounts.models import User


class VerificationQuerySet(models.QuerySet["Verification"]):
    def visible_to(self, user: User) -> Self:
        """The only door: what was asked of a caller is for whoever works cases."""
        return self if user.works_cases else self.none()


class Verification(models.Model):
    """A caller was asked who they are: what was asked and whether it was right, never an answer.

    Rows are only ever added.
    """

    # Whose data was asked for.
    lease = models.ForeignKey(
        Lease,
        models.PROTECT,
        related_name="verifications",
        db_index=False,  # verification_of_lease starts with it
    )
    draft = models.ForeignKey(
        CallDraft, models.PROTECT, null=True, blank=True, related_name="verifications"
    )
    case = models.ForeignKey(
        Case,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="verifications",
        db_index=False,  # the case's timeline has its events
    )
    factors = ArrayField(models.CharField(max_length=10, choices=Factor.choices))
    passed = models.BooleanField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    at = models.DateTimeField(_("date and time"))

    objects = VerificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("verification")
        verbose_name_plural = _("verifications")
        ordering = ["at", "id"]
        indexes = [
            # queries/verifications.py: whether someone was verified today
            models.Index(fields=["lease", "-at"], name="verification_of_lease")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(draft__isnull=False) | Q(case__isnull=False),
                name="verification_in_a_call",
            ),
            models.CheckConstraint(
                condition=Q(factors__contained_by=Factor.values) & ~Q(factors=[]),
                name="verification_factors_known",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="verification_append_only", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.lease} {self.at:%Y-%m-%d}"

    @property
    def asked(self) -> list[str]:
        """What was asked for, in the reader’s words."""
        return [str(Factor(each).label) for each in self.factors]
