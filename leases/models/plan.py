from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.masked_fields import MaskedLine
from common.formats import day, money
from leases.enums import PlanKind
from leases.models.lease import Lease
from leases.models.missed import OF_PROMISES, keeps_missed_on

_APPEND_ONLY = pgtrigger.Update | pgtrigger.Delete


class Plan(models.Model):
    """An agreement about payments. Promises cover existing arrears, never new principal."""

    lease = models.ForeignKey(Lease, models.PROTECT, related_name="plans", verbose_name=_("lease"))
    kind = models.CharField(_("kind"), max_length=14, choices=PlanKind.choices)
    # What was past due, fees included, when it was agreed.
    arrears = models.DecimalField(_("past due"), max_digits=9, decimal_places=2)
    note = MaskedLine(_("note"), max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )
    at = models.DateTimeField(_("date and time"))
    cancelled_at = models.DateTimeField(_("canceled"), null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("canceled by"),
    )
    cancel_reason = MaskedLine(_("reason"), max_length=300, blank=True)
    # Every promise was kept, or nothing is past due anymore (leases/actions/plans/close.py).
    fulfilled_at = models.DateTimeField(_("fulfilled"), null=True, blank=True)
    # The payment that had fulfilled it was reversed (leases/actions/break_plans.py).
    broken_at = models.DateTimeField(_("broken"), null=True, blank=True)
    # For a recovery plan: the day of the first promise that isn't covered, past or future; for a
    # broken one, when it broke. Triggers maintain it (models/missed.py).
    missed_on = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["kind", "-id"], name="plan_by_kind"),  # admin/money.py
            # queries/missed.py: the few that a reversal broke
            models.Index(
                fields=["lease"], name="plan_broken", condition=Q(broken_at__isnull=False)
            ),
            # queries/missed.py: those whose day has passed, the earliest first
            models.Index(
                fields=["missed_on", "lease"],
                name="plan_missed",
                condition=Q(kind=PlanKind.RECOVERY, cancelled_at__isnull=True)
                & (Q(fulfilled_at__isnull=True) | Q(broken_at__isnull=False)),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["lease"],
                condition=Q(
                    cancelled_at__isnull=True, fulfilled_at__isnull=True, kind=PlanKind.RECOVERY
                ),
                name="plan_one_recovery_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True, cancelled_by__isnull=True, cancel_reason="")
                | Q(cancelled_at__isnull=False, cancelled_by__isnull=False, cancel_reason__gt=""),
                name="plan_cancelled_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(broken_at=None)
                | Q(
                    kind=PlanKind.RECOVERY,
                    cancelled_at=None,
                    fulfilled_at__isnull=False,
                    fulfilled_at__lte=F("broken_at"),
                ),
                name="plan_broken_after_it_was_fulfilled",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lease} · {self.get_kind_display()}"


class PlanPromise(models.Model):
    """A payment that was promised. Whether it was kept is read from the ledger."""

    plan = models.ForeignKey(
        Plan,
        models.PROTECT,
        related_name="promises",
        verbose_name=_("plan"),
        db_index=False,  # plan_promise_once starts with it
    )
    number = models.PositiveSmallIntegerField(_("number"))
    due_on = models.DateField(_("due"))
    amount = models.DecimalField(_("amount"), max_digits=9, decimal_places=2)

    class Meta:
        verbose_name = _("promised payment")
        verbose_name_plural = _("promised payments")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_promise_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="plan_promise_above_zero"),
        ]
        triggers = [
            pgtrigger.Protect(name="plan_promise_append_only", operation=_APPEND_ONLY),
            keeps_missed_on("plan_missed_by_promises", OF_PROMISES),
        ]

    def __str__(self) -> str:
        return f"{day(self.due_on)}: {money(self.amount)}"
