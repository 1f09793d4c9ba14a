"""What is typed after `>` in the call bar: commands, by the words of their names in either
language, with or without accents. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import override

from accounts.enums import Language
from common.accents import without_accents
from leases.likeness import TypedWord

SIGN = ">"
SHORTEST_TYPO = 4  # letters in a word that may have one wrong
CLOSE_COMMAND = 0.4  # the share of its groups of three letters: `resover`, `glosraio`
MOST_WORDS = 8
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, kw_only=True)
class Command:
    """Opens an address, sends one of the header's forms, or shows the keys."""

    key: str
    name: str | Promise
    words: str | Promise = ""  # what else people call it
    address: str = ""
    form: str = ""  # its id
    field: str = ""  # and what its button says
    value: str = ""
    language: str = ""  # of the name, if it isn't the reader's

    @property
    def elsewhere(self) -> tuple[str, str]:
        """The other language and its name there, for whoever knows it by that one."""
        mine = str(self.name)
        return next((each for each in _in_both(self.name) if each[1] != mine), ("", ""))


def is_asked(text: str) -> bool:
    return text.lstrip().startswith(SIGN)


def matching(
    text: str, commands: Iterable[Command], *, allows_slips: bool = False
) -> list[Command]:
    """Those with all the words; first those whose name begins with what was typed.

    `allows_slips`: a longer word may have a typing error.
    """
    asked = _words(text)[:MOST_WORDS]
    near = {each: TypedWord(each) for each in asked if allows_slips and len(each) >= SHORTEST_TYPO}
    found = [each for each in commands if _has(each, asked, near)]
    return sorted(found, key=lambda each: not _begins(each, asked)) if asked else found


def _has(command: Command, asked: list[str], near: Mapping[str, TypedWord]) -> bool:
    words = _all_words(*(each for _, each in (*_in_both(command.name), *_in_both(command.words))))
    return all(
        any(word.startswith(each) for word in words)
        or (each in near and any(near[each].is_like(word, CLOSE_COMMAND) for word in words))
        for each in asked
    )


def _begins(command: Command, asked: list[str]) -> bool:
    typed = " ".join(asked)
    return any(" ".join(_words(name)).startswith(typed) for _, name in _in_both(command.name))


def _in_both(text: str | Promise) -> list[tuple[str, str]]:
    found = []
    for language in Language:
        with override(language.value):
            found.append((language.value, str(text)))
    return found


@cache
def _all_words(*names: str) -> frozenset[str]:
    return frozenset(word for name in names for word in _words(name))


def _words(text: str) -> list[str]:
    return _WORD.findall(without_accents(text).lower())
