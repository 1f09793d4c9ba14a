"""Which of our two languages a text is in, told offline. Pure.

Decision 15 says why py3langid, how well it does and what it costs.
"""

from __future__ import annotations

import re
import threading
from typing import TYPE_CHECKING, NamedTuple

from accounts.enums import Language
from cases.everyday_words import ALIKE, ENGLISH, OF_BOTH, SPANISH
from common.accents import without_accents

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier


class Guess(NamedTuple):
    language: str
    is_sure: bool


#: More text says nothing new.
MOST_CHARACTERS = 4000
#: Below this the statistics of letters tell names apart, not languages.
FEW_WORDS = 4
SURE = 0.9
# These say nothing about the language: addresses, and words with a digit.
# Matched only from the start of a word, or a word of thousands of letters would take seconds.
_NO_WORDS = re.compile(r"(?<!\S)\S*(?:@|://|www\.|\d)\S*")
# Written with a capital inside a sentence: names look like a language of their own.
_NAME = re.compile(r"(?<=[^\W\d_A-Z] |[,;] )[A-ZÁÉÍÓÚÑ][^\W\d_A-ZÁÉÍÓÚÑ]+")
# Bank of America: small words between capitals are part of the name.
_NAME_OF = re.compile(r"\b[A-Z][a-z]+ (?:[Aa]nd|[Oo]f|[Tt]o) [A-Z][a-z]+")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# Of our two languages only Spanish writes these.
_SPANISH = re.compile("[áéíóúüñ¿¡]", re.IGNORECASE)
# yesss, siii
_DRAWN_OUT = re.compile(r"(.)\1{2,}")

_EVERYDAY = {Language.SPANISH.value: SPANISH, Language.ENGLISH.value: ENGLISH}
# How a word ends in one language only. In small letters, or it may be a name.
_SHAPE = {
    Language.SPANISH.value: re.compile(
        r"[^\W\d_]{2,}[óÓ]|(?=[^A-Z]+$)\w{3,}(?:[acu]ci[oó]n|amos|emos|iendo|ieron)"
    ),
    Language.ENGLISH.value: re.compile(
        r"[A-Za-z]+(?:n['’]t|['’](?:ll|re|ve))|[a-z]{3,}(?:ing|tion|ight|ought)|[a-z]{4,}ed|[a-z]{5,}ly"
    ),
}

_lock = threading.Lock()
_loaded: LanguageIdentifier | None = None


def guess(text: str, *, otherwise: str) -> Guess:
    """`otherwise`, and not sure, for what is short, mixed or no words at all."""
    text = _NO_WORDS.sub(" ", text[:MOST_CHARACTERS])
    words = _WORD.findall(_NAME_OF.sub(" ", text))
    counts = dict.fromkeys(_EVERYDAY, 0)
    for language in map(_language_of, words):
        if language:
            counts[language] += 1
    counts[Language.SPANISH.value] += "¿" in text or "¡" in text
    language = max(counts, key=lambda each: counts[each])
    most, least = counts[language], min(counts.values())
    if most <= 3 * least:  # also where there are none of either
        return Guess(otherwise, is_sure=False)
    if len(words) >= FEW_WORDS and _probability(text, language) < SURE:
        return Guess(otherwise, is_sure=False)
    return Guess(language, is_sure=True)


def voice_of(text: str) -> str:
    """The language that a screen reader reads it in; empty if we can't tell."""
    found = guess(text, otherwise="")
    if not found.is_sure and _SPANISH.search(text):
        return Language.SPANISH.value
    return found.language


def has_words(text: str) -> bool:
    """False for what is the same in both languages: numbers, addresses, signs, “ok” and “no”."""
    words = _WORD.findall(_NO_WORDS.sub(" ", text[:MOST_CHARACTERS]))
    return any(_folded(word) not in OF_BOTH for word in words)


def _language_of(word: str) -> str:
    """Empty for a word of both languages, a name or any other word that doesn't tell."""
    folded = _folded(word)
    for language, everyday in _EVERYDAY.items():
        if folded in everyday:
            return language
    if folded not in ALIKE:
        for language, shape in _SHAPE.items():
            if shape.fullmatch(word):
                return language
    return ""


def _folded(word: str) -> str:
    """As people type without accents: `sí`, `SI` and `siii` are `si`."""
    return _DRAWN_OUT.sub(r"\1", without_accents(word.casefold().replace("’", "'")))


def _probability(text: str, language: str) -> float:
    probabilities: dict[str, float] = dict(_identifier().rank(_NAME.sub("", text).lower()))
    return probabilities[language]


def _identifier() -> LanguageIdentifier:
    """Loaded once, at the first question: half a second, about 75 MB."""
    global _loaded
    with _lock:
        if _loaded is None:
            from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415

            _loaded = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
            _loaded.set_languages(list(_EVERYDAY))
        return _loaded
