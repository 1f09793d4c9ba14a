from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING, ClassVar, Self

import pgtrigger
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Reverse
from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from accounts.masked_fields import MaskedLine, MaskedText
from cases.enums import Searched, WithoutLease
from cases.models.searched import keeps_searched
from common.company_day import company_zone
from leases.models.names import name_key

if TYPE_CHECKING:
    from accounts.models import User


class CaseContactQuerySet(models.QuerySet["CaseContact"]):
    def visible_to(self, user: User) -> Self:
        """The only door to contacts. They never sign in."""
        return self if user.works_cases else self.none()


class CaseContact(models.Model):
    """Who a case is about while it has no lease: what the caller told us, checked by no one.

    It has what is read of a customer, too, so that mails and pages take either.
    """

    why = models.CharField(_("why there’s no lease"), max_length=12, choices=WithoutLease.choices)
    name = MaskedLine(_("name"), max_length=120)
    name_key = name_key()
    phone = models.CharField(_("phone"), max_length=16, help_text="E.164", blank=True)
    email = models.EmailField(_("email"), blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language.choices)
    known = MaskedText(_("what we know"), blank=True)

    # Of customers only.
    user: ClassVar[None] = None
    user_id: ClassVar[None] = None
    available_days: ClassVar[tuple[str, ...]] = ()
    available_from: ClassVar[time | None] = None
    available_to: ClassVar[time | None] = None
    allow_calls: ClassVar[bool] = True
    contact_channel: ClassVar[str] = ""
    wishes: ClassVar[tuple[str, ...]] = ()

    objects = CaseContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact of a case")
        verbose_name_plural = _("contacts of cases")
        indexes = [
            # queries/contacts.py: a name, an email, a phone number or its last digits
            GinIndex(OpClass("name_key", "gin_trgm_ops"), name="contact_name_key"),
            models.Index(fields=["email"], name="contact_email", condition=~Q(email="")),
            models.Index(OpClass("phone", "text_pattern_ops"), name="contact_phone_begins"),
            models.Index(OpClass(Reverse("phone"), "text_pattern_ops"), name="contact_phone_end"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(why__in=WithoutLease.values, language__in=Language.values),
                name="contact_codes_known",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="contact_has_a_name"),
            models.CheckConstraint(
                condition=Q(phone="") | Q(phone__regex=r"^\+[0-9]{7,15}$"),
                name="contact_phone_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(email=Lower("email")), name="contact_email_lower_case"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="contact_stays", operation=pgtrigger.Delete),
            keeps_searched(Searched.CONTACT, pgtrigger.UpdateOf("name", "phone", "email", "known")),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def time_zone(self) -> str:
        """Ours: a caller’s isn’t known."""
        return company_zone().key

    @property
    def availability(self) -> str:
        return str(_("any day"))
