from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F
from django.db.models.functions import Collate, Lower, Reverse
from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from accounts.time_zones import validate_time_zone
from common.sort_keys import sort_key_column
from common.weekdays import Weekday
from leases.availability import Hours
from leases.contact_wishes import allow_calls
from leases.enums import ContactChannel, LanguageSource
from leases.models.names import name_key
from leases.wish_words import availability_told, wishes_told

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from accounts.models import User


class CustomerQuerySet(models.QuerySet["Customer"]):
    def visible_to(self, user: User) -> Self:
        if user.is_customer:
            return self.filter(user=user)
        return self if user.sees_leases else self.none()


class Customer(models.Model):
    """Someone who leases. The registered email address identifies the person in the portal."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="customer",
        verbose_name=_("sign-in account"),
    )
    name = models.CharField(_("name"), max_length=120)
    name_key = name_key()
    name_sort = sort_key_column()
    email = models.EmailField(_("registered email address"))
    phone = models.CharField(_("phone"), max_length=16, help_text="E.164", blank=True)
    language = models.CharField(_("preferred language"), max_length=2, choices=Language.choices)
    language_source = models.CharField(
        _("how the language was chosen"), max_length=12, choices=LanguageSource.choices
    )
    available_days = ArrayField(
        models.CharField(max_length=3, choices=Weekday.choices),
        verbose_name=_("available days"),
        default=list,
        blank=True,
        help_text=_("Leave blank for any day."),
    )
    available_from = models.TimeField(_("available from"), null=True, blank=True)
    available_to = models.TimeField(_("available to"), null=True, blank=True)
    # What `set_wishes` wrote last; ContactWish keeps who asked for it and when.
    no_calls = models.BooleanField(_("no calls"), default=False, db_default=False)
    not_at_work = models.BooleanField(_("not at work"), default=False, db_default=False)
    phone_at_work = models.BooleanField(_("work number"), default=False, db_default=False)
    contact_channel = models.CharField(
        _("preferred channel"),
        max_length=6,
        choices=ContactChannel.choices,
        blank=True,
        default="",
        db_default="",
    )
    time_zone = models.CharField(
        _("time zone"), max_length=40, default="America/Chicago", validators=[validate_time_zone]
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = CustomerQuerySet.as_manager()

    class Meta:
        verbose_name = _("customer")
        verbose_name_plural = _("customers")
        constraints = [
            models.UniqueConstraint(fields=["email"], name="customer_email_once"),
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="customer_email_lower_case"
            ),
            models.CheckConstraint(
                condition=models.Q(available_from__isnull=True, available_to__isnull=True)
                # Names both, because a comparison with NULL is neither true nor false and would
                # pass.
                | models.Q(
                    available_from__isnull=False,
                    available_to__isnull=False,
                    available_from__lt=F("available_to"),
                ),
                name="customer_availability_is_a_window",
            ),
            models.CheckConstraint(
                condition=models.Q(language__in=Language.values), name="customer_language_known"
            ),
        ]
        indexes = [
            # queries/find.py: a part of a name, with any accents or typing errors
            GinIndex(OpClass("name_key", "gin_trgm_ops"), name="customer_name_key"),
            # admin/customers.py: everyone, by name
            models.Index(fields=["name_sort", "-id"], name="customer_by_name"),
            # queries/suggest.py: the beginning of an email address
            models.Index(Collate("email", "C"), name="customer_email_begins"),
            # queries/find.py and said_people.py: a phone number, its first or its last digits
            models.Index(OpClass("phone", "text_pattern_ops"), name="customer_phone_begins"),
            models.Index(OpClass(Reverse("phone"), "text_pattern_ops"), name="customer_phone_end"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def allow_calls(self) -> bool:
        """Whether their wishes allow us to call."""
        return allow_calls(
            no_calls=self.no_calls, not_at_work=self.not_at_work, at_work=self.phone_at_work
        )

    @property
    def wishes(self) -> list[StrPromise]:
        """In the reader's words, what stops a call first; `availability` tells days and hours."""
        return wishes_told(
            no_calls=self.no_calls,
            not_at_work=self.not_at_work,
            at_work=self.phone_at_work,
            channel=self.contact_channel,
        )

    @property
    def availability(self) -> str:
        """Days and hours for follow-up, in the reader's words."""
        hours = None
        if self.available_from is not None and self.available_to is not None:
            hours = Hours(self.available_from, self.available_to)
        return availability_told(self.available_days, hours)
