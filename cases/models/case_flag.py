from __future__ import annotations

from collections.abc import Collection
from typing import Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Collate, Concat, Lower
from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from accounts.masked_fields import MaskedLine, MaskedText
from cases.enums import FlagKind
from cases.models.case import Case
from leases.models.names import NameKey
from mail.addresses import folded
from mail.models import MailLink

#: What is said of an attorney, and of no one else.
ATTORNEY_FIELDS = ("name", "firm", "phone", "email", "language")
#: As `CaseFlagQuerySet.attorneys` says it.
_IS_ATTORNEY = Q(kind=FlagKind.ATTORNEY, lifted_at__isnull=True)


class CaseFlagQuerySet(models.QuerySet["CaseFlag"]):
    def in_force(self) -> Self:
        return self.filter(lifted_at__isnull=True)

    def attorneys(self) -> Self:
        return self.in_force().filter(kind=FlagKind.ATTORNEY)

    def attorneys_of(self, customers: Collection[int]) -> Self:
        """Whoever speaks for these customers, in whichever case it was recorded."""
        return self.attorneys().filter(case__lease__customer__in=customers)

    def attorneys_for(self, case: Case) -> Self:
        """The same for the customer of a case; without a lease, those named in it. Newest first."""
        own = self.attorneys_of([case.lease.customer_id]) if case.lease else self.attorneys()
        return own.order_by("-at", "-pk") if case.lease else own.filter(case=case)


class CaseFlag(models.Model):
    """An attorney or a statute was named in a case, or it's on legal hold. Kept once it's lifted.

    Each of them holds the case: nothing of it is deleted. See docs/decisions.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="flags")
    kind = models.CharField(_("flag"), max_length=10, choices=FlagKind.choices)
    name = MaskedLine(_("attorney’s name"), max_length=120, blank=True)
    firm = MaskedLine(_("law firm"), max_length=120, blank=True)
    # Both as people search for them: a search looks at thousands.
    attorney_key = models.GeneratedField(
        expression=NameKey(Concat("name", Value(" "), "firm", output_field=models.TextField())),
        output_field=models.TextField(),
        db_persist=True,
    )
    phone = models.CharField(_("phone"), max_length=16, help_text="E.164", blank=True)
    email = models.EmailField(_("email"), blank=True)
    # Empty: the customer's.
    language = models.CharField(
        _("language"), max_length=2, choices=Language.choices, blank=True, default="", db_default=""
    )
    # Until it's accepted, no mail goes to someone who only says that they're an attorney.
    awaits_letter = models.BooleanField(
        _("waiting for the letter of representation"), default=False, db_default=False
    )
    statute = MaskedLine(_("statute, as named"), max_length=120, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("date and time"))
    lifted_at = models.DateTimeField(_("removed"), null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    lift_reason = MaskedText(_("reason for removing it"), blank=True)

    objects = CaseFlagQuerySet.as_manager()

    class Meta:
        verbose_name = _("flag on a case")
        verbose_name_plural = _("flags on cases")
        ordering = ["-at", "-id"]
        constraints = [
            # Its index serves queries/flags.py: those of a page of cases; mails/attorneys.py: who
            # gets a mail in the customer's place.
            models.UniqueConstraint(
                fields=["case", "kind", "statute"],
                condition=Q(lifted_at__isnull=True),
                name="case_flag_once",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=FlagKind.values), name="case_flag_kind_known"
            ),
            models.CheckConstraint(
                condition=(Q(kind=FlagKind.ATTORNEY) & ~Q(name=""))
                | (~Q(kind=FlagKind.ATTORNEY) & Q(**dict.fromkeys(ATTORNEY_FIELDS, ""))),
                name="case_flag_attorney_has_a_name",
            ),
            models.CheckConstraint(
                condition=Q(language__in=["", *Language.values]), name="case_flag_language_known"
            ),
            models.CheckConstraint(
                condition=Q(kind=FlagKind.ATTORNEY) | Q(awaits_letter=False),
                name="case_flag_attorneys_letter",
            ),
            models.CheckConstraint(
                condition=(Q(kind=FlagKind.STATUTE) & ~Q(statute=""))
                | (~Q(kind=FlagKind.STATUTE) & Q(statute="")),
                name="case_flag_says_the_statute",
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True, lift_reason="")
                | (Q(lifted_at__gte=F("at"), lifted_by__isnull=False) & ~Q(lift_reason="")),
                name="case_flag_lifted_for_a_reason",
            ),
        ]
        indexes = [
            # queries/represented.py: the beginning of a name or a firm, and of an email address
            GinIndex(
                OpClass("attorney_key", "gin_trgm_ops"),
                name="case_flag_attorney_words",
                condition=_IS_ATTORNEY,
            ),
            models.Index(
                Collate(Lower("email"), "C"),
                name="case_flag_attorney_email",
                condition=_IS_ATTORNEY,
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="case_flag_marks_its_case",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.After,
                func="""
                    UPDATE cases_case SET is_flagged = EXISTS (
                        SELECT FROM cases_caseflag
                        WHERE case_id = NEW.case_id AND lifted_at IS NULL
                    ) WHERE id = NEW.case_id;
                    RETURN NULL;
                """,
            ),
            pgtrigger.Protect(name="case_flag_never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="case_flag_lifted_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__lifted_at__isnull=False),
            ),
            pgtrigger.ReadOnly(
                name="case_flag_stays_as_told",
                fields=["case", "kind", *ATTORNEY_FIELDS, "statute", "by", "at"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.get_kind_display()}"

    @property
    def is_attorney(self) -> bool:
        return self.kind == FlagKind.ATTORNEY

    @property
    def name_and_firm(self) -> str:
        return ", ".join(filter(None, (self.name, self.firm)))

    def is_named(self, name: str) -> bool:
        """However it's written."""
        return " ".join(name.split()).casefold() == self.name.casefold()

    def is_reached_as(self, name: str, email: str) -> bool:
        """The same person; one who gives another address may be someone else. What they say of
        their firm, phone and language is noted with each call.
        """
        return self.is_named(name) and (not email or folded(email) == folded(self.email))

    @property
    def address(self) -> str:
        """Where mails go; empty while they're held."""
        return "" if self.awaits_letter else self.email


class FlagMail(MailLink):
    """A notice to one of our supervisors; not part of the customer's case."""

    flag = models.ForeignKey(CaseFlag, models.PROTECT, related_name="mails")

    class Meta:
        verbose_name = _("notice of a flag")
        verbose_name_plural = _("notices of flags")

    def __str__(self) -> str:
        return f"{self.flag} {self.email_id}"
