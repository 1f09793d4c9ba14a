from __future__ import annotations

from typing import TYPE_CHECKING, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from accounts.masked_fields import MaskedJSON, MaskedText
from cases.enums import Channel, EntryKind, Event, LanguageSource, Searched, Visibility
from cases.models.case import Case
from cases.models.searched import keeps_searched

if TYPE_CHECKING:
    from accounts.models import User
    from cases.models.entry_language import EntryTranslation, LanguageCorrection


class EntryQuerySet(models.QuerySet["Entry"]):
    def visible_to(self, user: User) -> Self:
        entries = self.filter(case__in=Case.objects.visible_to(user))
        return entries.filter(visibility=Visibility.PUBLIC) if user.is_customer else entries


class Entry(models.Model):
    """One line of a case's timeline: call, note, message, evidence or event. Only ever added."""

    case = models.ForeignKey(
        Case,
        models.PROTECT,
        related_name="entries",
        db_index=False,  # entry_timeline starts with it
    )
    kind = models.CharField(_("kind"), max_length=10, choices=EntryKind.choices)
    visibility = models.CharField(_("visibility"), max_length=10, choices=Visibility.choices)
    # No one if the clock acted.
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language.choices, blank=True)
    language_source = models.CharField(
        max_length=9, choices=LanguageSource.choices, default=LanguageSource.CHOSEN
    )
    body = MaskedText(_("text"), blank=True)
    event = models.CharField(_("event"), max_length=20, choices=Event.choices, blank=True)
    params = MaskedJSON(default=dict, blank=True)
    at = models.DateTimeField(_("date and time"))

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        ordering = ["-at", "-id"]
        indexes = [
            # queries/timeline.py: newest first
            models.Index(fields=["case", "-at", "-id"], name="entry_timeline")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=EntryKind.EVENT, event__in=Event.values)
                | (~Q(kind=EntryKind.EVENT) & Q(event="", author__isnull=False)),
                name="entry_event_has_a_code",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[EntryKind.EVENT, EntryKind.EVIDENCE])
                | (~Q(body="") & Q(language__in=Language.values)),
                name="entry_text_has_a_language",
            ),
            models.CheckConstraint(
                condition=~Q(kind=EntryKind.NOTE) | Q(visibility=Visibility.INTERNAL),
                name="entry_note_is_internal",
            ),
            models.CheckConstraint(
                condition=Q(visibility__in=Visibility.values, kind__in=EntryKind.values),
                name="entry_kind_and_visibility_known",
            ),
            models.CheckConstraint(
                condition=Q(language_source__in=LanguageSource.values),
                name="entry_language_source_known",
            ),
        ]
        triggers = [
            keeps_searched(Searched.ENTRY),
            pgtrigger.Protect(
                name="entry_append_only", operation=pgtrigger.Update | pgtrigger.Delete
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d}"

    @property
    def is_public(self) -> bool:
        return self.visibility == Visibility.PUBLIC

    @property
    def correction(self) -> LanguageCorrection | None:
        """The newest one."""
        return next(iter(self.language_corrections.all()), None)

    @property
    def told_language(self) -> str:
        """The language it's in, as far as anyone knows."""
        return self.correction.language if self.correction else self.language

    @property
    def is_language_guessed(self) -> bool:
        """No one has said it yet."""
        return self.language_source != LanguageSource.CHOSEN and not self.correction

    @property
    def is_language_undecided(self) -> bool:
        """Even the guess isn't sure."""
        return self.language_source == LanguageSource.UNDECIDED and not self.correction

    @property
    def translation(self) -> EntryTranslation | None:
        """None also if the entry turned out to be in that language itself."""
        found = (each for each in self.translations.all() if each.language != self.told_language)
        return next(found, None)
