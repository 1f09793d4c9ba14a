"""The current scripts: an administrator's, or else the code's own."""

from __future__ import annotations

from datetime import datetime

from cases.enums import ScriptMedium, ScriptSituation
from cases.models import Script
from cases.scripts.defaults import TEXTS

Key = tuple[str, str]  # situation, medium


def current_scripts() -> dict[Key, Script]:
    """Every script; those no one has edited aren't saved. One query."""
    rows = Script.objects.current().select_related("by")
    saved = {(each.situation, each.medium): each for each in rows}
    return {key: _current(key, saved.get(key)) for key in TEXTS}


def current_script(situation: str, medium: str) -> Script:
    """KeyError for a script that doesn't exist."""
    rows = Script.objects.current().select_related("by")
    row = rows.filter(situation=situation, medium=medium).first()
    return _current((situation, medium), row)


def ensure_row(situation: ScriptSituation, medium: ScriptMedium, *, now: datetime) -> None:
    """What was in use stays readable after the next edit, even if it was the code's own."""
    current = current_script(situation, medium)
    if current.pk is None:
        current.at = now
        Script.objects.bulk_create([current], ignore_conflicts=True)  # others may be doing the same


def _current(key: Key, row: Script | None) -> Script:
    own = TEXTS[key]
    if row is None:
        return _own(key, 1)
    if row.by_id is None and any(getattr(row, name) != text for name, text in own.items()):
        return _own(key, row.version + 1)
    return row


def _own(key: Key, version: int) -> Script:
    situation, medium = key
    return Script(situation=situation, medium=medium, version=version, **TEXTS[key])
