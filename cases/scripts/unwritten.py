"""What of a script promises an email, or the portal that one leads to, to someone who has no
address. Pure.

A sentence is left out if it promises and names either; a question, and what is for the agent, stay.
"""

from __future__ import annotations

import re

from accounts.enums import Language
from cases.scripts.withheld import SENTENCE, tidied

_WRITING = {
    Language.ENGLISH: re.compile(r"\bin writing\b|\bemail\b|\bportal\b", re.IGNORECASE),
    Language.SPANISH: re.compile(r"\bpor escrito\b|\bcorreo\b|\bportal\b|\{email\}", re.IGNORECASE),
}
_PROMISE = {
    Language.ENGLISH: re.compile(
        r"\b(?:we|I|you)’ll\b|\b(?:I|you) can\b|\bemail you\b|\bthe email says\b", re.IGNORECASE
    ),
    Language.SPANISH: re.compile(
        r"\b(?:diremos|recibirá|va a recibir|responderemos|confirm\w+|el correo dice)\b"
        r"|\b(?:envío|enviarle|envia(?:re)?mos|puede (?:enviar\w*|hacer))\b",
        re.IGNORECASE,
    ),
}


def without_promised_emails(text: str, language: str) -> str:
    """`language`: that of the script; one we know no promises of stays as it is."""
    if language not in _WRITING:
        return text
    lines = []
    for line in text.split("\n"):
        said = " ".join(each for each in SENTENCE.split(line) if not _promises(each, language))
        if said or not line:
            lines.append(said)
    return tidied(lines)


def _promises(sentence: str, language: str) -> bool:
    if sentence.startswith("(") or sentence.endswith("?"):
        return False
    return all(words[Language(language)].search(sentence) for words in (_WRITING, _PROMISE))
