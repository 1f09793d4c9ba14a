"""The scripts as shown next to a case or a call: filled in, the most suitable first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from accounts.enums import OFFERED_LANGUAGES
from cases.enums import ScriptMedium, ScriptSituation
from cases.models import Script
from cases.scripts.current import current_scripts
from cases.scripts.facts import Facts
from cases.scripts.situations import kinds_of, situation_of


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
    situation: ScriptSituation
    fits: bool
    scripts: Sequence[Shown]

    @property
    def kinds(self) -> str:
        return " ".join(kinds_of(self.situation))


def scripts_for(
    facts: Facts,
    *,
    kind: str,
    media: Sequence[ScriptMedium],
    first: Iterable[ScriptSituation] = (),
) -> list[Group]:
    """By situation: `first`, then this kind's own, then the others."""
    fitting = situation_of(kind)
    current = current_scripts()
    own = [ScriptSituation(fitting)] if fitting else []
    order = dict.fromkeys([*first, *own, *ScriptSituation])
    return [
        Group(
            situation=situation,
            fits=situation == fitting or situation in first,
            scripts=[
                _shown(current[situation, medium], facts)
                for medium in media
                if (situation, medium) in current
            ],
        )
        for situation in order
    ]


def _shown(script: Script, facts: Facts) -> Shown:
    texts = [
        Text(language, facts.fill(getattr(script, f"body_{language}"), language))
        for language in OFFERED_LANGUAGES
    ]
    return Shown(ScriptMedium(script.medium), texts)
