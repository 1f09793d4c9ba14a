from __future__ import annotations

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.sort_keys import sort_key_column
from leases.enums import BuyoutRule, ExchangePolicy, Frequency
from leases.models.merchant import Merchant


class ProgramQuerySet(models.QuerySet["Program"]):
    def active(self) -> Self:
        return self.filter(is_active=True)


class Program(models.Model):
    """The terms a merchant leases under. What people read exists in both languages."""

    merchant = models.ForeignKey(
        Merchant, models.PROTECT, related_name="programs", verbose_name=_("partner merchant"),
        db_index=False,  # program_once_per_merchant starts with it
    )  # fmt: skip
    code = models.SlugField(
        _("code"),
        max_length=40,
        db_index=False,  # always queried with its merchant
        help_text=_("The code or name in the merchant’s own system."),
    )
    name = models.CharField(_("name"), max_length=120)
    name_sort_en = sort_key_column("name_en")
    name_sort_es = sort_key_column("name_es")
    terms = models.TextField(_("terms in plain language"), max_length=4000)
    exchange_terms = models.TextField(_("exchange terms in plain language"), max_length=2000)
    is_active = models.BooleanField(_("active"), default=True)

    approval_days = models.PositiveSmallIntegerField(
        _("days an approval is good for"),
        null=True,
        blank=True,
        help_text=_("Leave blank to use the company’s limit."),
        validators=[MinValueValidator(1), MaxValueValidator(365)],
    )
    contracts_days = models.PositiveSmallIntegerField(
        _("days from invoice to delivery"),
        null=True,
        blank=True,
        help_text=_("Leave blank to use the company’s limit."),
        validators=[MinValueValidator(1), MaxValueValidator(365)],
    )
    frequencies = ArrayField(
        models.CharField(max_length=12, choices=Frequency.choices),
        verbose_name=_("payment frequencies"),
    )
    # The whole lease as a multiple of the cash price, over twelve months of payments.
    cost_factor = models.DecimalField(
        _("total of payments as a multiple of the cash price"),
        max_digits=4,
        decimal_places=2,
        default=2,
        validators=[MinValueValidator(1)],
    )
    buyout_rule = models.CharField(
        _("buyout rule"), max_length=10, choices=BuyoutRule.choices, default=BuyoutRule.OPTION
    )
    discount_rate = models.DecimalField(
        _("share of the remaining payments due at a buyout"),
        max_digits=3,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("For example, 0.75 or 0.65."),
        validators=[MinValueValidator(0), MaxValueValidator(1)],
    )
    option_fee = models.DecimalField(
        _("fee of the 90-day option"), max_digits=7, decimal_places=2, default=0,
        validators=[MinValueValidator(0)],
    )  # fmt: skip

    exchange_policy = models.CharField(
        _("exchanges"),
        max_length=12,
        choices=ExchangePolicy.choices,
        default=ExchangePolicy.NONE,
    )
    exchange_days = models.PositiveSmallIntegerField(_("days to exchange"), default=0)
    # Plans: 0 means that this program doesn't accept them.
    recovery_payments = models.PositiveSmallIntegerField(
        _("maximum payments in a recovery plan"),
        default=0,
        help_text=_("Enter 0 if the program doesn’t offer this."),
    )
    rescheduling_days = models.PositiveSmallIntegerField(
        _("maximum days a payment can be moved"),
        default=0,
        help_text=_("Enter 0 if the program doesn’t offer this."),
    )
    restructuring_payments = models.PositiveSmallIntegerField(
        _("maximum payments that can be lowered"),
        default=0,
        help_text=_("Enter 0 if the program doesn’t offer this."),
    )

    # Disputes: whether late fees wait while a charge is under review (leases/fee_pauses.py).
    pauses_fees = models.BooleanField(
        _("no late fees while a charge is under review"), default=True, db_default=True
    )
    pause_days = models.PositiveSmallIntegerField(
        _("longest pause in days"),
        null=True,
        blank=True,
        help_text=_("Leave blank to pause until the charge is decided."),
        validators=[MinValueValidator(1), MaxValueValidator(365)],
    )

    # modeltranslation puts its own class in between
    objects = ProgramQuerySet.as_manager()  # type: ignore[django-manager-missing]

    class Meta:
        verbose_name = _("program")
        verbose_name_plural = _("programs")
        ordering = ["merchant__name_sort", "code"]
        constraints = [
            models.UniqueConstraint(fields=["merchant", "code"], name="program_once_per_merchant"),
            models.CheckConstraint(
                condition=Q(frequencies__len__gt=0), name="program_has_a_frequency"
            ),
            models.CheckConstraint(
                condition=~Q(buyout_rule=BuyoutRule.DISCOUNT) | Q(discount_rate__isnull=False),
                name="program_discount_has_a_rate",
            ),
            models.CheckConstraint(
                condition=Q(option_fee__gte=0)
                & (Q(discount_rate=None) | Q(discount_rate__range=(0, 1))),
                name="program_rates_in_range",
            ),
            models.CheckConstraint(
                condition=~(
                    Q(name_en="") | Q(name_es="") | Q(terms_en="") | Q(terms_es="")
                    | Q(exchange_terms_en="") | Q(exchange_terms_es="")
                    | Q(name_en__isnull=True) | Q(name_es__isnull=True)
                    | Q(terms_en__isnull=True) | Q(terms_es__isnull=True)
                    | Q(exchange_terms_en__isnull=True) | Q(exchange_terms_es__isnull=True)
                ),
                name="program_both_languages",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.merchant} · {self.name}"
