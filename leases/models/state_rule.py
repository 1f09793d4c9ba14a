from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leases.enums import BuyoutRule, FeeBase


class StateRule(models.Model):
    """What a state's law sets: the buyout's ceiling and late fees. Configuration, with its source.

    "Longer" is every frequency but weekly. Without a percentage there are no late fees.
    """

    state = models.CharField(
        _("state"), max_length=2, unique=True, help_text=_("Two letters, for example TX.")
    )
    buyout_ceiling = models.CharField(
        _("ceiling of the buyout"), max_length=10, choices=BuyoutRule.choices, blank=True
    )
    late_fee_percent = models.DecimalField(
        _("late fee in percent"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    late_fee_of = models.CharField(
        _("percent of"), max_length=10, choices=FeeBase.choices, default=FeeBase.INSTALMENT
    )
    late_fee_least_weekly = models.DecimalField(
        _("least late fee, weekly payments"), max_digits=6, decimal_places=2, default=0
    )
    late_fee_least_longer = models.DecimalField(
        _("least late fee, other payments"), max_digits=6, decimal_places=2, default=0
    )
    late_fee_most = models.DecimalField(
        _("most late fee"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    grace_days_weekly = models.PositiveSmallIntegerField(
        _("grace period in days, weekly payments"), default=0
    )
    grace_days_longer = models.PositiveSmallIntegerField(
        _("grace period in days, other payments"), default=0
    )
    source = models.TextField(_("source"), help_text=_("The law and where it was read, and when."))

    class Meta:
        verbose_name = _("state rule")
        verbose_name_plural = _("state rules")
        ordering = ["state"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__regex=r"^[A-Z]{2}$"), name="state_rule_two_letters"
            ),
            models.CheckConstraint(condition=~Q(source=""), name="state_rule_has_a_source"),
        ]

    def __str__(self) -> str:
        return self.state
