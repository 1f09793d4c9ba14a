from __future__ import annotations

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.masked_fields import MaskedLine
from common.formats import money
from leases.enums import LedgerKind, Part, PaymentMethod
from leases.models.late_from import KEEPS_LATE_FROM
from leases.models.lease import Lease
from leases.models.missed import OF_ENTRIES, keeps_missed_on

K = LedgerKind
_APPEND_ONLY = pgtrigger.Update | pgtrigger.Delete


# What an entry refers to belongs to its own lease, and a reversal takes back exactly what it refers
# to. Charges come by the hundred and refer only to their payment. Checked once for all rows of a
# statement, because an import adds a hundred at a time.
_OF_ONE_LEASE = """
    IF EXISTS (
        SELECT FROM added
        LEFT JOIN leases_instalment AS instalment ON instalment.id = added.instalment_id
        LEFT JOIN leases_plan AS plan ON plan.id = added.plan_id
        LEFT JOIN leases_ledgerentry AS entry ON entry.id = added.reverses_id
        WHERE added.lease_id <> instalment.lease_id
            OR added.lease_id <> plan.lease_id
            OR added.reverses_id IS NOT NULL AND (
                added.lease_id, added.part, added.amount
            ) IS DISTINCT FROM (entry.lease_id, entry.part, -entry.amount)
            OR added.reverses_id IS NOT NULL
                AND added.instalment_id IS DISTINCT FROM entry.instalment_id
    ) THEN
        RAISE EXCEPTION 'ledger: an entry names what is not its own' USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
"""


class Instalment(models.Model):
    """A payment of the schedule as it was agreed. Moving or lowering one is a ledger adjustment."""

    lease = models.ForeignKey(
        Lease,
        models.PROTECT,
        related_name="instalments",
        verbose_name=_("lease"),
        db_index=False,  # instalment_once starts with it
    )
    number = models.PositiveSmallIntegerField(_("number"))
    due_on = models.DateField(_("due"))
    amount = models.DecimalField(_("amount"), max_digits=9, decimal_places=2)

    class Meta:
        verbose_name = _("installment")
        verbose_name_plural = _("installments")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["lease", "number"], name="instalment_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="instalment_not_negative"),
        ]
        triggers = [pgtrigger.Protect(name="instalment_append_only", operation=_APPEND_ONLY)]

    def __str__(self) -> str:
        payment = _("Payment %(number)s") % {"number": self.number}
        return f"{self.lease} · {payment}"


class LedgerEntry(models.Model):
    """One signed amount. A balance is a sum; a mistake is corrected by another entry.

    All payments of the schedule are charged when the lease is delivered, each on its due day
    (`effective_on`): what is owed on a day is the sum up to that day.
    """

    lease = models.ForeignKey(
        Lease,
        models.PROTECT,
        related_name="ledger",
        verbose_name=_("lease"),
        db_index=False,  # ledger_of_lease starts with it
    )
    kind = models.CharField(_("kind"), max_length=12, choices=LedgerKind.choices)
    part = models.CharField(_("balance"), max_length=5, choices=Part.choices)
    amount = models.DecimalField(_("amount"), max_digits=9, decimal_places=2)
    effective_on = models.DateField(_("date"))
    instalment = models.ForeignKey(
        Instalment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="entries",
        verbose_name=_("installment"),
        db_index=False,  # always read with its lease
    )
    reverses = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reversed_by",
        verbose_name=_("reverses"),
    )
    plan = models.ForeignKey(
        "leases.Plan",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="entries",
        verbose_name=_("plan"),
        db_index=False,  # ledger_of_plan
    )
    # Lines written by one act, such as a payment that pays rent and a fee.
    batch = models.UUIDField(default=uuid.uuid4, editable=False)
    method = models.CharField(
        _("payment method"), max_length=8, choices=PaymentMethod.choices, blank=True
    )
    reference = models.CharField(_("reference"), max_length=80, blank=True)
    # The number in the system it was imported from, or of the form it was typed in: the same number
    # twice is one payment.
    external_id = models.CharField(_("number in another system"), max_length=80, blank=True)
    reason = MaskedLine(_("reason"), max_length=300, blank=True)
    # A late fee's breakdown, made in leases/late_fees and put into words in leases/fee_words.
    breakdown = models.JSONField(_("breakdown"), null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("recorded by"),
        db_index=False,  # people are never deleted
    )
    at = models.DateTimeField(_("date and time"))

    class Meta:
        verbose_name = _("transaction")
        verbose_name_plural = _("transactions")
        ordering = ["effective_on", "id"]
        indexes = [
            # statements and balances of a lease
            models.Index(fields=["lease", "effective_on", "id"], name="ledger_of_lease"),
            # what a plan moved
            models.Index(fields=["plan"], name="ledger_of_plan", condition=Q(plan__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[K.CHARGE, K.FEE], amount__gt=0)
                | Q(kind__in=[K.PAYMENT, K.WAIVER], amount__lt=0)
                | (Q(kind__in=[K.REVERSAL, K.ADJUSTMENT]) & ~Q(amount=0)),
                name="ledger_sign_of_kind",
            ),
            models.CheckConstraint(condition=Q(part__in=Part.values), name="ledger_part_known"),
            models.CheckConstraint(
                condition=~Q(kind__in=[K.CHARGE, K.FEE]) | Q(instalment__isnull=False),
                name="ledger_charge_names_an_instalment",
            ),
            models.CheckConstraint(
                condition=Q(kind=K.REVERSAL, reverses__isnull=False)
                | (~Q(kind=K.REVERSAL) & Q(reverses__isnull=True)),
                name="ledger_reversal_names_its_entry",
            ),
            models.CheckConstraint(
                condition=Q(kind=K.FEE, breakdown__isnull=False)
                | (~Q(kind=K.FEE) & Q(breakdown__isnull=True)),
                name="ledger_fee_is_explained",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=[K.WAIVER, K.ADJUSTMENT, K.REVERSAL]) | Q(reason__gt=""),
                name="ledger_correction_has_a_reason",
            ),
            models.UniqueConstraint(
                fields=["instalment"], condition=Q(kind=K.FEE), name="ledger_one_fee_per_instalment"
            ),
            models.UniqueConstraint(
                fields=["instalment"],
                condition=Q(kind=K.CHARGE),
                name="ledger_one_charge_per_instalment",
            ),
            models.UniqueConstraint(
                fields=["lease", "external_id"],
                condition=Q(external_id__gt=""),
                name="ledger_imported_once",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="ledger_append_only", operation=_APPEND_ONLY),
            pgtrigger.Trigger(
                name="ledger_of_one_lease",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                referencing=pgtrigger.Referencing(new="added"),
                func=_OF_ONE_LEASE,
            ),
            keeps_missed_on("plan_missed_by_ledger", OF_ENTRIES),
            KEEPS_LATE_FROM,
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {money(self.amount)}"
