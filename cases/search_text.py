"""What someone typed to search for, taken apart. Pure; it never raises, whatever was typed.

`pagó "dos veces" -tarjeta motivo:devolución` asks for a word, words that follow each other, a word
that must be missing and a kind of case. Everything else is literal: no other sign is an operator.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from common.accents import without_accents
from common.formats import parse_phone, phone

#: What a search can be narrowed by, as it's written in either language → its one name.
FILTERS = {
    "kind": "kind", "motivo": "kind",
    "lang": "lang", "language": "lang", "idioma": "lang",
    "is": "is", "estado": "is",
    "by": "by", "por": "by",
    "after": "after", "desde": "after",
    "before": "before", "hasta": "before",
    "in": "in", "en": "in",
}  # fmt: skip
#: Looked for only in a phrase, or if there is nothing else: they are in every text.
_EVERYWHERE = {
    "a", "al", "and", "con", "de", "del", "e", "el", "en", "for", "from", "in", "la", "las", "lo",
    "los", "no", "of", "on", "or", "para", "por", "que", "se", "su", "the", "to", "un", "una", "y",
}  # fmt: skip
_QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"'))
_PART = re.compile(
    r"""(?P<without>-?)(?:(?P<name>[a-z]+):)?(?:"(?P<quoted>[^"]*)"(?=\s|$)|(?P<word>\S+))""", re.I
)


_PHONE = re.compile(r"\+?[\d() .-]{10,24}")


class AskedTerm(NamedTuple):
    text: str
    is_wanted: bool = True


class Filter(NamedTuple):
    name: str  # one of FILTERS' values
    value: str
    is_wanted: bool = True


class ParsedSearch(NamedTuple):
    terms: tuple[AskedTerm, ...] = ()
    filters: tuple[Filter, ...] = ()
    is_plain: bool = True  # just words, as in a name or a number

    @property
    def wanted(self) -> tuple[AskedTerm, ...]:
        return tuple(term for term in self.terms if term.is_wanted)


def parse_search(text: str) -> ParsedSearch:
    terms: dict[AskedTerm, None] = {}  # in order, each once
    common: dict[AskedTerm, None] = {}
    filters: dict[Filter, None] = {}
    is_plain = True
    for part in _PART.finditer(text.replace("\x00", " ").translate(_QUOTES)):
        is_wanted, name = not part["without"], FILTERS.get((part["name"] or "").lower())
        said = part["quoted"] if part["quoted"] is not None else part["word"]
        if name and said.strip():
            filters[Filter(name, said.strip(), is_wanted)] = None
        elif said := _with_letters(part["name"] or "", said):
            of = common if is_wanted and part["quoted"] is None and _is_everywhere(said) else terms
            of[AskedTerm(said, is_wanted)] = None
        is_plain = is_plain and is_wanted and name is None and part["quoted"] is None
    if not any(term.is_wanted for term in terms):
        terms = common | terms
    if is_plain and _PHONE.fullmatch(number := text.strip()) and parse_phone(number):
        terms = {AskedTerm(number): None}  # its groups of digits belong together
    return ParsedSearch(tuple(terms), tuple(filters), is_plain)


def spellings(term: AskedTerm) -> list[str]:
    """A phone number is written with spaces, dashes or none: 2105550134 is (210) 555-0134, too."""
    number = parse_phone(term.text) if _PHONE.fullmatch(term.text) else None
    if number is None:
        return [term.text]
    return list(dict.fromkeys([term.text, phone(number), re.sub(r"\D", "", phone(number))]))


def _with_letters(name: str, said: str) -> str:
    """Empty if there is nothing to compare in it."""
    said = f"{name}:{said}" if name else said
    return said if any(character.isalnum() for character in said) else ""


def _is_everywhere(word: str) -> bool:
    return without_accents(word).lower().strip(".,;:!?¡¿()") in _EVERYWHERE


def written(asked: ParsedSearch, names: Mapping[str, str]) -> str:
    """As it could have been typed, with these names of filters."""
    terms = [_written("", term.text, term.is_wanted) for term in asked.terms]
    filters = [
        _written(f"{names[each.name]}:", each.value, each.is_wanted) for each in asked.filters
    ]
    return " ".join(terms + filters)


def _written(name: str, said: str, is_wanted: bool) -> str:
    return f"{'' if is_wanted else '-'}{name}" + (f'"{said}"' if " " in said else said)
