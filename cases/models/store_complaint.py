from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case
from leases.models import Store


class StoreComplaint(models.Model):
    """The store that a complaint about the sale is held against: the one named in its questions, or
    else its lease's. The answers and the case's history say how it came to be.
    """

    case = models.OneToOneField(
        Case, models.PROTECT, primary_key=True, related_name="complaint", verbose_name=_("case")
    )
    store = models.ForeignKey(
        Store,
        models.PROTECT,
        related_name="complaints",
        db_index=False,  # complaint_of_store
        verbose_name=_("store"),
    )
    # When the case was opened: a column of its own, so that one index serves a period.
    at = models.DateTimeField(_("date and time"))

    class Meta:
        verbose_name = _("complaint about a sale")
        verbose_name_plural = _("complaints about sales")
        ordering = ["-at", "-case"]
        indexes = [
            # queries/complaints.py: counts of a period, from the index alone
            models.Index(fields=["at", "store"], name="complaint_by_day"),
            # queries/complaints.py: a store's, newest first
            models.Index(fields=["store", "-at", "-case"], name="complaint_of_store"),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.store}"
