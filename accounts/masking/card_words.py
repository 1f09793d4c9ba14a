"""Names for a card's security code and expiration date, in both languages."""

from __future__ import annotations

from accounts.masking.gaps import BLANK, BREAK, DASH

MARK = rf"(?:{BLANK}|{BREAK}|{DASH}|[:=#.,;()\[\]\"'“”*/|])"


def words(*phrases: str) -> str:
    """Matches any of them as whole words, with or without accents, also across a line break."""
    spelled = "|".join(phrases).replace(" ", rf"(?:{BLANK}|{BREAK}){{1,3}}")
    for plain, accented in zip("aeiou", "áéíóú", strict=True):
        spelled = spelled.replace(accented, rf"(?:{plain}\u0301?|{accented})")
    return rf"(?<![^\W\d_])(?:{spelled})"


WORD_ENDS = r"(?![^\W\d_])"
CODE = words(
    "cv[vcn]2?",
    "(?:card )?security (?:code|number|digits)",
    "card (?:verification|validation) (?:code|value|number|digits)",
    "three(?: |-)digit (?:code|number)",
    "(?:code|numbers?|digits) (?:on|from) the (?:back|reverse)",
    "back (?:code|digits|numbers?)",
    r"cód(?:igo|\.)? (?:de )?seg(?:uridad|\.)?",
    "(?:clave|número|dígitos) de seguridad(?! social)",
    "código de verificación de (?:la|su|mi) tarjeta",
    "(?:código|números?|dígitos) (?:de atrás|del reverso|(?:de|en) la parte de atrás)",
)
#: These name other things too, so they only count in a text with a card number.
MAYBE_CODE = words(
    *("c[is][dc]", "pin", "nip", "sec", r"(?<!area\s)(?<!zip\s)code", "security", "verification"),
    *("código", "clave", "seguridad", "verificación"),
)
EXPIRES = (
    words(
        *("exp(?:ir(?:es?|y|ed|ing|ation|a))?", "(?:good|valid) (?:thru|through|until|to)", "vto"),
        *("ven(?:c(?:e|imiento)?)?", "cad(?:uca|ucidad)?", "válida hasta"),
    )
    + WORD_ENDS
)
_FILLING = words(
    *("is", "was", "it(?:’|')s", "number", "code", "digits", "of", "the", "on", "in", "my", "your"),
    *("her", "his", "card", "back", "date", "said", "says", "three", "four"),
    *("es", "era", "no", "núm", "número", "código", "dígitos", "de", "del", "la", "el", "en", "su"),
    *("mi", "que", "tarjeta", "reverso", "atrás", "fecha", "dice", "dijo", "tres", "cuatro"),
    *("visa", "mastercard", "amex"),
)
#: May stand between a name and its number, such as "(3 digits)".
BETWEEN = (
    rf"(?:{MARK}|[34](?:{BLANK}|{DASH})?d[ií]git(?:o?s)?{WORD_ENDS}|{_FILLING}{WORD_ENDS}){{0,16}}"
)
MONTH_NAME = words(
    *("jan(?:uary)?", "feb(?:ruary)?", "mar(?:ch)?", "apr(?:il)?", "may", "june?", "july?"),
    *("aug(?:ust)?", "sep(?:t(?:ember)?)?", "oct(?:ober)?", "nov(?:ember)?", "dec(?:ember)?"),
    *("ene(?:ro)?", "febrero", "marzo", "abr(?:il)?", "mayo", "junio", "julio", "ago(?:sto)?"),
    *("septiembre", "octubre", "noviembre", "dic(?:iembre)?"),
)
#: What three digits after a card number count if they aren't a code.
COUNTED = words(
    *("pagos?", "payments?", "veces", "times", "d[oó]l(?:ares)?", "dollars?", "usd", "pesos"),
    *("cents", "d[ií]as?", "days?", "semanas?", "weeks?", "mes(?:es)?", "months?"),
)
STREET = (
    r"(?:[NSEW]\.? )?[A-Z][a-z]+ (?:St|Ave|Rd|Dr|Ln|Blvd|Ct|Way|Street|Avenue|Road|Drive|Lane)\b"
)
