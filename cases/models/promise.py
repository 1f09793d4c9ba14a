from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from accounts.masked_fields import MaskedLine
from cases.enums import Party, PromiseOutcome
from cases.models.case import Case
from cases.models.holds import kept_on_hold


class PromiseQuerySet(models.QuerySet["Promise"]):
    def open(self) -> Self:
        return self.filter(outcome="")

    def open_first(self) -> Self:
        """By their day, those still open before the others."""
        return self.alias(is_open=Q(outcome="")).order_by("-is_open", "due_on", "pk")


class Promise(models.Model):
    """A verbal agreement: who does what, by when; confirmed in writing, then kept or not.

    Agreed payments of arrears are plans (leases); this is everything else that was agreed.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="promises")
    party = models.CharField(_("who will do it"), max_length=10, choices=Party.choices)
    # As it was said, in the language it was said in; never translated automatically.
    what = MaskedLine(_("what was agreed"), max_length=500)
    language = models.CharField(_("language"), max_length=2, choices=Language.choices)
    amount = models.DecimalField(
        _("amount"), max_digits=10, decimal_places=2, null=True, blank=True
    )
    due_on = models.DateField(_("date"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("date and time"))
    acknowledged_at = models.DateTimeField(_("confirmed by the customer"), null=True, blank=True)
    outcome = models.CharField(
        _("outcome"), max_length=9, choices=PromiseOutcome.choices, blank=True, default=""
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = PromiseQuerySet.as_manager()

    class Meta:
        verbose_name = _("verbal agreement")
        verbose_name_plural = _("verbal agreements")
        ordering = ["due_on", "id"]
        indexes = [
            # actions/remind_of_promises.py: what is due soon
            models.Index(fields=["due_on"], name="promise_open", condition=Q(outcome="")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(party__in=[Party.COMPANY, Party.CUSTOMER, Party.STORE]),
                name="promise_of_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(what="") & Q(language__in=Language.values), name="promise_says_what"
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gt=0), name="promise_amount_positive"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", settled_at__isnull=True, settled_by__isnull=True)
                | Q(
                    outcome__in=PromiseOutcome.values,
                    settled_at__isnull=False,
                    settled_by__isnull=False,
                ),
                name="promise_settled_by_somebody",
            ),
        ]
        triggers = [kept_on_hold("promise_kept_on_hold")]

    def __str__(self) -> str:
        return f"{self.case} {self.due_on}"
