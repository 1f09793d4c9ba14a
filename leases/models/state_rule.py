from __future__ import annotations

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from leases.enums import BuyoutRule, FeeBase
from leases.us_states import STATES, validate_state

MOST_PERCENT = 100
#: A longer one is a typing error.
MOST_GRACE = 90
MOST_DATA_DAYS = 120
_NOT_BELOW_ZERO = MinValueValidator(0)


class StateRule(models.Model):
    """What a state's law sets: the limit for early purchases, late fees, and the days to answer a
    request for personal data. Configuration, with its source.

    "Longer" is every frequency except weekly. Without a percentage there are no late fees.
    """

    state = models.CharField(
        _("U.S. state"),
        max_length=2,
        help_text=_("Two letters, for example, TX."),
        validators=[validate_state],
    )
    buyout_ceiling = models.CharField(
        _("buyout ceiling"), max_length=10, choices=BuyoutRule.choices, blank=True
    )
    late_fee_percent = models.DecimalField(
        _("late fee (percent)"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[_NOT_BELOW_ZERO, MaxValueValidator(MOST_PERCENT)],
    )
    late_fee_of = models.CharField(
        _("percentage of"), max_length=10, choices=FeeBase.choices, default=FeeBase.INSTALMENT
    )
    late_fee_least_weekly = models.DecimalField(
        _("minimum late fee, weekly payments"),
        max_digits=6,
        decimal_places=2,
        default=0,
        validators=[_NOT_BELOW_ZERO],
    )
    late_fee_least_longer = models.DecimalField(
        _("minimum late fee, other payments"),
        max_digits=6,
        decimal_places=2,
        default=0,
        validators=[_NOT_BELOW_ZERO],
    )
    late_fee_most = models.DecimalField(
        _("maximum late fee"),
        max_digits=6,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.01"))],
    )
    grace_days_weekly = models.PositiveSmallIntegerField(
        _("grace period in days, weekly payments"),
        default=0,
        help_text=_("With 3, the fee is charged starting on the fourth day late."),
        validators=[MaxValueValidator(MOST_GRACE)],
    )
    grace_days_longer = models.PositiveSmallIntegerField(
        _("grace period in days, other payments"),
        default=0,
        help_text=_("With 3, the fee is charged starting on the fourth day late."),
        validators=[MaxValueValidator(MOST_GRACE)],
    )
    data_request_days = models.PositiveSmallIntegerField(
        _("days to answer a request for personal data"),
        null=True,
        blank=True,
        help_text=_("Leave blank for 45 days."),
        validators=[MinValueValidator(1), MaxValueValidator(MOST_DATA_DAYS)],
    )
    source = models.TextField(_("source"), help_text=_("The law, and where and when it was read."))

    class Meta:
        verbose_name = _("state rule")
        verbose_name_plural = _("state rules")
        ordering = ["state"]
        constraints = [
            models.UniqueConstraint(fields=["state"], name="state_rule_once"),
            models.CheckConstraint(
                condition=Q(state__in=sorted(STATES)), name="state_rule_of_a_state"
            ),
            models.CheckConstraint(
                condition=Q(late_fee_percent=None) | Q(late_fee_percent__range=(0, MOST_PERCENT)),
                name="state_rule_percent_in_range",
            ),
            models.CheckConstraint(
                condition=Q(late_fee_least_weekly__gte=0, late_fee_least_longer__gte=0),
                name="state_rule_minimum_not_below_zero",
            ),
            models.CheckConstraint(
                condition=Q(late_fee_most=None) | Q(late_fee_most__gt=0),
                name="state_rule_maximum_above_zero",
            ),
            models.CheckConstraint(
                condition=Q(late_fee_most=None)
                | Q(late_fee_most__gte=Greatest("late_fee_least_weekly", "late_fee_least_longer")),
                name="state_rule_minimum_within_maximum",
                violation_error_code="minimum",
                violation_error_message=_("The minimum late fee can’t be higher than the maximum."),
            ),
            models.CheckConstraint(
                condition=Q(grace_days_weekly__lte=MOST_GRACE, grace_days_longer__lte=MOST_GRACE),
                name="state_rule_grace_in_range",
            ),
            models.CheckConstraint(
                condition=Q(data_request_days=None)
                | Q(data_request_days__range=(1, MOST_DATA_DAYS)),
                name="state_rule_data_days_in_range",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="state_rule_has_a_source"),
        ]

    def __str__(self) -> str:
        return self.state
