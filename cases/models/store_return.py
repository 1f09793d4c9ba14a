from __future__ import annotations

from typing import TYPE_CHECKING, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.masked_fields import MaskedLine, MaskedText
from cases.enums import StoreAnswer
from cases.models.case import Case
from leases.models import MerchandiseReturn, Store

if TYPE_CHECKING:
    from accounts.models import User

_STANDS = Q(withdrawn_at__isnull=True)
_SILENT = _STANDS & Q(answer="")
_ANSWER = ("answer", "answered_on", "answered_name", "answer_note", "report_id", "answered_at")
_IS, _WAS = (", ".join(f"{row}.{each}" for each in _ANSWER) for row in ("NEW", "OLD"))
_OWED = _STANDS & Q(answer=StoreAnswer.CONFIRMED, credited_on__isnull=True)


class StoreReturnQuerySet(models.QuerySet["StoreReturn"]):
    def visible_to(self, user: User) -> Self:
        """The only door, the same as to the case."""
        if user.is_customer:
            return self.filter(case__lease__customer__user=user)
        return self if user.works_cases else self.none()

    def standing(self) -> Self:
        return self.filter(_STANDS)

    def silent(self) -> Self:
        """The store hasn't answered yet."""
        return self.filter(_SILENT)

    def owed(self) -> Self:
        """The store has the item, and we haven't credited it yet."""
        return self.filter(_OWED)

    def open(self) -> Self:
        return self.filter(_SILENT | _OWED)


class StoreReturn(models.Model):
    """An item on its way back, in three steps: the customer handed it in, the store confirmed that
    it has it or refused it, we credited it. Each says who, when and what proves it.
    """

    case = models.ForeignKey(
        Case, models.PROTECT, related_name="store_returns", verbose_name=_("case")
    )
    store = models.ForeignKey(
        Store, models.PROTECT, related_name="+", verbose_name=_("store"), db_index=False
    )
    handed_in_on = models.DateField(_("returned on"))
    tracking = MaskedLine(_("tracking number"), max_length=60, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )
    at = models.DateTimeField(_("date and time"))

    answer = models.CharField(
        _("store’s answer"), max_length=9, choices=StoreAnswer.choices, blank=True, default=""
    )
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    # Who at the store said so; empty if its system reported it.
    answered_name = MaskedLine(_("who answered"), max_length=120, blank=True)
    # The number of its receipt, or why it refused, as it was said.
    answer_note = MaskedText(_("proof or reason"), max_length=2000, blank=True)
    report = models.ForeignKey(
        MerchandiseReturn,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("store’s report"),
        db_index=False,
    )
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    # What came off the ledger; empty for an exchange.
    credit = models.DecimalField(_("credit"), max_digits=9, decimal_places=2, null=True, blank=True)
    credited_on = models.DateField(_("credited on"), null=True, blank=True)
    credited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    credited_at = models.DateTimeField(null=True, blank=True)

    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = StoreReturnQuerySet.as_manager()

    class Meta:
        verbose_name = _("return to a store")
        verbose_name_plural = _("returns to stores")
        ordering = ["-handed_in_on", "-id"]
        indexes = [
            # queries/store_returns.py: the store hasn't answered, the oldest first
            models.Index(
                fields=["handed_in_on", "id"], name="store_return_silent", condition=_SILENT
            ),
            # the same: confirmed, and not credited
            models.Index(fields=["answered_on", "id"], name="store_return_owed", condition=_OWED),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=_SILENT | _OWED, name="store_return_open_once"
            ),
            models.CheckConstraint(
                condition=Q(
                    answer="", answered_on=None, answered_at=None, answered_by=None, report=None,
                    answered_name="", answer_note="",
                )
                | Q(
                    Q(answered_by__isnull=False, answered_name__gt="") | Q(report__isnull=False),
                    answer=StoreAnswer.CONFIRMED,
                    answered_on__gte=F("handed_in_on"),
                    answered_at__isnull=False,
                )
                | Q(
                    answer=StoreAnswer.REFUSED, answered_on__gte=F("handed_in_on"),
                    answered_at__isnull=False, answered_by__isnull=False, report=None,
                    answered_name__gt="", answer_note__gt="",
                ),
                name="store_return_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(credit=None, credited_on=None, credited_by=None, credited_at=None)
                | Q(
                    Q(credit=None) | Q(credit__gt=0),
                    answer=StoreAnswer.CONFIRMED,
                    credited_on__gte=F("answered_on"), credited_by__isnull=False,
                    credited_at__isnull=False, withdrawn_at=None,
                ),
                name="store_return_credited_once_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="store_return_withdrawn_by_somebody",
            ),
        ]  # fmt: skip
        triggers = [
            pgtrigger.Protect(name="store_return_never_deleted", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="store_return_stays",
                fields=["case", "store", "handed_in_on", "tracking", "by", "at"],
            ),
            pgtrigger.Protect(
                name="store_return_answered_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    f"OLD.answer <> '' AND ({_IS}) IS DISTINCT FROM ({_WAS})"
                ),
            ),
            pgtrigger.Protect(
                name="store_return_ended_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__credited_on__isnull=False)
                | pgtrigger.Q(old__withdrawn_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.handed_in_on}"

    @property
    def is_open(self) -> bool:
        """There's a step to come."""
        return not (self.withdrawn_at or self.credited_on or self.is_refused)

    @property
    def is_refused(self) -> bool:
        return self.answer == StoreAnswer.REFUSED
