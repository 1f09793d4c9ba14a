from __future__ import annotations

from typing import TYPE_CHECKING, Self

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case
from leases.models import Refund

if TYPE_CHECKING:
    from accounts.models import User


class CaseRefundQuerySet(models.QuerySet["CaseRefund"]):
    def visible_to(self, user: User) -> Self:
        """The only door, the same as to the case."""
        if user.is_customer:
            return self.filter(case__lease__customer__user=user)
        return self if user.works_cases else self.none()


class CaseRefund(models.Model):
    """A refund that a case promised. That of a disputed transaction belongs to the case with it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="refunds", verbose_name=_("case"))
    refund = models.OneToOneField(
        Refund, models.PROTECT, related_name="in_case", verbose_name=_("refund")
    )

    objects = CaseRefundQuerySet.as_manager()

    class Meta:
        verbose_name = _("refund of a case")
        verbose_name_plural = _("refunds of cases")
        ordering = ["refund"]
        triggers = [
            pgtrigger.Protect(
                name="case_refund_append_only", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.refund_id}"
