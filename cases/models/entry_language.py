from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from accounts.masked_fields import MaskedText
from cases.enums import Searched
from cases.models.entry import Entry
from cases.models.searched import KEEPS_LANGUAGE, keeps_searched


class LanguageCorrection(models.Model):
    """Someone said which language an entry is in; the entry itself never changes."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="language_corrections")
    language = models.CharField(_("language"), max_length=2, choices=Language.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("date and time"))

    class Meta:
        verbose_name = _("language correction")
        verbose_name_plural = _("language corrections")
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(language__in=Language.values), name="language_correction_known"
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="language_correction_append_only",
                operation=pgtrigger.Update | pgtrigger.Delete,
            ),
            KEEPS_LANGUAGE,
        ]

    def __str__(self) -> str:
        return f"{self.entry} {self.language}"


class EntryTranslation(models.Model):
    """An entry in the other language, next to the untouched original: a machine's until
    reviewed.
    """

    entry = models.ForeignKey(
        Entry,
        models.PROTECT,
        related_name="translations",
        db_index=False,  # entry_translation_once starts with it
    )
    language = models.CharField(_("language"), max_length=2, choices=Language.choices)
    machine_text = MaskedText(_("text"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("date and time"))
    reviewed_text = MaskedText(blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("translation of an entry")
        verbose_name_plural = _("translations of entries")
        constraints = [
            models.UniqueConstraint(fields=["entry", "language"], name="entry_translation_once"),
            models.CheckConstraint(
                condition=Q(reviewed_text="", reviewed_by__isnull=True, reviewed_at__isnull=True)
                | (~Q(reviewed_text="") & Q(reviewed_by__isnull=False, reviewed_at__isnull=False)),
                name="entry_translation_reviewed_by_somebody",
            ),
        ]
        triggers = [
            keeps_searched(
                Searched.TRANSLATION,
                pgtrigger.Insert | pgtrigger.UpdateOf("machine_text", "reviewed_text"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.entry} → {self.language}"

    @property
    def text(self) -> str:
        return self.reviewed_text or self.machine_text
