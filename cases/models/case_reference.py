from __future__ import annotations

from typing import Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from accounts.masked_fields import MaskedLine
from cases.enums import Searched
from cases.models.case import Case
from cases.models.holds import kept_on_hold
from cases.models.searched import keeps_searched

#: Letters and digits of one.
LONGEST = 60


class CaseReferenceQuerySet(models.QuerySet["CaseReference"]):
    def standing(self) -> Self:
        return self.filter(removed_at__isnull=True)


class CaseReference(models.Model):
    """A number or code that the customer read from an email or a letter. Kept once it's removed."""

    case = models.ForeignKey(
        Case,
        models.PROTECT,
        related_name="references",
        db_index=False,  # case_reference_once, and few of them were removed
    )
    reference = MaskedLine(_("reference"), max_length=LONGEST)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    at = models.DateTimeField(_("date and time"))
    removed_at = models.DateTimeField(_("removed"), null=True, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )

    objects = CaseReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("reference from the customer")
        verbose_name_plural = _("references from the customer")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                F("case"),
                Upper("reference"),
                condition=Q(removed_at__isnull=True),
                name="case_reference_once",
            ),
            models.CheckConstraint(condition=~Q(reference=""), name="case_reference_filled"),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, removed_by__isnull=True)
                | Q(removed_at__gte=F("at"), removed_by__isnull=False),
                name="case_reference_removed_by_somebody",
            ),
        ]
        triggers = [
            kept_on_hold("reference_kept_on_hold"),
            pgtrigger.ReadOnly(name="reference_stays", fields=["case", "reference", "by", "at"]),
            keeps_searched(Searched.QUOTED, pgtrigger.Insert | pgtrigger.UpdateOf("removed_at")),
        ]

    def __str__(self) -> str:
        return self.reference
