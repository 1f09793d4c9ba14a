"""The scripts as shown next to a case or a call: filled in, the most suitable first."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from accounts.enums import OFFERED_LANGUAGES
from cases.enums import ScriptMedium
from cases.kinds import situations
from cases.models import Script
from cases.scripts.current import current_scripts
from cases.scripts.facts import Facts
from cases.scripts.situations import situation_of


@dataclass(frozen=True)
class Text:
    language: str
    body: str


@dataclass(frozen=True)
class Shown:
    medium: ScriptMedium
    texts: Sequence[Text]

    @property
    def can_be_inserted(self) -> bool:
        return self.medium == ScriptMedium.EMAIL


@dataclass(frozen=True)
class Group:
    situation: str
    label: str
    fits: bool
    scripts: Sequence[Shown]  # none of a group that is only named


def scripts_for(
    facts: Facts,
    *,
    kind: str,
    media: Sequence[ScriptMedium],
    callers: Iterable[str] = (),
    first: Iterable[str] = (),
    only: Container[str] | None = None,
) -> list[Group]:
    """By situation: the caller's own, this kind's own, then `first`, then the others; none that is
    switched off.

    `only`: the situations whose texts are read beside those that fit; the others are named.
    """
    offered = [key for key, row in situations().items() if row.is_offered]
    fits = dict.fromkeys(key for key in (*callers, situation_of(kind), *first) if key in offered)
    current = current_scripts()

    def texts(situation: str) -> list[Shown]:
        if only is not None and situation not in fits and situation not in only:
            return []
        keys = ((situation, medium) for medium in media)
        return [_shown(current[key], facts) for key in keys if key in current]

    return [
        Group(key, situations()[key].name, key in fits, texts(key))
        for key in dict.fromkeys([*fits, *offered])
    ]


def _shown(script: Script, facts: Facts) -> Shown:
    put = facts.say if script.medium == ScriptMedium.CALL else facts.fill
    texts = [
        Text(language, put(getattr(script, f"body_{language}"), language))
        for language in OFFERED_LANGUAGES
    ]
    return Shown(ScriptMedium(script.medium), texts)
