"""Translations next to an entry: by a machine until a person has reviewed them."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from accounts.models import User
from cases import translator
from cases.actions.change import locked
from cases.models import Entry, EntryTranslation


def may_leave(entry: Entry) -> bool:
    """Internal text is only sent out if the service is the company's own."""
    return bool(entry.body) and (entry.is_public or settings.TRANSLATE_INTERNAL)


def request_translation(*, entry: Entry, to: str, by: User, now: datetime) -> EntryTranslation:
    """The existing translation, or a new one. Not atomic: the service is asked outside any
    transaction.

    ValidationError `language_unknown`, `language_same`, `translation_internal` and those of
    `cases.translator`; then nothing is stored.
    """
    if not by.works_cases:
        raise PermissionDenied
    if to not in Language.values:
        raise ValidationError(_("Choose Spanish or English."), code="language_unknown")
    if not may_leave(entry):
        raise ValidationError(
            _("Internal text isn’t sent to the translation service."),
            code="translation_internal",
        )
    source = entry.told_language
    if to == source:
        raise ValidationError(_("The text is already in this language."), code="language_same")
    if found := entry.translations.filter(language=to).first():
        return found
    return _store(entry, to, translator.translate(entry.body, source=source, target=to), by, now)


@transaction.atomic
def _store(entry: Entry, to: str, text: str, by: User, now: datetime) -> EntryTranslation:
    locked(entry.case)
    stored, _is_new = EntryTranslation.objects.get_or_create(
        entry=entry, language=to, defaults={"machine_text": text, "asked_by": by, "at": now}
    )
    return stored


@transaction.atomic
def review_translation(
    *, translation: EntryTranslation, text: str, by: User, now: datetime
) -> EntryTranslation:
    """A person read it and vouches for `text`. Only once; the machine's text is kept.

    ValidationError `translation_empty`, `translation_reviewed`.
    """
    if not by.works_cases:
        raise PermissionDenied
    if not text.strip():
        raise ValidationError(_("Write the translation."), code="translation_empty")
    locked(translation.entry.case)
    translation = EntryTranslation.objects.select_for_update().get(pk=translation.pk)
    if translation.reviewed_at:
        raise ValidationError(
            _("Someone else already reviewed this translation."), code="translation_reviewed"
        )
    translation.reviewed_text, translation.reviewed_by = text, by
    translation.reviewed_at = now
    translation.save(update_fields=["reviewed_text", "reviewed_by", "reviewed_at"])
    return translation
