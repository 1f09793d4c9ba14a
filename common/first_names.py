"""The part of a person's name that a letter begins with. Pure.

Names are kept whole, as people write them, so this only takes what is certain: the first word, or
two where one alone would be odd (María del Carmen, J. Robert, Ana María Torres).
"""

from __future__ import annotations

_TITLES = {"dr", "dra", "mr", "mrs", "ms", "miss", "sr", "sra", "srta", "don", "doña", "lic", "ing"}
_ENDINGS = {"jr", "sr", "ii", "iii", "iv", "md", "phd", "esq"}
# Few people go by one of these alone.
_HALF = {"ma", "mª", "maría", "maria", "josé", "jose", "juan", "ana", "luis", "mary"}
_SECOND = {
    "alberto", "ángel", "angel", "ann", "antonio", "beth", "carlos", "cristina", "cruz", "david",
    "elena", "eugenia", "fernanda", "fernando", "francisco", "guadalupe", "ignacio", "inés",
    "isabel", "jesús", "jesus", "josé", "jose", "juana", "julia", "laura", "lou", "lucía", "luis",
    "luisa", "luz", "manuel", "maría", "maria", "miguel", "pablo", "paz", "pilar", "ramón", "rosa",
    "sofía", "teresa", "victoria",
}  # fmt: skip
_OF = {"de", "del", "la", "las", "los"}


def first_name(name: str) -> str:
    """The whole name where no part of it is surely a first name, as in Sra. Peña."""
    words = _in_order(name)
    if len(words) < 2:
        return " ".join(name.split())
    if _plain(words[0]) in _TITLES:
        return " ".join(words[1:2] if len(words) > 2 else words)
    return " ".join(words[: _length(words)])


def _in_order(name: str) -> list[str]:
    """Peña, Carla as Carla Peña; without Jr. and the like."""
    last, comma, first = name.partition(",")
    if comma and first.strip() and not {_plain(word) for word in first.split()} <= _ENDINGS:
        return [*first.split(), *last.split()]
    return [word for word in last.split() if _plain(word) not in _ENDINGS - _TITLES]


def _length(words: list[str]) -> int:
    first, second = (_plain(word) for word in words[:2])
    if first in _HALF and second in _OF:  # María de los Ángeles Ruiz; but María de la Cruz
        end = next((at for at, word in enumerate(words[1:], 1) if _plain(word) not in _OF), 0)
        return end + 1 if 0 < end < len(words) - 1 else 1
    if len(first) == 1 or words[0].endswith(".") or first in {"ma", "mª"}:
        return 2
    return 2 if first in _HALF and second in _SECOND and len(words) > 2 else 1


def _plain(word: str) -> str:
    return word.strip(".,").lower()
