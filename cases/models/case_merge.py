from __future__ import annotations

from typing import Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case


class CaseMergeQuerySet(models.QuerySet["CaseMerge"]):
    def in_force(self) -> Self:
        return self.filter(undone_at__isnull=True)


class CaseMerge(models.Model):
    """A duplicate that is part of another case of the same person. Kept once it's undone."""

    case = models.ForeignKey(
        Case,
        models.PROTECT,
        related_name="merges",
        verbose_name=_("duplicate"),
        db_index=False,  # case_merge_once, and few were undone
    )
    into = models.ForeignKey(
        Case,
        models.PROTECT,
        related_name="merged",
        verbose_name=_("case that goes on"),
        db_index=False,  # case_merge_into
    )
    due_on = models.DateField(_("duplicate’s due date"))
    # Since when a customer's message in the duplicate waited for an answer.
    customer_wrote_at = models.DateTimeField(_("customer wrote"), null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    at = models.DateTimeField(_("date and time"))
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )

    objects = CaseMergeQuerySet.as_manager()

    class Meta:
        verbose_name = _("merge of cases")
        verbose_name_plural = _("merges of cases")
        ordering = ["-at", "-id"]
        constraints = [
            # Its index serves queries/merges.py: where a duplicate goes on.
            models.UniqueConstraint(
                fields=["case"], condition=Q(undone_at__isnull=True), name="case_merge_once"
            ),
            models.CheckConstraint(condition=~Q(case=F("into")), name="case_merge_of_two"),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__gte=F("at"), undone_by__isnull=False),
                name="case_merge_undone_by_somebody",
            ),
        ]
        indexes = [
            # queries/merges.py: what is part of a case
            models.Index(
                fields=["into"], condition=Q(undone_at__isnull=True), name="case_merge_into"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="case_merge_never_deleted", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="case_merge_stays",
                fields=["case", "into", "due_on", "customer_wrote_at", "by", "at"],
            ),
            pgtrigger.Protect(
                name="case_merge_undone_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__undone_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} → {self.into}"
