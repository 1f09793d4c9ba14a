from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case


class ConfirmedAddress(models.Model):
    """An address that someone whose identity was used says is their own. Rows are only ever added.

    Until there is one for the lease's address, nothing of the case is sent to it
    (queries/doubted.py).
    """

    case = models.ForeignKey(
        Case,
        models.PROTECT,
        related_name="+",
        db_index=False,  # confirmed_address_once
    )
    email = models.EmailField(_("email"))  # folded
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    at = models.DateTimeField(_("date and time"))

    class Meta:
        verbose_name = _("confirmed address")
        verbose_name_plural = _("confirmed addresses")
        constraints = [
            models.UniqueConstraint(fields=["case", "email"], name="confirmed_address_once"),
            models.CheckConstraint(condition=~models.Q(email=""), name="confirmed_address_filled"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="confirmed_address_append_only",
                operation=pgtrigger.Update | pgtrigger.Delete,
            )
        ]

    def __str__(self) -> str:
        return self.email
