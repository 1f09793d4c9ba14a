from __future__ import annotations

from typing import TYPE_CHECKING, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from common.formats import money
from leases.enums import ChargeDecision, ChargeReason
from leases.models.lease import Lease
from leases.models.ledger import LedgerEntry

if TYPE_CHECKING:
    from accounts.models import User

D = ChargeDecision


class DisputedChargeQuerySet(models.QuerySet["DisputedCharge"]):
    def visible_to(self, user: User) -> Self:
        """The only door, the same as to the lease."""
        if user.is_customer:
            return self.filter(lease__customer__user=user)
        return self if user.sees_leases else self.none()

    def open(self) -> Self:
        """Under review: no one has decided."""
        return self.filter(decision="")


class DisputedCharge(models.Model):
    """A transaction that the customer says is wrong, until someone decides, once.

    The row stays. Disputed again after that, it's another row.
    """

    lease = models.ForeignKey(
        Lease,
        models.PROTECT,
        related_name="disputed_charges",
        verbose_name=_("lease"),
        db_index=False,  # disputed_charge_of_lease starts with it
    )
    entry = models.ForeignKey(
        LedgerEntry, models.PROTECT, related_name="disputes", verbose_name=_("transaction")
    )
    # All of it, or a part.
    amount = models.DecimalField(_("disputed amount"), max_digits=9, decimal_places=2)
    # The policy on the day it was disputed: a later one changes nothing for this customer.
    pauses_fees = models.BooleanField(_("late fees wait"))
    pause_until = models.DateField(_("late fees wait until"), null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )
    at = models.DateTimeField(_("date and time"))
    decision = models.CharField(
        _("decision"), max_length=9, choices=ChargeDecision.choices, blank=True, default=""
    )
    taken_off = models.DecimalField(
        _("taken off"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    # Why it stays.
    reason = models.CharField(
        _("reason"), max_length=9, choices=ChargeReason.choices, blank=True, default=""
    )
    # What took it off.
    correction = models.OneToOneField(
        LedgerEntry,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="settles",
        verbose_name=_("correction"),
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )

    objects = DisputedChargeQuerySet.as_manager()

    class Meta:
        verbose_name = _("disputed transaction")
        verbose_name_plural = _("disputed transactions")
        ordering = ["at", "id"]
        indexes = [
            # actions/charge_late_fees.py; the pages of a lease
            models.Index(fields=["lease", "id"], name="disputed_charge_of_lease"),
        ]
        constraints = [
            # Its index serves queries/disputed_charges.py: what of a ledger is under review;
            # queries/monitoring.py: the few that wait for a decision
            models.UniqueConstraint(
                fields=["entry"], condition=Q(decision=""), name="disputed_charge_once"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="disputed_charge_of_something"),
            models.CheckConstraint(
                condition=Q(pauses_fees=True) | Q(pause_until__isnull=True),
                name="disputed_charge_pause_ends_if_begun",
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True, decided_by__isnull=True)
                | Q(
                    decision__in=ChargeDecision.values,
                    decided_at__gte=F("at"),
                    decided_by__isnull=False,
                ),
                name="disputed_charge_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(
                    decision=D.UPHELD,
                    taken_off__gt=0,
                    taken_off__lte=F("amount"),
                    correction__isnull=False,
                )
                # The payment that is given back is taken back.
                | Q(decision=D.REFUND, taken_off__isnull=True)
                | (
                    ~Q(decision__in=[D.UPHELD, D.REFUND])
                    & Q(taken_off__isnull=True, correction__isnull=True)
                ),
                name="disputed_charge_upheld_is_corrected",
            ),
            models.CheckConstraint(
                condition=Q(decision=D.REJECTED, reason__in=ChargeReason.values)
                | (~Q(decision=D.REJECTED) & Q(reason="")),
                name="disputed_charge_stays_for_a_reason",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="disputed_charge_never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="disputed_charge_decided_once",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__decision=""),
            ),
            pgtrigger.ReadOnly(
                name="disputed_charge_stays_as_told",
                fields=["lease", "entry", "amount", "pauses_fees", "pause_until", "by", "at"],
            ),
            pgtrigger.Trigger(
                name="disputed_charge_of_its_lease",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func="""
                    IF NOT EXISTS (
                        SELECT FROM leases_ledgerentry AS entry
                        WHERE id = NEW.entry_id AND lease_id = NEW.lease_id AND (
                            amount >= NEW.amount
                            OR kind = 'payment' AND NEW.amount <= -(
                                SELECT sum(line.amount) FROM leases_ledgerentry AS line
                                WHERE line.lease_id = entry.lease_id AND line.batch = entry.batch
                            )
                        )
                    ) THEN
                        RAISE EXCEPTION 'disputed charge: not a charge of its lease'
                            USING ERRCODE = '23514';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lease} · {money(self.amount)}"

    @property
    def is_part(self) -> bool:
        """Of a payment received, its own amount says it: more lines may belong to it."""
        return self.amount < self.entry.amount

    @property
    def is_open(self) -> bool:
        return not self.decision
