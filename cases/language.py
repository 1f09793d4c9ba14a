"""Which of our two languages a text is in, told offline. Pure.

Decision 15 says why py3langid, how well it does and what it costs.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from accounts.enums import Language

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier


class Guess(NamedTuple):
    language: str
    is_sure: bool


#: More says nothing new.
MOST_CHARACTERS = 4000
#: Below this the statistics of letters tell names apart, not languages.
FEW_WORDS = 4
SURE = 0.9
# Say nothing about the language: addresses, and whatever holds a digit.
_NO_WORDS = re.compile(r"\S*(?:@|://|www\.|\d)\S*")
# Written with a capital inside a sentence: names look like a language of their own.
_NAME = re.compile(r"(?<=[^\W\d_A-Z] |[,;] )[A-ZÁÉÍÓÚÑ][^\W\d_A-ZÁÉÍÓÚÑ]+")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Everyday words without accents that are no word of the other language, nor part of names
# (de, la, los) nor borrowed (store, balance, delivery). They settle what is short and must agree
# with the statistics where it is long.
_EVERYDAY = {
    Language.SPANISH.value: _set("""
        acuerdo ahorita algo alguien anoche antes aqui asi aun ayer ayuda bien buenas buenos
        cada caso claro cobran cobraron cobro como con contestan cual cuando cuanto cuenta
        cuesta debo dia dias dice dijeron dijo dinero documentos donde ellos en enterada
        enterado entonces entregar enviar envie envio es esa ese eso esta estaba estado
        estan este esto estoy falta favor fecha fue fui gracias ha hacer han hasta hay hizo
        hola hoy iban ir jueves le lista listo llamar llame llamen llego llevar lo luego
        lunes manana mandar mande martes mas mes mi miercoles mis mucha muchas mucho muy
        nada nadie necesito ni nos nunca otra otro pagada pagado pagar pagos pague para pero
        pidieron poder por porque pueden puedo que queda quien quiere quiero recibi recibido
        recibo recoger revisar sabado se semana ser si sido siguen sirve sobre soy su sus
        tambien tarde tengo tienda tiene todavia todo un una usted ustedes ver viernes voy
        xfa y ya yo
    """),
    Language.ENGLISH.value: _set("""
        about after again all already am an and any anymore anything are asked at because
        been before but by call called came can can't case could customer customer's did
        didn't do documents does doesn't don't done ever everything for friday from get
        getting good got had have hello help her here hi his how i i'll i'm i've if in is
        isn't it it's its just know left lost made make monday money morning much my need
        never not now of off on one or our out owe paid pay please received refund said
        saturday send sent she should some someone sorry still sunday sure thank thanks that
        the their them then there they this thursday thx to today told tomorrow tuesday
        until very waiting want was wasn't we we'll we've wednesday week were what when
        where which who why with won't working would yeah yes yesterday you your
    """),
}  # fmt: skip

_lock = threading.Lock()
_loaded: LanguageIdentifier | None = None


def guess(text: str, *, otherwise: str) -> Guess:
    """`otherwise`, and not sure, for what is short, mixed or no words at all."""
    text = _NO_WORDS.sub(" ", text[:MOST_CHARACTERS])
    words = [_folded(word) for word in _WORD.findall(text)]
    counts = {
        language: sum(word in everyday for word in words)
        for language, everyday in _EVERYDAY.items()
    }
    language = max(counts, key=lambda each: counts[each])
    most, least = counts[language], min(counts.values())
    if most <= 3 * least:  # also where there are none of either
        return Guess(otherwise, is_sure=False)
    if len(words) >= FEW_WORDS and _probability(text, language) < SURE:
        return Guess(otherwise, is_sure=False)
    return Guess(language, is_sure=True)


def has_words(text: str) -> bool:
    """False for numbers, addresses and signs alone, which are the same in every language."""
    return bool(_WORD.search(_NO_WORDS.sub(" ", text[:MOST_CHARACTERS])))


def _folded(word: str) -> str:
    """As people type it who have no accents at hand: `sí` and `SI` are `si`."""
    decomposed = unicodedata.normalize("NFD", word.casefold().replace("’", "'"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def _probability(text: str, language: str) -> float:
    probabilities: dict[str, float] = dict(_identifier().rank(_NAME.sub("", text).lower()))
    return probabilities[language]


def _identifier() -> LanguageIdentifier:
    """Loaded once, by whoever asks first: half a second, some 75 MB."""
    global _loaded
    with _lock:
        if _loaded is None:
            from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415

            _loaded = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
            _loaded.set_languages(list(_EVERYDAY))
        return _loaded
