from __future__ import annotations

from typing import TYPE_CHECKING, Self

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case
from leases.models import DisputedCharge

if TYPE_CHECKING:
    from accounts.models import User


class CaseChargeQuerySet(models.QuerySet["CaseCharge"]):
    def visible_to(self, user: User) -> Self:
        """The only door, the same as to the case."""
        if user.is_customer:
            return self.filter(case__lease__customer__user=user)
        return self if user.works_cases else self.none()

    def open(self) -> Self:
        """Under review: no one has decided."""
        return self.filter(charge__decision="")


class CaseCharge(models.Model):
    """A transaction of the lease's ledger that a case is about."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="charges", verbose_name=_("case"))
    charge = models.OneToOneField(
        DisputedCharge,
        models.PROTECT,
        related_name="in_case",
        verbose_name=_("disputed transaction"),
    )

    objects = CaseChargeQuerySet.as_manager()

    class Meta:
        verbose_name = _("disputed transaction in a case")
        verbose_name_plural = _("disputed transactions in cases")
        ordering = ["charge"]
        triggers = [
            pgtrigger.Protect(
                name="case_charge_append_only", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.charge_id}"
