from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from common.sort_keys import sort_key_column
from leases.models.names import name_key
from leases.us_states import STATES, validate_state

#: Percent. No state charges that much; more is a typing error.
MOST_TAX = 30


class Merchant(models.Model):  # type: ignore[django-manager-missing]  # modeltranslation's, of programs
    name = models.CharField(_("name"), max_length=120)
    name_key = name_key()
    name_sort = sort_key_column()

    class Meta:
        verbose_name = _("partner merchant")
        verbose_name_plural = _("partner merchants")
        ordering = ["name_sort"]
        indexes = [
            # queries/find.py: a part of a name, any accents
            GinIndex(OpClass("name_key", "gin_trgm_ops"), name="merchant_name_key")
        ]
        constraints = [models.UniqueConstraint(fields=["name"], name="merchant_name_once")]

    def __str__(self) -> str:
        return self.name


class Store(models.Model):
    """Where contracts are signed and merchandise comes back."""

    merchant = models.ForeignKey(
        Merchant, models.PROTECT, related_name="stores", verbose_name=_("partner merchant"),
        db_index=False,  # store_once_per_merchant starts with it
    )  # fmt: skip
    code = models.CharField(
        _("code"),
        max_length=40,
        blank=True,
        help_text=_("The code or name in the merchant’s own system."),
    )
    name = models.CharField(_("name"), max_length=120)
    name_key = name_key()
    name_sort = sort_key_column()
    city = models.CharField(_("city"), max_length=80)
    state = models.CharField(
        _("U.S. state"),
        max_length=2,
        help_text=_("Two letters, for example, TX."),
        validators=[validate_state],
    )
    phone = models.CharField(_("phone"), max_length=16, blank=True)
    tax_rate = models.DecimalField(
        _("sales tax (percent)"),
        max_digits=5,
        decimal_places=3,
        default=0,
        help_text=_("For example, 8.25. Applies to contracts made from now on."),
        validators=[MinValueValidator(0), MaxValueValidator(MOST_TAX)],
    )

    class Meta:
        verbose_name = _("store")
        verbose_name_plural = _("stores")
        ordering = ["merchant__name_sort", "name_sort"]
        indexes = [
            # queries/find.py: a part of a name, any accents
            GinIndex(OpClass("name_key", "gin_trgm_ops"), name="store_name_key")
        ]
        constraints = [
            models.UniqueConstraint(fields=["merchant", "name"], name="store_once_per_merchant"),
            models.UniqueConstraint(
                fields=["merchant", "code"],
                condition=models.Q(code__gt=""),
                name="store_code_once_per_merchant",
                violation_error_message=_("This merchant already has a store with this code."),
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=sorted(STATES)), name="store_in_a_state"
            ),
            models.CheckConstraint(
                condition=models.Q(tax_rate__range=(0, MOST_TAX)), name="store_tax_rate_in_percent"
            ),
        ]

    def __str__(self) -> str:
        return self.name
