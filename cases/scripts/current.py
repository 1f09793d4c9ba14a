"""The current scripts: an administrator's, or else the code's own."""

from __future__ import annotations

from datetime import datetime

from cases.enums import ScriptMedium
from cases.kinds import situations
from cases.models import Script
from cases.scripts.defaults import TEXTS

Key = tuple[str, str]  # situation, medium


def current_scripts() -> dict[Key, Script]:
    """Every script that has been written; those no one has edited aren't saved. One query."""
    rows = Script.objects.current().select_related("by")
    saved = {(each.situation_id, each.medium): each for each in rows}
    return {key: _current(key, saved.get(key)) for key in {**TEXTS, **saved}}


def current_script(situation: str, medium: str) -> Script:
    """Version 0 is empty: no one has written it yet. KeyError for a script that can't exist."""
    row = situations()[situation]
    rows = Script.objects.current().select_related("by")
    script = _current(
        (situation, ScriptMedium.__members__[medium.upper()].value),
        rows.filter(situation=situation, medium=medium).first(),
    )
    script.situation = row
    return script


def ensure_row(situation: str, medium: str, *, now: datetime) -> None:
    """What was in use stays readable after the next edit, even if it was the code's own."""
    current = current_script(situation, medium)
    if current.pk is None and current.version:
        current.at = now
        Script.objects.bulk_create([current], ignore_conflicts=True)  # others may be doing the same


def _current(key: Key, row: Script | None) -> Script:
    own = TEXTS.get(key, {})
    if row is None:
        return _own(key, 1 if own else 0)
    if row.by_id is None and any(getattr(row, name) != text for name, text in own.items()):
        return _own(key, row.version + 1)
    return row


def _own(key: Key, version: int) -> Script:
    situation, medium = key
    return Script(situation_id=situation, medium=medium, version=version, **TEXTS.get(key, {}))
