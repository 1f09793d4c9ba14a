from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from leases.enums import BuyoutRule, Frequency
from leases.models.lease import Lease
from leases.models.merchant import MOST_TAX
from leases.payment_words import payments
from leases.us_states import STATES

if TYPE_CHECKING:
    from accounts.models import User


class TermsQuerySet(models.QuerySet["Terms"]):
    def visible_to(self, user: User) -> Self:
        """The only door, the same as to the lease."""
        if user.is_customer:
            return self.filter(lease__customer__user=user)
        return self if user.sees_leases else self.none()


class Terms(models.Model):
    """The money side of a contract. Follows the invoice until delivery; after that it is fixed.

    US dollars. `cash_price` is C, `total` T and `payments` N in the formulas of leases/buyout.
    """

    lease = models.OneToOneField(
        Lease, models.PROTECT, related_name="terms", verbose_name=_("lease")
    )
    cash_price = models.DecimalField(_("cash price"), max_digits=9, decimal_places=2)
    total = models.DecimalField(_("total of payments"), max_digits=9, decimal_places=2)
    payments = models.PositiveSmallIntegerField(_("number of payments"))
    frequency = models.CharField(_("frequency"), max_length=12, choices=Frequency.choices)
    first_due_on = models.DateField(_("first payment due"), null=True, blank=True)
    # The state of signing: its rules apply.
    state = models.CharField(_("state of signing"), max_length=2)
    tax_rate = models.DecimalField(
        _("sales tax (percent)"), max_digits=5, decimal_places=3, default=0
    )
    buyout_rule = models.CharField(_("buyout rule"), max_length=10, choices=BuyoutRule.choices)
    discount_rate = models.DecimalField(
        _("share of the remaining payments due at a buyout"),
        max_digits=3,
        decimal_places=2,
        null=True,
        blank=True,
    )
    option_fee = models.DecimalField(
        _("fee of the 90-day option"), max_digits=7, decimal_places=2, default=0
    )
    # Maintained by a trigger (leases/models/late_from.py): the day of the first payment that isn't
    # paid, and the day the next late fee may be about.
    unpaid_from = models.DateField(null=True, blank=True, editable=False)
    late_from = models.DateField(null=True, blank=True, editable=False)

    objects = TermsQuerySet.as_manager()

    class Meta:
        verbose_name = _("contract terms")
        verbose_name_plural = _("contract terms")
        indexes = [
            # queries/by_money.py: who has been past due the longest
            models.Index(
                fields=["unpaid_from", "id"],
                name="terms_unpaid",
                condition=Q(unpaid_from__isnull=False),
            ),
            # queries/late_fees.py: a state's rule has its own grace period for weekly payments
            models.Index(
                fields=["state", "frequency", "late_from"],
                name="terms_late",
                condition=Q(late_from__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(cash_price__gt=0, total__gte=F("cash_price"), payments__gt=0),
                name="terms_amounts_make_sense",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(STATES)), name="terms_signed_in_a_state"
            ),
            models.CheckConstraint(
                condition=~Q(buyout_rule=BuyoutRule.DISCOUNT) | Q(discount_rate__isnull=False),
                name="terms_discount_has_a_rate",
            ),
            models.CheckConstraint(
                condition=Q(option_fee__gte=0, tax_rate__range=(0, MOST_TAX))
                & (Q(discount_rate=None) | Q(discount_rate__range=(0, 1))),
                name="terms_rates_in_range",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lease} · {self.payments_in_words}"

    @property
    def payments_in_words(self) -> str:
        return payments(self.payments, self.frequency)
