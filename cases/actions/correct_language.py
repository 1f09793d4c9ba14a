from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from accounts.models import User
from cases.actions.change import locked
from cases.models import Entry, LanguageCorrection


@transaction.atomic
def correct_language(*, entry: Entry, language: str, by: User, now: datetime) -> bool:
    """Sets an entry's language, or confirms what was guessed; False if it's already known.

    The entry stays as it was written, and the case's version doesn't change. ValidationError
    `language_unknown`, `entry_has_no_text`.
    """
    if not by.works_cases:
        raise PermissionDenied
    if language not in Language.values:
        raise ValidationError(_("Choose Spanish or English."), code="language_unknown")
    if not entry.body:
        raise ValidationError(_("This entry has no text."), code="entry_has_no_text")
    locked(entry.case)
    entry = Entry.objects.get(pk=entry.pk)  # with the corrections that others made in the meantime
    if language == entry.told_language and not entry.is_language_guessed:
        return False
    LanguageCorrection.objects.create(entry=entry, language=language, by=by, at=now)
    return True
