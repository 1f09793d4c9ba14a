"""How easy a text is to read, from 0 to 100; 60 and more is plain language.

English: Flesch, “A new readability yardstick”, Journal of Applied Psychology 32 (1948). Spanish:
the Flesch–Szigriszt index of INFLESZ, Barrio-Cantalejo and others, Anales del Sistema Sanitario de
Navarra 31 (2008).

A sentence ends at a period or at the end of a line. Figures, addresses and names of files don't
count as words. Short lines of facts make a text look easier than its sentences are, so the
sentences are also measured alone.
"""

from __future__ import annotations

import re

from accounts.enums import Language

#: The least that each of our texts reaches.
PLAIN = 60

_ADDRESS = re.compile(r"\S*(?:://|@|\.jpg|\.pdf)\S*")
_END = re.compile(r"[.!?…]+(?=\s|$)|\n+")
_SENTENCE = re.compile(r"[.!?]$|[.!?] ")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SHORT = {"p.m.": "pm", "a.m.": "am", "EE. UU.": "EE UU"}  # their periods don't end a sentence


def ease(text: str, language: str) -> float:
    """Of the whole text or of its sentences, whichever is harder."""
    said = "\n".join(line for line in text.splitlines() if _SENTENCE.search(line))
    return min(_ease(each, language) for each in (text, said or text))


def _ease(text: str, language: str) -> float:
    words, sentences, syllables = counts(text, language)
    if language == Language.SPANISH:
        return 206.835 - 62.3 * syllables / words - words / sentences
    return 206.835 - 84.6 * syllables / words - 1.015 * words / sentences


def counts(text: str, language: str) -> tuple[int, int, int]:
    """Words, sentences, syllables."""
    text = _ADDRESS.sub(" ", text)
    for short, whole in _SHORT.items():
        text = text.replace(short, whole)
    sentences = [found for each in _END.split(text) if (found := _WORD.findall(each))]
    words = [word for each in sentences for word in each]
    in_word = in_spanish if language == Language.SPANISH else in_english
    return len(words), len(sentences), sum(map(in_word, words))


# A strong vowel makes a syllable, and so does a weak one beside none; accents part diphthongs.
_NUCLEUS = re.compile(r"[aeoáéóíú]|(?<![aeoáéóíú])[iuüy]+(?![aeoáéóíúiuü])")


def in_spanish(word: str) -> int:
    said = re.sub(r"y(?=[aeiouáéíóú])", "j", word.lower())
    return max(1, len(_NUCLEUS.findall(said)))


_ENDING = re.compile(r"['’](?:s|m|d|ll|ve|re)$")
_SILENT = (
    (re.compile(r"(?<=[^aeiou])e(?=(?:ment|ful|less|ly|thing|one|where|time)s?$)"), ""),
    (re.compile(r"(?<=[^aeioulrtd])es(?<![cgsxz]es)(?<![sc]hes)$"), ""),
    (re.compile(r"(?<=[aeiour][dlrt])es$"), ""),
    (re.compile(r"(?<=[^aeioutdl])ed$"), ""),
    (re.compile(r"(?<=[aeiourl]l)ed$"), ""),
    (re.compile(r"(?<=[^l])e$"), ""),
    (re.compile(r"(?<=[aeiou]l)e$"), ""),
)
_APART = re.compile(r"(?<![cgst])i[aou]|eing|[aeou]ing|ying|yone|creat|react|(?<![qg])u[ao]|ism")
_KNOWN = {
    "are": 1, "one": 1, "use": 1, "owe": 1, "due": 1, "business": 2, "hour": 2, "hours": 2,
    "our": 1, "ours": 1, "someone": 2, "recovery": 4, "everyone": 3, "being": 2, "the": 1,
    "every": 2, "several": 2, "somebody": 3, "everything": 3, "earlier": 3, "buyout": 2,
    "tuesday": 2, "wednesday": 2, "area": 3, "idea": 3, "colleague": 2, "puente": 2, "peña": 2,
    "didn": 2, "isn": 2, "wasn": 2, "doesn": 2, "weren": 2, "hasn": 2, "haven": 2, "couldn": 2,
    "wouldn": 2, "shouldn": 2, "aren": 1, "don": 1, "won": 1, "can": 1, "quiet": 2,
}  # fmt: skip


def in_english(word: str) -> int:
    said = _ENDING.sub("", word.lower())
    said = re.split(r"['’]", said)[0]
    if said in _KNOWN:
        return _KNOWN[said]
    apart = len(_APART.findall(said))
    for silent, kept in _SILENT:
        said = silent.sub(kept, said)
    return max(1, len(re.findall(r"[aeiouyáéíóú]+", said)) + apart)
