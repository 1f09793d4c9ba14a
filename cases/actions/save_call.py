"""What was typed into a call so far. It may be open in several windows, of one agent or more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.mask_watch import noted_all
from accounts.models import User
from cases.call_texts import differing, fingerprint, joined, overwrites
from cases.models import CallDraft, CallWindow
from cases.queries.call_windows import WindowText, draft_text, texts_beside, window_text

#: Of one call; then the oldest text goes on below the one after it.
MOST_WINDOWS = 10


@dataclass(frozen=True)
class Window:
    """The page that saves: the version of the draft that it came with, and the fingerprints of the
    other windows' words that its person has seen beside their own.
    """

    key: UUID
    version: int
    at: datetime
    compared: frozenset[str] = frozenset()


@dataclass(frozen=True)
class SavedCall:
    """`is_kept`: False once the call is finished or discarded. `beside`: what other windows have,
    the newest first. `is_behind`: its first is the draft, and these words are kept beside it.
    `version`: the draft as this save left it.
    """

    is_kept: bool = True
    is_behind: bool = False
    beside: tuple[WindowText, ...] = ()
    version: int | None = None


@transaction.atomic
def save_draft(
    *,
    draft: CallDraft,
    typed: Mapping[str, Any],
    by: User,
    window: Window | None = None,
    leaves_lease: bool = False,
) -> SavedCall:
    """Saves what was typed so far, unless another window has saved since `window` came.

    The newer words stay then, and these are kept beside them, until one of the windows says that
    it has seen them all. Without a window it's the newest word on the call. The same words again,
    as a double click sends them, make no newer version. `leaves_lease`: it isn't about the lease
    that it began with.
    """
    rows = CallDraft.objects.visible_to(by).unfinished().select_for_update(no_key=True, of=["self"])
    found = rows.select_related("typed_by").filter(pk=draft.pk).first()
    if found is None:
        return SavedCall(is_kept=False)
    typed = noted_all(dict(typed))  # compared with what was masked before
    if window and _is_behind(found, typed, window):
        _keep_beside(found, typed, by, window)
        beside = (draft_text(found), *texts_beside(found, key=window.key))
        return SavedCall(is_behind=True, beside=beside)
    beside = _end_windows(found, typed, window)
    if not found.version or differing(typed, found.typed):
        found.version += 1
    found.typed = typed
    found.window = window.key if window else None
    found.typed_by, found.typed_at = (by, window.at) if window else (None, None)
    if leaves_lease:
        found.lease = None
    found.save(update_fields=["typed", "version", "window", "typed_by", "typed_at", "lease"])
    return SavedCall(beside=beside, version=found.version)


def refuse_unseen(draft: CallDraft, version: int | None) -> None:
    """Under the lock of whoever ends the call. `version`: the draft after their last save; None if
    they saved none.
    """
    if version is not None and (draft.version != version or draft.windows.exists()):
        raise ValidationError(
            _(
                "Another window just saved something else for this call. "
                "Compare both texts, then save again."
            ),
            code="call_changed",
        )


def empty(draft: CallDraft) -> None:
    """Of a call that became part of a case: what was typed is there, also by other windows."""
    draft.typed = {}
    draft.save(update_fields=["case", "typed"])
    draft.windows.all().delete()


def _is_behind(found: CallDraft, typed: Mapping[str, Any], window: Window) -> bool:
    if found.window == window.key or found.version == window.version:
        return False
    return overwrites(typed, found.typed) and fingerprint(found.typed) not in window.compared


def _keep_beside(found: CallDraft, typed: Mapping[str, Any], by: User, window: Window) -> None:
    said = {"typed": typed, "typed_by": by, "typed_at": window.at}
    CallWindow.objects.update_or_create(draft=found, key=window.key, defaults=said)
    rows = list(found.windows.order_by("typed_at", "pk"))
    for oldest, next_ in pairwise(rows[: 1 - MOST_WINDOWS]):
        next_.typed = joined(next_.typed, oldest.typed)
        next_.key = uuid4()  # its page goes on in a row of its own
        next_.save(update_fields=["typed", "key"])
        oldest.delete()


def _end_windows(
    found: CallDraft, typed: Mapping[str, Any], window: Window | None
) -> tuple[WindowText, ...]:
    """Those whose words are in the draft now, or were seen here; returns the others'."""
    rows = list(found.windows.select_related("typed_by").order_by("-typed_at", "-pk"))
    left = [row for row in rows if _is_others(row, typed, window)]
    if len(left) < len(rows):
        found.windows.exclude(pk__in=[row.pk for row in left]).delete()
    return tuple(map(window_text, left))


def _is_others(row: CallWindow, typed: Mapping[str, Any], window: Window | None) -> bool:
    """Words beside the draft that aren't this window's and that no one has seen here."""
    if window and (row.key == window.key or fingerprint(row.typed) in window.compared):
        return False
    return overwrites(typed, row.typed)
