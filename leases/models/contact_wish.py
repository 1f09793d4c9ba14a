from __future__ import annotations

from typing import TYPE_CHECKING

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.masked_fields import MaskedLine
from common.weekdays import Weekday
from leases.availability import Hours
from leases.enums import ContactChannel, WishSource
from leases.models.customer import Customer
from leases.wish_words import availability_told, wishes_told

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class ContactWish(models.Model):
    """How a customer wanted to be contacted from then on. Only ever added; the customer's own
    columns say what the newest says.
    """

    customer = models.ForeignKey(
        Customer,
        models.PROTECT,
        related_name="contact_wishes",
        db_index=False,  # contact_wish_of starts with it
    )
    no_calls = models.BooleanField(_("no calls"))
    not_at_work = models.BooleanField(_("not at work"))
    phone_at_work = models.BooleanField(_("work number"))
    channel = models.CharField(
        _("preferred channel"), max_length=6, choices=ContactChannel.choices, blank=True
    )
    days = ArrayField(models.CharField(max_length=3, choices=Weekday.choices), default=list)
    start = models.TimeField(null=True, blank=True)
    end = models.TimeField(null=True, blank=True)
    source = models.CharField(_("how we know"), max_length=8, choices=WishSource.choices)
    # Who asked, if it wasn't the customer.
    asked_by = MaskedLine(_("who asked"), max_length=120, blank=True)
    # The number of the call or the case it was said in, if any.
    said_in = models.CharField(_("said in"), max_length=12, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("date and time"))

    class Meta:
        verbose_name = _("contact preference")
        verbose_name_plural = _("contact preferences")
        ordering = ["-at", "-id"]
        indexes = [
            # views/wishes.py: a customer's, newest first
            models.Index(fields=["customer", "-at", "-id"], name="contact_wish_of")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(source__in=WishSource.values, channel__in=["", *ContactChannel.values]),
                name="contact_wish_codes_known",
            ),
            models.CheckConstraint(
                condition=Q(start__isnull=True, end__isnull=True)
                | Q(start__isnull=False, end__isnull=False, start__lt=F("end")),
                name="contact_wish_hours_are_a_window",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="contact_wish_append_only", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.customer} {self.at:%Y-%m-%d}"

    @property
    def told(self) -> list[StrPromise | str]:
        """In the reader's words."""
        wishes = wishes_told(
            no_calls=self.no_calls,
            not_at_work=self.not_at_work,
            at_work=self.phone_at_work,
            channel=self.channel,
        )
        hours = Hours(self.start, self.end) if self.start and self.end else None
        when = availability_told(self.days, hours) if self.days or hours else ""
        return [*wishes, when] if when else [*wishes]
