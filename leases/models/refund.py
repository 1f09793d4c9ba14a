from __future__ import annotations

from typing import TYPE_CHECKING, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.masked_fields import MaskedLine
from common.formats import money
from leases.enums import PaymentMethod
from leases.models.disputed_charge import DisputedCharge
from leases.models.lease import Lease
from leases.models.ledger import LedgerEntry

if TYPE_CHECKING:
    from accounts.models import User


_UNPAID = Q(paid_on__isnull=True, withdrawn_at__isnull=True)


class RefundQuerySet(models.QuerySet["Refund"]):
    def visible_to(self, user: User) -> Self:
        """The only door, the same as to the lease."""
        if user.is_customer:
            return self.filter(lease__customer__user=user)
        return self if user.sees_leases else self.none()

    def standing(self) -> Self:
        """Promised or paid."""
        return self.filter(withdrawn_at__isnull=True)

    def unpaid(self) -> Self:
        return self.filter(_UNPAID)


class Refund(models.Model):
    """Money that's owed back to a customer, until it was paid, with the proof, or withdrawn."""

    lease = models.ForeignKey(
        Lease,
        models.PROTECT,
        related_name="refunds",
        verbose_name=_("lease"),
        db_index=False,  # refund_of_lease starts with it
    )
    # The disputed transaction whose customer was right; without one, it was promised by itself.
    charge = models.OneToOneField(
        DisputedCharge,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="refund",
        verbose_name=_("disputed transaction"),
    )
    amount = models.DecimalField(_("amount"), max_digits=9, decimal_places=2)
    method = models.CharField(_("how it’s paid"), max_length=8, choices=PaymentMethod.choices)
    expected_on = models.DateField(_("expected by"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )
    at = models.DateTimeField(_("date and time"))
    paid_on = models.DateField(_("paid on"), null=True, blank=True)
    # What shows that it was paid, such as the number of the check.
    reference = models.CharField(_("reference"), max_length=80, blank=True)
    paid_at = models.DateTimeField(_("payment recorded"), null=True, blank=True)
    paid_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("payment recorded by"),
    )
    # What the ledger says of it; none if the dispute's decision took the payment back already.
    posting = models.OneToOneField(
        LedgerEntry,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="refund",
        verbose_name=_("transaction"),
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("withdrawn by"),
    )
    # In the customer's language, who reads it.
    withdrawn_why = MaskedLine(
        _("why it was withdrawn"), max_length=300, blank=True, default="", db_default=""
    )

    objects = RefundQuerySet.as_manager()

    class Meta:
        verbose_name = _("refund")
        verbose_name_plural = _("refunds")
        ordering = ["expected_on", "id"]
        indexes = [
            # the pages of a lease
            models.Index(fields=["lease", "id"], name="refund_of_lease"),
            # queries/monitoring.py and cases/queries/refunds.py: the few that are still owed
            models.Index(fields=["expected_on", "id"], name="refund_unpaid", condition=_UNPAID),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="refund_of_something"),
            models.CheckConstraint(
                condition=Q(
                    paid_on__isnull=True,
                    paid_at__isnull=True,
                    paid_by__isnull=True,
                    posting__isnull=True,
                    reference="",
                )
                | Q(
                    paid_on__isnull=False,
                    paid_at__isnull=False,
                    paid_by__isnull=False,
                    reference__gt="",
                ),
                name="refund_paid_with_proof",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_why="")
                # A decision about a transaction was told, and holds.
                | Q(
                    withdrawn_at__isnull=False,
                    withdrawn_by__isnull=False,
                    withdrawn_why__gt="",
                    paid_on__isnull=True,
                    charge__isnull=True,
                ),
                name="refund_withdrawn_for_a_reason",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="refund_never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="refund_paid_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__paid_on__isnull=False)
                | pgtrigger.Q(old__withdrawn_at__isnull=False),
            ),
            pgtrigger.ReadOnly(
                name="refund_stays_as_told",
                fields=["lease", "charge", "amount", "method", "expected_on", "by", "at"],
            ),
            pgtrigger.Trigger(
                name="refund_of_its_charge",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func="""
                    IF NEW.charge_id IS NOT NULL AND NOT EXISTS (
                        SELECT FROM leases_disputedcharge
                        WHERE id = NEW.charge_id AND lease_id = NEW.lease_id
                            AND decision = 'refund' AND amount >= NEW.amount
                    ) THEN
                        RAISE EXCEPTION 'refund: not decided for a charge of its lease'
                            USING ERRCODE = '23514';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lease} · {money(self.amount)}"

    @property
    def is_paid(self) -> bool:
        return self.paid_on is not None

    @property
    def is_owed(self) -> bool:
        return not (self.is_paid or self.withdrawn_at)
