from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Collate, Upper
from django.utils.translation import gettext_lazy as _

from common.company_day import company_zone
from leases import clocks
from leases.enums import LeaseStatus
from leases.lifecycle import (
    ENDED_BY_CLOCK,
    EXPIRING,
    GROWING_STALE,
    TRANSITIONS,
    UNDER_CONTRACT,
)
from leases.models.customer import Customer
from leases.models.history import status_is_told
from leases.models.merchant import Store
from leases.models.program import Program

if TYPE_CHECKING:
    from accounts.models import User
    from leases.models.api_access import ApiKey


class LeaseQuerySet(models.QuerySet["Lease"]):
    def visible_to(self, user: User) -> Self:
        """The only door to leases: lists, searches, pages and downloads start here."""
        if user.is_customer:
            return self.filter(customer__user=user)
        return self if user.sees_leases else self.none()

    def visible_to_key(self, key: ApiKey) -> Self:
        """The same door for a merchant's system: its own stores' leases, or those of one store."""
        if key.store_id is not None:
            return self.filter(store=key.store_id)
        return self.filter(store__merchant=key.merchant_id)

    def with_parties(self) -> Self:
        return self.select_related("customer", "store__merchant", "program")

    def effectively(self, status: str, now: datetime) -> Self:
        """By effective status; see `Lease.status_at`. Phrased so that `lease_by_status`
        serves it.
        """
        if status in EXPIRING:
            return self.filter(status=status, expires_at__gt=now)
        if status in ENDED_BY_CLOCK:
            return self.filter(Q(status=status) | Q(expires_as=status, expires_at__lte=now))
        return self.filter(status=status)

    def effectively_in_parts(self, status: str, now: datetime) -> list[Self]:
        """The same rows, split: in one query, those of an ended status would have no index in
        order.
        """
        if status in ENDED_BY_CLOCK:
            unnoticed = self.filter(expires_as=status, expires_at__lte=now)
            return [self.filter(status=status), unnoticed]
        return [self.effectively(status, now)]

    def under_contract(self, now: datetime) -> Self:
        """With an invoice, not delivered and not expired."""
        return self.filter(status__in=UNDER_CONTRACT, expires_at__gt=now)


class Lease(models.Model):
    """A lease application and the contract it becomes, from approval to delivery."""

    # The id for merchants' systems: says nothing and can't be guessed.
    application_id = models.UUIDField(
        _("application ID"),
        unique=True,
        default=uuid.uuid4,
        db_default=RandomUUID(),
        editable=False,
    )
    account_number = models.CharField(
        _("account number"),
        max_length=20,
        # Part of URLs; upper case, so that a search needs no second index.
        validators=[RegexValidator(r"^[0-9A-Z-]+$")],
        help_text=_("Usually 7 to 10 digits."),
    )
    customer = models.ForeignKey(
        Customer, models.PROTECT, related_name="leases", verbose_name=_("customer")
    )
    store = models.ForeignKey(
        Store, models.PROTECT, related_name="leases", verbose_name=_("store"), db_index=False
    )
    program = models.ForeignKey(
        Program, models.PROTECT, null=True, blank=True, related_name="leases",
        verbose_name=_("program"),
    )  # fmt: skip
    merchandise = models.CharField(_("merchandise"), max_length=200, blank=True)
    status = models.CharField(_("status"), max_length=20, choices=LeaseStatus.choices)
    approval_limit = models.DecimalField(
        _("approval limit"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    invoice_number = models.CharField(_("invoice number"), max_length=40, blank=True)
    invoice_total = models.DecimalField(
        _("invoice total"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    applied_at = models.DateTimeField(_("application"))
    approved_at = models.DateTimeField(_("approval"), null=True, blank=True)
    contracts_at = models.DateTimeField(_("invoice submission"), null=True, blank=True)
    signed_at = models.DateTimeField(_("signing date"), null=True, blank=True)
    delivered_at = models.DateTimeField(_("delivery"), null=True, blank=True)
    shipping_provider = models.CharField(_("shipping provider"), max_length=60, blank=True)
    tracking_id = models.CharField(_("tracking number"), max_length=80, blank=True)
    # The deadline of the status, kept by `set_deadline`, so that expiring is one indexed statement.
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
    expires_as = models.CharField(
        _("becomes"), max_length=20, choices=LeaseStatus.choices, blank=True
    )
    # When its clock ended it: the deadline, however late that was noticed.
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by",
        verbose_name=_("replaces"),
    )  # fmt: skip

    objects = LeaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("lease")
        verbose_name_plural = _("leases")
        indexes = [
            # views/leases.py: newest applications first
            models.Index(fields=["-applied_at", "-id"], name="lease_newest"),
            # views/leases.py and queries/monitoring.py: leases with one status
            models.Index(fields=["status", "-applied_at", "-id"], name="lease_by_status"),
            # queries/find.py: a store's newest
            models.Index(fields=["store", "-applied_at", "-id"], name="lease_of_store"),
            # queries/find.py: an invoice number, in upper or lower case
            models.Index(Upper("invoice_number"), name="lease_invoice_number"),
            # queries/suggest.py: the beginning of an account or invoice number
            models.Index(Collate("account_number", "C"), name="lease_number_begins"),
            models.Index(Collate(Upper("invoice_number"), "C"), name="lease_invoice_begins"),
            # actions/expire_due.py: what is due now; queries/monitoring.py: what is due soon
            models.Index(
                fields=["expires_at"], name="lease_due", condition=Q(expires_at__isnull=False)
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["account_number"], name="lease_number_once"),
            models.CheckConstraint(
                condition=Q(status__in=LeaseStatus.values), name="lease_status_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=sorted(EXPIRING), expires_at__isnull=False, expires_as__gt=""
                )
                | Q(~Q(status__in=sorted(EXPIRING)), expires_at__isnull=True, expires_as=""),
                name="lease_deadline_where_a_clock_runs",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(status__in=sorted(ENDED_BY_CLOCK)),
                name="lease_ended_by_a_clock",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=sorted(EXPIRING))
                | Q(approved_at__isnull=False, approval_limit__isnull=False),
                name="lease_approved_has_limit",
            ),
            models.CheckConstraint(
                condition=Q(account_number__regex=r"^[0-9A-Z-]+$"), name="lease_number_is_plain"
            ),
            models.CheckConstraint(
                condition=Q(approval_limit__isnull=True) | Q(approval_limit__gt=0),
                name="lease_limit_above_zero",
            ),
            models.CheckConstraint(
                condition=~Q(status=LeaseStatus.DENIED) | Q(approval_limit__isnull=True),
                name="lease_denied_has_no_limit",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=sorted(UNDER_CONTRACT))
                | Q(contracts_at__isnull=False, invoice_total__isnull=False),
                name="lease_contract_has_invoice",
            ),
            models.CheckConstraint(
                condition=Q(invoice_total__isnull=True)
                | Q(
                    approval_limit__isnull=False,
                    invoice_total__gt=0,
                    invoice_total__lte=F("approval_limit"),
                ),
                name="lease_invoice_within_limit",
            ),
            models.CheckConstraint(
                condition=~Q(status=LeaseStatus.FUNDED) | Q(delivered_at__isnull=False),
                name="lease_funded_was_delivered",
            ),
        ]
        triggers = [
            pgtrigger.FSM(
                name="lease_status_table",
                field="status",
                transitions=[
                    (start.value, end.value) for start, ends in TRANSITIONS.items() for end in ends
                ],
            ),
            status_is_told(
                "lease_status_told", pgtrigger.Insert | pgtrigger.UpdateOf("status"), "NEW.id"
            ),
        ]

    def __str__(self) -> str:
        return self.account_number

    def status_at(self, now: datetime) -> LeaseStatus:
        """The effective status: what the clock says, even if the scheduler has stopped."""
        if self.expires_at is not None and self.expires_at <= now:
            return LeaseStatus(self.expires_as)
        return LeaseStatus(self.status)

    def ended(self, now: datetime) -> datetime | None:
        """When the clock ended it, whether the scheduler has noticed or not."""
        if self.expires_at is not None and self.expires_at <= now:
            return self.expires_at
        return self.ended_at

    def days(self) -> clocks.Days:
        """The program's limits if it has any, otherwise the company's."""
        program = self.program
        return clocks.Days(
            (program and program.approval_days) or settings.APPROVAL_DAYS,
            (program and program.contracts_days) or settings.CONTRACTS_DAYS,
        )

    def set_deadline(self) -> None:
        found = clocks.deadline(
            status=self.status,
            approved_at=self.approved_at,
            contracts_at=self.contracts_at,
            days=self.days(),
            zone=company_zone(),
        )
        self.expires_at = found.at if found else None
        self.expires_as = found.status if found else ""

    def is_stale(self, now: datetime) -> bool:
        """Undecided or denied, and as old as an approval may get: the customer should reapply."""
        if self.status not in GROWING_STALE:
            return False
        zone = company_zone()
        return clocks.add_days(self.applied_at, self.days().approval, zone) <= now

    def clock_started_at(self) -> datetime | None:
        """Where the clock that will run out first started."""
        if self.expires_as == LeaseStatus.CONTRACTS_EXPIRED:
            return self.contracts_at
        return self.approved_at if self.expires_at else None
