"""What somebody has typed into a form and not sent, kept for their next visit from anywhere."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Draft, User

#: One name of a form → what its fields hold: the text, or what is ticked.
Typed = Mapping[str, list[str]]

KEPT_FOR = timedelta(days=30)
MOST_DRAFTS = 100  # of one person; the oldest make room
MOST_FIELDS = 100
LONGEST = 200_000  # characters in all
LONGEST_NAME = 100
LONGEST_FORM = 250
LONGEST_TOKEN = 40
#: Never kept, whatever a page sends (static/js/typed/fields.js does not send them).
SECRET = re.compile(r"pass|code|token|secret|card|cvv|cvc|ssn|routing|csrf", re.IGNORECASE)


def save_draft(*, form: str, typed: Typed, token: str, by: User, now: datetime) -> bool:
    """Keep it in the place of what was kept for this form; nothing typed keeps nothing.

    False for a form that was sent meanwhile: the `token` of the page that shows it is spent.
    ValidationError `draft_too_long`.
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
    """The form was saved: its words are not kept, and a save of them still on its way comes to
    nothing. The token says so to a page that never heard the answer.
    """
    _put(Draft(writer=by, form=form, typed={}, spent=token, saved_at=now))


def drafts_of(user: User, forms: Collection[str]) -> dict[str, Draft]:
    """Of these forms, by their address."""
    found = Draft.objects.filter(writer=user, form__in=forms)
    return {draft.form: draft for draft in found}


def sweep_drafts(*, now: datetime) -> int:
    """Forget what nobody came back for; of forms that were sent, after a day."""
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
