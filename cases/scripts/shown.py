"""The scripts as shown next to a case or a call: filled in, the most suitable first."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language

from accounts.enums import OFFERED_LANGUAGES
from cases.enums import ScriptMedium
from cases.kinds import situations
from cases.models import Script
from cases.scripts.asides import with_asides
from cases.scripts.current import current_scripts
from cases.scripts.facts import Facts
from cases.scripts.situations import CALLING_BACK, OPENING, situation_of


@dataclass(frozen=True)
class Text:
    language: str
    body: str
    asides: str = ""  # the language of what is for the agent alone, if it's another


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
    is_ours: bool = False,
) -> list[Group]:
    """By situation: the caller's own, this kind's own, then `first`, then the others; none that is
    switched off.

    `only`: the situations whose texts are read beside those that fit; the others are named.
    `is_ours`: whether we call; then no one is thanked for calling.
    """
    offered = [key for key, row in situations().items() if row.is_offered]
    wanted = (*callers, situation_of(kind), *first)
    if is_ours and CALLING_BACK in offered:
        wanted = tuple(CALLING_BACK if key == OPENING else key for key in wanted)
    fits = dict.fromkeys(key for key in wanted if key in offered)
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
    bodies: dict[str, str] = {each: getattr(script, f"body_{each}") for each in OFFERED_LANGUAGES}
    if script.medium == ScriptMedium.CALL:
        texts = [_spoken(bodies, language, facts) for language in bodies]
    else:
        texts = [Text(language, facts.fill(body, language)) for language, body in bodies.items()]
    return Shown(ScriptMedium(script.medium), texts)


def _spoken(bodies: dict[str, str], language: str, facts: Facts) -> Text:
    """The words in the caller's language; what to do, in the reader's."""
    reads = get_language() or language
    body = with_asides(bodies[language], bodies[reads]) if reads in bodies else None
    if body is None or reads == language:
        return Text(language, facts.say(bodies[language], language))
    return Text(language, facts.say(body, language, asides=reads), reads)
