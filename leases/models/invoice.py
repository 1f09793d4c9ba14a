from __future__ import annotations

from typing import TYPE_CHECKING, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.masked_fields import MaskedText
from common.formats import day
from leases.enums import ReturnOutcome
from leases.models.lease import Lease

if TYPE_CHECKING:
    from accounts.models import User

_APPEND_ONLY = pgtrigger.Update | pgtrigger.Delete


class Invoice(models.Model):
    """An invoice as the store sent it. A change is a new version; the newest one counts."""

    lease = models.ForeignKey(
        Lease, models.PROTECT, related_name="invoices", verbose_name=_("lease"),
        db_index=False,  # invoice_version_once starts with it
    )  # fmt: skip
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    number = models.CharField(_("invoice number"), max_length=40)
    total = models.DecimalField(_("invoice total"), max_digits=9, decimal_places=2)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    api_key = models.ForeignKey(
        "leases.ApiKey",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("API key"),
    )
    at = models.DateTimeField(_("date and time"))

    class Meta:
        verbose_name = _("invoice")
        verbose_name_plural = _("invoices")
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["lease", "version"], name="invoice_version_once"),
            models.CheckConstraint(condition=Q(total__gt=0), name="invoice_above_zero"),
        ]
        triggers = [pgtrigger.Protect(name="invoice_append_only", operation=_APPEND_ONLY)]

    def __str__(self) -> str:
        return self.number


class InvoiceLine(models.Model):
    invoice = models.ForeignKey(
        Invoice, models.PROTECT, related_name="lines", verbose_name=_("invoice"),
        db_index=False,  # invoice_line_once starts with it
    )  # fmt: skip
    line_number = models.PositiveSmallIntegerField(_("line"))
    sku = models.CharField(_("SKU"), max_length=60, blank=True)
    model = models.CharField(_("model"), max_length=80, blank=True)
    description = models.CharField(_("description"), max_length=200)
    price_each = models.DecimalField(_("price each"), max_digits=9, decimal_places=2)
    quantity = models.PositiveSmallIntegerField(_("quantity"))
    line_total = models.DecimalField(_("line total"), max_digits=9, decimal_places=2)

    class Meta:
        verbose_name = _("invoice line")
        verbose_name_plural = _("invoice lines")
        ordering = ["line_number"]
        constraints = [
            models.UniqueConstraint(fields=["invoice", "line_number"], name="invoice_line_once"),
            models.CheckConstraint(
                condition=Q(
                    price_each__gte=0,
                    quantity__gt=0,
                    line_total=models.F("price_each") * models.F("quantity"),
                ),
                name="invoice_line_adds_up",
            ),
        ]
        triggers = [pgtrigger.Protect(name="invoice_line_append_only", operation=_APPEND_ONLY)]

    def __str__(self) -> str:
        return self.description


class MerchandiseReturnQuerySet(models.QuerySet["MerchandiseReturn"]):
    def visible_to(self, user: User) -> Self:
        if user.is_customer:
            return self.filter(lease__customer__user=user)
        return self if user.sees_leases else self.none()

    def open(self) -> Self:
        """For a funded lease, with no outcome recorded yet."""
        return self.filter(outcome=ReturnOutcome.OPENED, closed_at__isnull=True)


class MerchandiseReturn(models.Model):
    """What came back, when, and what it did to the lease."""

    lease = models.ForeignKey(
        Lease, models.PROTECT, related_name="returns", verbose_name=_("lease")
    )
    returned_on = models.DateField(_("return date"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=ReturnOutcome.choices)
    # line_number, sku, quantity, price_each of each line that came back or changed
    items = models.JSONField(_("items"), default=list)
    reason = MaskedText(_("reason"), blank=True, max_length=2000)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    api_key = models.ForeignKey(
        "leases.ApiKey",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("API key"),
    )
    at = models.DateTimeField(_("date and time"))
    # The outcome of one that was opened; set once.
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("closed by"),
    )
    closing_note = MaskedText(_("how it ended"), blank=True, max_length=2000)

    objects = MerchandiseReturnQuerySet.as_manager()

    class Meta:
        verbose_name = _("merchandise return")
        verbose_name_plural = _("merchandise returns")
        ordering = ["-at", "-id"]
        indexes = [
            # leases/queries/open_returns.py: the oldest first
            models.Index(
                fields=["returned_on", "id"],
                name="return_open",
                condition=Q(outcome=ReturnOutcome.OPENED, closed_at__isnull=True),
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None, closing_note="")
                | Q(
                    outcome=ReturnOutcome.OPENED,
                    closed_at__gte=F("at"),
                    closed_by__isnull=False,
                    closing_note__gt="",
                ),
                name="return_closed_by_somebody",
            )
        ]
        triggers = [
            pgtrigger.Protect(name="merchandise_return_never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="merchandise_return_closed_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__closed_at__isnull=False),
            ),
            pgtrigger.ReadOnly(
                name="merchandise_return_stays",
                exclude=["closed_at", "closed_by", "closing_note"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lease} · {day(self.returned_on)}"
