"""What was typed into a call so far. Two windows may have the same call, of one agent or of two."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.mask_watch import noted_all
from accounts.models import User
from cases.call_texts import differing, fingerprint, overwrites
from cases.models import CallDraft


@dataclass(frozen=True)
class Window:
    """The page that saves: the version of the draft that it came with, and the fingerprint of the
    other window's words that its person has seen beside their own.
    """

    key: UUID
    version: int
    compared: str = ""


@dataclass(frozen=True)
class SavedCall:
    """`is_kept`: False once the call is finished or discarded. `beside`: what another window has.
    `is_behind`: that is the draft, and these words are kept beside it.
    `version`: the draft as this save left it.
    """

    is_kept: bool = True
    is_behind: bool = False
    beside: Mapping[str, Any] = field(default_factory=dict)
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

    The newer words stay then, and these are kept beside them, until one of the two windows says
    that it has seen both. Without a window it's the newest word on the call. The same words again,
    as a double click sends them, make no newer version. `leaves_lease`: it isn't about the lease
    that it began with.
    """
    rows = CallDraft.objects.visible_to(by).unfinished().select_for_update(no_key=True)
    found = rows.filter(pk=draft.pk).first()
    if found is None:
        return SavedCall(is_kept=False)
    typed = noted_all(dict(typed))  # compared with what was masked before
    if window and _is_behind(found, typed, window):
        found.other, found.other_window = typed, window.key
        found.save(update_fields=["other", "other_window"])
        return SavedCall(is_behind=True, beside=found.typed)
    if window is None or not _is_others(found, typed, window):
        found.other, found.other_window = {}, None
    if not found.version or differing(typed, found.typed):
        found.version += 1
    found.typed = typed
    found.window = window.key if window else None
    if leaves_lease:
        found.lease = None
    found.save(update_fields=["typed", "version", "window", "other", "other_window", "lease"])
    return SavedCall(beside=found.other, version=found.version)


def refuse_unseen(draft: CallDraft, version: int | None) -> None:
    """Under the lock of whoever ends the call. `version`: the draft after their last save; None if
    they saved none.
    """
    if version is not None and (draft.other or draft.version != version):
        raise ValidationError(
            _(
                "Another window just saved something else for this call. "
                "Compare both texts, then save again."
            ),
            code="call_changed",
        )


def empty(draft: CallDraft) -> None:
    """Of a call that became part of a case: what was typed is there, also by another window."""
    draft.typed, draft.other, draft.other_window = {}, {}, None
    draft.save(update_fields=["case", "typed", "other", "other_window"])


def _is_behind(found: CallDraft, typed: Mapping[str, Any], window: Window) -> bool:
    if found.window == window.key or found.version == window.version:
        return False
    return overwrites(typed, found.typed) and fingerprint(found.typed) != window.compared


def _is_others(found: CallDraft, typed: Mapping[str, Any], window: Window) -> bool:
    """Words beside the draft that aren't this window's and that no one has seen here."""
    if not found.other or found.other_window == window.key:
        return False
    return overwrites(typed, found.other) and fingerprint(found.other) != window.compared
