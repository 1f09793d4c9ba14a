"""Recognizes a plain text that only says "this mail is HTML" next to the HTML with the content.
Pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_LONGEST = 600
_SAYS_SO = re.compile(
    r"\bhtml\b|\bmime\b|multi-?part|\brich[- ]text|texto enriquecido"
    r"|\b(?:e-?)?mail (?:client|reader|program|viewer|app)"
    r"|\b(?:lector|cliente|programa|visor|gestor|aplicaci[oó]n) de (?:correos?|e-?mails?)"
    r"|\b(?:web|online|your|su|el) (?:browser|navegador)|\bnavegador web|\bin a browser"
    r"|\bview (?:this|it|the) .{0,40}\bonline|\bversi[oó]n (?:web|en l[ií]nea|de texto)"
    r"|\b(?:no|without|sin) (?:plain[- ])?text version|\btext version",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")


def is_stub(text: str, others: Callable[[], str]) -> bool:
    """It talks about the format and has nothing of the other text; or it's empty."""
    words = set(_WORD.findall(text[: 2 * _LONGEST].lower()))
    if not words:
        return True
    if len(text.strip()) > _LONGEST or not _SAYS_SO.search(text):
        return False
    said = set(_WORD.findall(others().lower()))
    return bool(said) and len(words & said) < len(words) / 2
