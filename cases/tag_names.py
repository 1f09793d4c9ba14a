"""How the name of a tag is written and compared. Pure."""

from __future__ import annotations

import unicodedata

from common.accents import without_accents

#: Characters of a name.
LONGEST_TAG = 40
#: Looked at of what was typed; a name that goes on after it is too long in any case.
_MOST_READ = 400
#: They join parts of one picture, such as a family; alone they're invisible.
_JOINERS = {"\u200d", "\ufe0e", "\ufe0f"}
#: Letters by their category, and yet blank: fillers, and a pattern of no dots.
_BLANK_LETTERS = {"\u115f", "\u1160", "\u2800", "\u3164", "\uffa0"}


def tag_name(typed: str) -> str:
    """As it's kept: single spaces, nothing invisible that turns or hides what stands beside it.
    Empty if there's nothing to see in it.
    """
    text = unicodedata.normalize("NFC", typed[:_MOST_READ])
    kept = "".join(each if _is_kept(each) else _instead_of(each) for each in text)
    return " ".join(kept.split()) if any(_is_seen(each) for each in kept) else ""


def tag_key(name: str) -> str:
    """The same for names that differ only in capitals, accents or width of their letters."""
    return without_accents(without_accents(name).casefold())


def _is_kept(character: str) -> bool:
    if character in _BLANK_LETTERS:
        return False
    return character in _JOINERS or unicodedata.category(character)[0] != "C"


def _instead_of(character: str) -> str:
    """A line break is a space; what only steers others leaves no trace."""
    return " " if character.isspace() or character in _BLANK_LETTERS else ""


def _is_seen(character: str) -> bool:
    return character not in _JOINERS and unicodedata.category(character)[0] not in "ZM"
