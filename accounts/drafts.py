"""What someone typed into a form and hasn't sent, kept for their next visit from any device."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.mask_watch import noted_all
from accounts.models import Draft, DraftWindow, User

#: A form field's name → its values: the text, or the checked choices.
Typed = Mapping[str, list[str]]

KEPT_FOR = timedelta(days=30)
#: Of one person. Beyond, what has aged makes room; younger words are never dropped for newer ones.
MOST_DRAFTS = 300
MOST_WINDOWS = 20  # of one form, beside the newest
AGED = timedelta(days=7)
MOST_SENT = 100  # forms without words, which only remember that they were sent
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
    """`is_kept` is False if the form was sent in the meantime. `others` is what other windows of
    the same person have in the same form, kept beside these words; the newest first.
    """

    is_kept: bool = True
    others: tuple[Typed, ...] = ()


@transaction.atomic
def save_draft(
    *,
    form: str,
    typed: Typed,
    token: str,
    by: User,
    now: datetime,
    seen: Collection[str] = (),
) -> Saved:
    """Replace what the page with this `token` has written; empty words delete it.

    `seen`: fingerprints of texts that this page has taken into its own. Any other text of another
    window stays beside these words. ValidationError `draft_too_long`, `draft_too_many`.
    """
    typed = noted_all({name: typed[name] for name in typed if not SECRET.search(name)})
    if len(typed) > MOST_FIELDS or sum(map(_length, typed.values())) > LONGEST:
        raise ValidationError(_("This is too long to save."), code="draft_too_long")
    found, is_new = _locked(form, by, begun=Draft(typed=typed, token=token, saved_at=now))
    if is_new:
        _make_room(by, now)
    if is_new or found is None:
        return Saved()
    if found.spent == token:
        return Saved(is_kept=False)
    beside = _not_taken(found, typed, token, seen)
    texts = tuple(row.typed for row in beside)  # before the draft takes these words
    if typed:
        _write(found, Draft(typed=typed, token=token), beside, now)
        return Saved(others=texts)
    _go_on_with(beside, found, now)
    return Saved(others=texts[1:])


@transaction.atomic
def end_draft(
    *, form: str, token: str, by: User, now: datetime, seen: Collection[str] = ()
) -> None:
    """Delete the draft of a saved form and ignore saves that are still on their way. The token
    tells the page so, even if it never got the answer. What other windows have stays.
    """
    found, is_new = _locked(form, by, begun=Draft(spent=token, saved_at=now))
    if is_new:
        _forget_sent(by)
    elif found is not None:
        found.spent = token
        _go_on_with(_not_taken(found, {}, token, seen), found, now)


def drafts_of(user: User, forms: Collection[str]) -> dict[str, Draft]:
    """Drafts of these forms, by the form's address."""
    found = Draft.objects.filter(writer=user, form__in=forms).prefetch_related("windows")
    return {draft.form: draft for draft in found}


def texts_beside(draft: Draft) -> list[Typed]:
    """What the other windows have; the newest first."""
    rows = sorted(draft.windows.all(), key=lambda row: (row.saved_at, row.pk), reverse=True)
    return [row.typed for row in rows]


def fingerprint(typed: Typed) -> str:
    """Says which text a page has taken into its own."""
    return sha256(json.dumps(typed, sort_keys=True).encode()).hexdigest()[:16]


def read_seen(said: str) -> frozenset[str]:
    """The fingerprints that a page names, between spaces."""
    return frozenset(said.split())


def sweep_drafts(*, now: datetime) -> int:
    """Delete abandoned drafts, and those of sent forms after a day."""
    old = Q(saved_at__lt=now - KEPT_FOR)
    sent = Q(typed={}, saved_at__lt=now - timedelta(days=1))
    windows, _models = DraftWindow.objects.filter(old).delete()
    swept, _models = Draft.objects.filter(old | sent).delete()
    return windows + swept


def _not_taken(
    found: Draft, typed: Typed, token: str, seen: Collection[str]
) -> list[Draft | DraftWindow]:
    """Texts of other windows that aren't in this one's; the newest first."""
    rows: list[Draft | DraftWindow] = [found, *found.windows.order_by("-saved_at", "-pk")]
    return [
        row
        for row in rows
        if row.typed
        and row.token != token
        and row.typed != typed
        and fingerprint(row.typed) not in seen
    ]


def _go_on_with(left: list[Draft | DraftWindow], found: Draft, now: datetime) -> None:
    """Thrown away or sent here, so the newest text of another window is the draft."""
    newest = left[0] if left else Draft(token=UNKNOWN)
    _write(found, newest, left[1:], now)


def _write(
    found: Draft, newest: Draft | DraftWindow, beside: list[Draft | DraftWindow], now: datetime
) -> None:
    kept = [row.pk for row in beside if isinstance(row, DraftWindow)]
    found.windows.exclude(pk__in=kept).delete()
    if found in beside:
        DraftWindow.objects.create(
            draft=found, token=found.token, typed=found.typed, saved_at=found.saved_at
        )
        _drop_aged(found.windows.all(), MOST_WINDOWS, now)
    found.typed, found.token, found.saved_at = newest.typed, newest.token, now
    found.save(update_fields=["typed", "token", "spent", "saved_at"])


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


def _make_room(by: User, now: datetime) -> None:
    _forget_sent(by)
    _drop_aged(by.drafts.exclude(typed={}), MOST_DRAFTS, now)


def _forget_sent(by: User) -> None:
    sent = by.drafts.filter(typed={})
    newest = sent.order_by("-saved_at")[:MOST_SENT]
    sent.exclude(pk__in=newest.values("pk")).delete()


def _drop_aged(rows: QuerySet[Any], most: int, now: datetime) -> None:
    """One row was added."""
    if rows.count() <= most:
        return
    oldest = rows.order_by("saved_at", "pk")[0]
    if oldest.saved_at > now - AGED:
        raise ValidationError(
            _("You have too many unsent texts. Send or discard some of them first."),
            code="draft_too_many",
        )
    oldest.delete()
