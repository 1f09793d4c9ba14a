"""The rules of style that a machine can check, each with its remedy."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from tests.words.sources import Text


class Rule(NamedTuple):
    name: str
    language: str  # en, es or both
    pattern: str
    remedy: str


_VERBS = "do|does|did|is|are|was|were|has|have|had|can|could|will|would|should|must"
RULES = [
    Rule("contraction", "en", rf"\b(?:{_VERBS}) not\b|\bcannot\b", "don’t, isn’t, can’t …"),
    Rule(
        "contraction",
        "en",
        r"\b(?:[Ww]e|[Yy]ou|[Tt]hey) (?:will|are|would)\b|\bI am\b|\bIt is\b"
        r"|(?<!turn )(?<!case )(?<!fast )(?<!what )(?<!who )(?<!where )\bit is\b",
        "we’ll, you’re, it’s …",
    ),
    Rule(
        "British spelling",
        "en",
        r"\b(?:instal(?:ment|ments)|cancell(?:ed|ing)|colour\w*|favour\w*|behaviour|cheques?|licence|"
        r"catalogues?|labelled|travelled|fulfil|programmes?|centre|grey|whilst|unticks?|tick(?:ed)?|"
        r"dearer|neighbours?|learnt|towards|enquir\w+|"
        r"(?:organ|recogn|author|apolog|minim|summar|real|final|custom)is\w+)\b(?<!realistic)",
        "American spelling",
    ),
    Rule("email", "both", r"\be-mails?\b", "email / correo"),
    Rule("email", "en", r"\b[Mm]ails\b", "emails"),
    Rule("quotes", "both", r"[«»]", "“ ”"),
    Rule("quotes", "both", r"(?<!\w)\"[^\"<>=]+\"", "“ ”"),
    Rule("apostrophe", "en", r"[a-z]'(?:s|t|re|ve|ll|d)\b", "’"),
    Rule(
        "this is no",
        "en",
        r"\b(?:[Tt]his|[Tt]hat|[Ii]t|which) is no (?!longer\b|more\b|need\b)",
        "isn’t a …",
    ),
    Rule(
        "someone",
        "en",
        r"\b(?:[Ss]ome|[Aa]ny|[Ee]very|[Nn]o)body\b",
        "someone, anyone, everyone, no one",
    ),
    Rule("can’t", "en", r"\b(?:[Yy]ou|[Tt]hey|[Cc]ustomers?|[Aa]gents?) may not\b", "can’t"),
    Rule("automatically", "en", r"\bby (?:itself|themselves)\b", "automatically"),
    Rule("accept", "en", r"\bcannot be taken\b|\bcan’t be taken\b|\btakes no mail\b", "accept"),
    Rule("greeting", "en", r"^Hello,? [^,\n]*:$", "Hello Carla,"),
    Rule("percent", "both", r"\d (?:%%|%(?!\())", "5%"),
    Rule("consta", "es", r"\b(?:nos )?consta\b", "no lo hemos recibido"),
    Rule("Introduzca", "es", r"\b[Ii]ntroduzca\b", "Escriba"),
    Rule("usted", "es", r"\b(?i:tienes|puedes|quieres|debes|haz|tuyo|contigo)\b", "usted"),
    Rule(
        "name",
        "es",
        r"(?=.*%\((?:customer|name|customer_name)\)s)(?=.*\b(?:el|del|al|la|de la|a la) cliente\b)",
        "the person’s name alone",
    ),
]


def _opens(text: str) -> bool:
    return text.count("¿") != text.count("?") or text.count("¡") != text.count("!")


MORE: list[tuple[str, str, Callable[[str], bool], str]] = [
    ("question marks", "es", _opens, "¿…? ¡…!"),
    ("spaces", "both", lambda words: bool(re.search(r"(?<=\S)  +(?=\S)", words)), "one space"),
]


def said(words: str) -> str:
    """Without addresses and placeholders, except those of people's names."""
    words = re.sub(r"https?://\S+|\?[\w=&{}-]+", " ", words)
    return re.sub(r"%\((?!customer|name)\w+\)([sd])|\{(?!customer|name)\w+\}", r"9", words)


def breaches(text: Text) -> Iterator[str]:
    words = said(text.words)
    for rule in RULES:
        applies = rule.language in {text.language, "both"}
        if rule.name == "email" and "programmer" in text.readers:
            applies = False  # a mail is a row
        if applies and (found := re.search(rule.pattern, words, re.MULTILINE | re.DOTALL)):
            yield f"{text}: {rule.name} (“{found[0]}”): {rule.remedy}"
    for name, language, is_wrong, remedy in MORE:
        if language in {text.language, "both"} and is_wrong(words):
            yield f"{text}: {name}: {remedy}"
