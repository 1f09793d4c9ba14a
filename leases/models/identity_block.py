from __future__ import annotations

from typing import Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.masked_fields import MaskedText
from common.formats import day
from leases.enums import IdentityTrait
from leases.models.customer import Customer
from leases.models.lease import Lease
from leases.models.merchant import Store
from leases.models.names import name_key

_IN_FORCE = Q(lifted_at__isnull=True)
#: What was said when it was recorded.
RECORDED = ["customer", "lease", "name", "email", "phone", "said_in", "by", "at"]


class IdentityBlockQuerySet(models.QuerySet["IdentityBlock"]):
    def in_force(self) -> Self:
        return self.filter(_IN_FORCE)


class IdentityBlock(models.Model):
    """Someone used this identity: no new application with it is taken. Kept once it's lifted."""

    customer = models.ForeignKey(
        Customer,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="identity_blocks",
        db_index=False,  # identity_block_person
        verbose_name=_("customer"),
    )
    # The application whose last four digits of the SSN are compared.
    lease = models.ForeignKey(
        Lease,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,  # leases are never deleted
        verbose_name=_("lease"),
    )
    name = models.CharField(_("name"), max_length=120)
    name_key = name_key()
    email = models.EmailField(_("email"), blank=True)
    phone = models.CharField(_("phone"), max_length=16, help_text="E.164", blank=True)
    # The number of the case it was recorded in.
    said_in = models.CharField(_("said in"), max_length=12, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        db_index=False,  # people are never deleted
        verbose_name=_("recorded by"),
    )
    at = models.DateTimeField(_("date and time"))
    lifted_at = models.DateTimeField(_("removed"), null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,  # people are never deleted
        verbose_name=_("removed by"),
    )
    lift_reason = MaskedText(_("reason for removing it"), blank=True)

    objects = IdentityBlockQuerySet.as_manager()

    class Meta:
        verbose_name = _("block on new applications")
        verbose_name_plural = _("blocks on new applications")
        ordering = ["-at", "-id"]
        indexes = [
            # queries/identity_blocks.py: whether an application is of a blocked identity, and
            # whether a caller is
            models.Index(fields=["email"], name="identity_block_email", condition=_IN_FORCE),
            models.Index(fields=["phone"], name="identity_block_phone", condition=_IN_FORCE),
            models.Index(fields=["name_key"], name="identity_block_name", condition=_IN_FORCE),
            # and those of a customer, lifted ones too
            models.Index(fields=["customer", "-at", "-id"], name="identity_block_person"),
            # those recorded in a case
            models.Index(fields=["said_in"], name="identity_block_case"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(customer__isnull=False) | ~Q(email="") | ~Q(phone=""),
                name="identity_block_knows_someone",
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True, lift_reason="")
                | (Q(lifted_at__gte=F("at"), lifted_by__isnull=False) & ~Q(lift_reason="")),
                name="identity_block_lifted_for_a_reason",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="identity_block_never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="identity_block_lifted_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__lifted_at__isnull=False),
            ),
            pgtrigger.ReadOnly(name="identity_block_stays_as_told", fields=RECORDED),
        ]

    def __str__(self) -> str:
        return self.name


class BlockedApplication(models.Model):
    """An application that wasn't taken, and what of it was blocked. Nothing else of it is kept."""

    block = models.ForeignKey(
        IdentityBlock,
        models.PROTECT,
        related_name="applications",
        db_index=False,  # blocked_application_of
        verbose_name=_("block on new applications"),
    )
    store = models.ForeignKey(
        Store,
        models.PROTECT,
        related_name="+",
        db_index=False,  # stores are never deleted
        verbose_name=_("store"),
    )
    matched = ArrayField(
        models.CharField(max_length=8, choices=IdentityTrait.choices), verbose_name=_("matched")
    )
    at = models.DateTimeField(_("date and time"))

    class Meta:
        verbose_name = _("blocked application")
        verbose_name_plural = _("blocked applications")
        ordering = ["-at", "-id"]
        indexes = [
            # queries/identity_blocks.py: the newest of a block
            models.Index(fields=["block", "-at", "-id"], name="blocked_application_of")
        ]
        triggers = [
            pgtrigger.Protect(
                name="blocked_application_append_only",
                operation=pgtrigger.Update | pgtrigger.Delete,
            )
        ]

    def __str__(self) -> str:
        return f"{self.block} · {day(self.at)}"

    @property
    def traits(self) -> list[str]:
        return [str(IdentityTrait(each).label) for each in self.matched]
