"""The texts of mails: the administrator's, or else the kind's own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from accounts.enums import Language
from mail.kinds import MailKind
from mail.models import EmailTemplate


def current_texts(kinds: Iterable[MailKind[Any]], *, now: datetime) -> dict[str, EmailTemplate]:
    """By the kind's key, as rows, because what was sent must stay readable after the next edit.

    If no one has edited a kind, its own words become the next version, so that neither a new mail
    nor new words need anyone after an upgrade.
    """
    asked = {kind.key: kind for kind in kinds}
    found = _newest(asked)
    stale = [kind for kind in asked.values() if not _is_current(found.get(kind.key), kind)]
    if not stale:
        return found
    # While two versions of Puente run side by side, neither keeps rewriting its words.
    before = _written_before(stale)
    found, stale = found | before, [kind for kind in stale if kind.key not in before]
    if not stale:
        return found
    EmailTemplate.objects.bulk_create(
        [own_text(kind, after=found.get(kind.key), now=now) for kind in stale],
        ignore_conflicts=True,  # another process may be doing the same
    )
    return found | _newest(kind.key for kind in stale)


def own_text(
    kind: MailKind[Any], *, after: EmailTemplate | None = None, now: datetime
) -> EmailTemplate:
    """The kind's own words as an unsaved row."""
    version = after.version + 1 if after else 1
    return EmailTemplate(key=kind.key, version=version, at=now, **_columns(kind))


def shown_text(kind: MailKind[Any], *, now: datetime) -> EmailTemplate:
    """What a mail sent now would say; an unsaved row if none has been sent yet."""
    return shown_texts([kind], now=now)[0]


def shown_texts(kinds: Iterable[MailKind[Any]], *, now: datetime) -> list[EmailTemplate]:
    rows = {each.key: each for each in EmailTemplate.objects.current().select_related("by")}
    return [_shown(kind, rows.get(kind.key), now) for kind in kinds]


def _shown(kind: MailKind[Any], row: EmailTemplate | None, now: datetime) -> EmailTemplate:
    if row is None or not _is_current(row, kind):
        return own_text(kind, after=row, now=now)
    return row


def _written_before(kinds: Iterable[MailKind[Any]]) -> dict[str, EmailTemplate]:
    """Rows that already hold the kinds' own words, even if other versions followed."""
    asked = {kind.key: kind for kind in kinds}
    rows = EmailTemplate.objects.filter(key__in=asked, by=None).order_by("version")
    return {each.key: each for each in rows if _is_current(each, asked[each.key])}


def _newest(keys: Iterable[str]) -> dict[str, EmailTemplate]:
    rows = EmailTemplate.objects.current().filter(key__in=list(keys))
    return {each.key: each for each in rows}


def _is_current(row: EmailTemplate | None, kind: MailKind[Any]) -> bool:
    if row is None:
        return False
    own = _columns(kind)
    return row.by_id is not None or all(getattr(row, name) == own[name] for name in own)


def _columns(kind: MailKind[Any]) -> dict[str, str]:
    return {
        f"{field}_{language}": getattr(kind.texts[language], field)
        for field in ("subject", "body")
        for language in Language
    }
