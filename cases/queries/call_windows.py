"""What the windows of a call have typed that isn't in its draft."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from accounts.models import User
from cases.models import CallDraft, CallWindow


class WindowText(NamedTuple):
    """`by` and `at` are None if no window said so."""

    typed: Mapping[str, Any]
    by: User | None = None
    at: datetime | None = None


def draft_text(draft: CallDraft) -> WindowText:
    return WindowText(draft.typed, draft.typed_by, draft.typed_at)


def window_text(window: CallWindow) -> WindowText:
    return WindowText(window.typed, window.typed_by, window.typed_at)


def texts_beside(draft: CallDraft, *, key: UUID | None = None) -> tuple[WindowText, ...]:
    """The newest first, without the window's own (`key`). At most MOST_WINDOWS."""
    rows = draft.windows.select_related("typed_by").order_by("-typed_at", "-pk")
    return tuple(map(window_text, rows.exclude(key=key) if key else rows))
