"""What someone typed into a form and hasn't sent, kept for their next visit from any device."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
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
UNKNOWN = "unknown"  # the token of words whose page isn't open any more, as far as is known
#: Never kept, whatever a page sends (static/js/typed/fields.js doesn't send them).
SECRET = re.compile(r"pass|code|token|secret|card|cvv|cvc|ssn|routing|csrf", re.IGNORECASE)


@dataclass(frozen=True)
class Saved:
    """`is_kept` is False if the form was sent in the meantime. `other` is what another window of
    the same person has in the same form, kept beside these words.
    """

    is_kept: bool = True
    other: Typed = field(default_factory=dict)


@transaction.atomic
def save_draft(
    *,
    form: str,
    typed: Typed,
    token: str,
    by: User,
    now: datetime,
    seen: str = "",
    is_merged: bool = False,
) -> Saved:
    """Replace what the page with this `token` has written; empty words delete it.

    `seen`: the page whose words this one took up. Words of any other page aren't overwritten: the
    last of them stay as `other`, until a page says that it has taken them (`is_merged`).
    ValidationError `draft_too_long`.
    """
    typed = {name: values for name, values in typed.items() if not SECRET.search(name)}
    if len(typed) > MOST_FIELDS or sum(map(_length, typed.values())) > LONGEST:
        raise ValidationError(_("This is too long to save."), code="draft_too_long")
    found, is_new = _locked(form, by, begun=Draft(typed=typed, token=token, saved_at=now))
    if is_new:
        _make_room(by)
    if is_new or found is None:
        return Saved()
    if found.spent == token:
        return Saved(is_kept=False)
    other = _beside(found, typed, {token, seen}, is_merged=is_merged)
    if not typed and other:  # thrown away here, so what the other window has is the draft
        typed, token, other = other, UNKNOWN, {}
    found.typed, found.token, found.other, found.saved_at = typed, token, other, now
    found.save(update_fields=["typed", "token", "other", "saved_at"])
    return Saved(other=other)


@transaction.atomic
def end_draft(*, form: str, token: str, by: User, now: datetime, seen: str = "") -> None:
    """Delete the draft of a saved form and ignore saves that are still on their way. The token
    tells the page so, even if it never got the answer. What another window has stays.
    """
    found, is_new = _locked(form, by, begun=Draft(spent=token, saved_at=now))
    if is_new or found is None:
        return
    found.typed = found.other if found.token in {token, seen} else found.typed
    found.token, found.other, found.spent, found.saved_at = UNKNOWN, {}, token, now
    found.save(update_fields=["typed", "token", "other", "spent", "saved_at"])


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


def _beside(found: Draft, typed: Typed, own: set[str], *, is_merged: bool) -> Typed:
    """Words of another window that the row is to keep."""
    if is_merged:
        return {}
    kept: Typed = found.other if found.token in own or not found.typed else found.typed
    return {} if kept == typed else kept


def _length(values: list[str]) -> int:
    return sum(map(len, values))


def _locked(form: str, by: User, *, begun: Draft) -> tuple[Draft | None, bool]:
    """The form's row, locked, and whether it's the one `begun` here; None if there's nothing to
    begin with. Of two windows that begin at once, the second waits and finds the first one's.
    """
    rows = Draft.objects.select_for_update()
    if not (begun.typed or begun.spent):
        return rows.filter(writer=by, form=form).first(), False
    fields = ("typed", "token", "spent", "saved_at")
    return rows.get_or_create(
        writer=by, form=form, defaults={name: getattr(begun, name) for name in fields}
    )


def _make_room(by: User) -> None:
    newest = Draft.objects.filter(writer=by).order_by("-saved_at")[:MOST_DRAFTS]
    Draft.objects.filter(writer=by).exclude(pk__in=newest.values("pk")).delete()
