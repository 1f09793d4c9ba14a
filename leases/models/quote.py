from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from common.formats import day
from leases.enums import BuyoutRule
from leases.models.lease import Lease


class BuyoutQuote(models.Model):
    """What buying costs on a day, with everything that went into the figure. Never changed."""

    lease = models.ForeignKey(Lease, models.PROTECT, related_name="quotes", verbose_name=_("lease"))
    as_of = models.DateField(_("as of"))
    valid_until = models.DateField(_("good until"))
    # The rule behind the total: the contract's, or the state's if that is lower.
    rule = models.CharField(_("rule"), max_length=10, choices=BuyoutRule.choices)
    is_ceiling = models.BooleanField(_("limited by the state’s rule"), default=False)
    # C, T, N, k, P, paid, arrears, fees, rate, fee, stage and both rules' results, as strings
    inputs = models.JSONField(_("figures used"))
    cash_price = models.DecimalField(_("cash price"), max_digits=9, decimal_places=2)
    cost_of_lease = models.DecimalField(_("cost of lease"), max_digits=9, decimal_places=2)
    lease_total = models.DecimalField(_("total of payments"), max_digits=9, decimal_places=2)
    remaining = models.DecimalField(
        _("left to pay without the buyout"), max_digits=9, decimal_places=2
    )
    tax = models.DecimalField(_("tax"), max_digits=9, decimal_places=2)
    total = models.DecimalField(_("total"), max_digits=9, decimal_places=2)
    saving = models.DecimalField(_("savings"), max_digits=9, decimal_places=2)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    at = models.DateTimeField(_("date and time"))

    class Meta:
        verbose_name = _("buyout quote")
        verbose_name_plural = _("buyout quotes")
        ordering = ["-at", "-id"]
        triggers = [
            pgtrigger.Protect(
                name="buyout_quote_append_only", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.lease} · {day(self.as_of)}"
