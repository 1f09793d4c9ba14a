from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.masked_fields import MaskedLine
from common.formats import day
from leases.enums import AutopayChange, AutopayState, PaymentMethod
from leases.models.lease import Lease


class Autopay(models.Model):
    """Automatic payments of a lease: that they run and from what kind of account, never its number.

    Amounts and dates are those of the schedule.
    """

    lease = models.OneToOneField(
        Lease, models.PROTECT, related_name="autopay", verbose_name=_("lease")
    )
    state = models.CharField(_("status"), max_length=8, choices=AutopayState.choices)
    method = models.CharField(
        _("charged to"),
        max_length=8,
        choices=[(PaymentMethod.BANK.value, PaymentMethod.BANK.label),
                 (PaymentMethod.CARD.value, PaymentMethod.CARD.label)],
    )  # fmt: skip
    # The customer asked the bank to stop a payment; nothing is charged while this is in force.
    stop_payment_on = models.DateField(_("stop payment since"), null=True, blank=True)

    class Meta:
        verbose_name = _("automatic payments")
        verbose_name_plural = _("automatic payments")
        indexes = [models.Index(fields=["state", "-id"], name="autopay_by_state")]  # admin/money.py
        constraints = [
            models.CheckConstraint(
                condition=Q(method__in=[PaymentMethod.BANK, PaymentMethod.CARD]),
                name="autopay_method_known",
            )
        ]

    def __str__(self) -> str:
        return f"{self.lease} · {self.get_state_display()}"


class AutopayEvent(models.Model):
    """One change, with what the customer was told."""

    autopay = models.ForeignKey(
        Autopay, models.PROTECT, related_name="events", verbose_name=_("automatic payments")
    )
    change = models.CharField(_("change"), max_length=16, choices=AutopayChange.choices)
    method = models.CharField(_("charged to"), max_length=8, choices=PaymentMethod.choices)
    effective_on = models.DateField(_("in effect from"))
    # The customer took back the authorization to charge them; only with STOPPED.
    revoked_on = models.DateField(_("authorization revoked on"), null=True, blank=True)
    overdraft_warned = models.BooleanField(_("overdraft warning given"), default=False)
    reason = MaskedLine(_("reason"), max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )
    at = models.DateTimeField(_("date and time"))

    class Meta:
        verbose_name = _("change of automatic payments")
        verbose_name_plural = _("changes of automatic payments")
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_on__isnull=True) | Q(change=AutopayChange.STOPPED),
                name="autopay_event_revoked_stops",
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="autopay_event_append_only", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_change_display()}, {day(self.effective_on)}"
