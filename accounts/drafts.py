"""What someone typed into a form and hasn't sent, kept for their next visit from any device."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Draft, User

#: A form field's name → its values: the text, or the checked choices.
Typed = Mapping[str, list[str]]

KEPT_FOR = timedelta(days=30)
MOST_DRAFTS = 100  # per person; the oldest are dropped
MOST_FIELDS = 100
LONGEST = 200_000  # characters in all
LONGEST_NAME = 100
LONGEST_FORM = 250
LONGEST_TOKEN = 40
#: Never kept, whatever a page sends (static/js/typed/fields.js doesn't send them).
SECRET = re.compile(r"pass|code|token|secret|card|cvv|cvc|ssn|routing|csrf", re.IGNORECASE)


def save_draft(*, form: str, typed: Typed, token: str, by: User, now: datetime) -> bool:
    """Replace this form's draft; empty words delete it.

    False if the form was sent in the meantime: the page's `token` is used up. ValidationError
    `draft_too_long`.
    """
    typed = {name: values for name, values in typed.items() if not SECRET.search(name)}
    if len(typed) > MOST_FIELDS or sum(map(_length, typed.values())) > LONGEST:
        raise ValidationError(_("This is too long to save."), code="draft_too_long")
    found = Draft.objects.filter(writer=by, form=form)
    if found.exclude(spent=token).update(typed=typed, saved_at=now):
        return True
    if found.exists():
        return False
    if typed:
        _put(Draft(writer=by, form=form, typed=typed, saved_at=now))
        _make_room(by)
    return True


def end_draft(*, form: str, token: str, by: User, now: datetime) -> None:
    """Delete the draft of a saved form and ignore saves that are still on their way. The token
    tells the page so, even if it never got the answer.
    """
    _put(Draft(writer=by, form=form, typed={}, spent=token, saved_at=now))


def drafts_of(user: User, forms: Collection[str]) -> dict[str, Draft]:
    """Drafts of these forms, by the form's address."""
    found = Draft.objects.filter(writer=user, form__in=forms)
    return {draft.form: draft for draft in found}


def sweep_drafts(*, now: datetime) -> int:
    """Delete abandoned drafts, and those of sent forms after a day."""
    old = Q(saved_at__lt=now - KEPT_FOR)
    sent = Q(typed={}, saved_at__lt=now - timedelta(days=1))
    swept, _models = Draft.objects.filter(old | sent).delete()
    return swept


def _length(values: list[str]) -> int:
    return sum(map(len, values))


def _put(draft: Draft) -> None:
    Draft.objects.bulk_create(
        [draft],
        update_conflicts=True,
        unique_fields=["writer", "form"],
        update_fields=["typed", "spent", "saved_at"],
    )


def _make_room(by: User) -> None:
    newest = Draft.objects.filter(writer=by).order_by("-saved_at")[:MOST_DRAFTS]
    Draft.objects.filter(writer=by).exclude(pk__in=newest.values("pk")).delete()
