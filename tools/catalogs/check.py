"""Finds what is wrong with a catalog, and says where."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError

from tools.catalogs.files import (
    COMPLETE,
    NAMES,
    PLURAL_FORMS,
    entries,
    forms,
    fresh,
    parse,
    singular,
)
from tools.catalogs.texts import Problem, Text

UPDATE = "Run: python -m tools.catalogs update"

# No space flag: in "50% de", the percent sign starts no conversion.
_PERCENT = re.compile(r"%(?:\([^)]*\))?[#0+-]*(?:\d+|\*)?(?:\.(?:\d+|\*))?[a-zA-Z%]")
_BRACES = re.compile(r"\{(?:\w+(?:[.\[][^{}:!]*)?)?(?:![rsa])?(?::[^{}]*)?\}")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


def check(content: str, texts: Sequence[Text], language: str, file: str) -> list[Problem]:
    try:
        catalog = parse(content, language)
    except PoFileError as error:
        return [Problem(file, error.lineno + 1, f"not a well-formed catalog: {error}")]
    found = [*_file_problems(content, catalog, file), *_stale(catalog, texts, language, file)]
    for message in entries(catalog):
        found += [Problem(file, message.lineno or 1, says) for says in _faults(message, language)]
    return sorted(found)


def _file_problems(content: str, catalog: Catalog, file: str) -> Iterator[Problem]:
    if catalog.plural_forms != PLURAL_FORMS:
        yield Problem(file, 1, f"Plural-Forms must be “{PLURAL_FORMS}”. {UPDATE}")
    if catalog.obsolete:
        yield Problem(file, 1, f"holds {len(catalog.obsolete)} obsolete (#~) entries. {UPDATE}")
    seen: Counter[str] = Counter()
    for number, block in _blocks(content):
        seen[block] += 1
        if seen[block] == 2:
            yield Problem(file, number, "this text is here twice: keep one entry.")


def _blocks(content: str) -> Iterator[tuple[int, str]]:
    """Line and key (msgctxt, msgid as written) of each entry, because the parser merges
    duplicates.
    """
    key: list[str] = []
    start = 0
    for number, line in enumerate(content.splitlines(), 1):
        if line.startswith(("msgctxt ", "msgid ")) or (key and line.startswith('"')):
            start = start if key else number
            key.append(line)
        elif key:
            yield start, "\n".join(key)
            key = []


def _stale(catalog: Catalog, texts: Sequence[Text], language: str, file: str) -> Iterator[Problem]:
    wanted = {(message.context, message.id): message for message in entries(fresh(texts, language))}
    held = {(message.context, message.id): message for message in entries(catalog)}
    for key in held.keys() - wanted.keys():
        says = f"“{singular(held[key])}” is no longer in the program. {UPDATE}"
        yield Problem(file, held[key].lineno or 1, says)
    if language in COMPLETE:
        for key in wanted.keys() - held.keys():
            says = f"“{singular(wanted[key])}” is not in {file}. {UPDATE}"
            yield Problem(*min(wanted[key].locations), says)


def _faults(message: Message, language: str) -> Iterator[str]:
    label = f"“{singular(message)}”"
    if message.fuzzy:
        yield f"{label} is marked fuzzy: correct the translation and remove the mark."
    ids = [message.id] if isinstance(message.id, str) else list(message.id)
    strings = forms(message)
    filled = [string for string in strings if string]
    if len(filled) < len(ids):
        if language in COMPLETE or filled:
            what = f"lacks a plural form in {NAMES[language]}" if filled else "has no translation"
            yield f"{label} {what}: write its msgstr."
        if not filled:
            return
    for number, string in enumerate(strings):
        if not string:
            continue
        # "One case" / "%(n)s cases": the form for 1 may have the placeholders of either.
        models = [ids[-1]] if number else ids
        if not any(placeholders(model) == placeholders(string) for model in models):
            yield f"{label}: placeholders differ, the translation has {_listed(string)}."
        if not any(_lone_percent(model) == _lone_percent(string) for model in models):
            yield f"{label}: percent signs differ; write %% where the msgid does."
        if _edges(string) != _edges(models[0]):
            yield f"{label}: spaces or line breaks at the beginning or end differ."
        if not any(_tags(model) == _tags(string) for model in models):
            yield f"{label}: HTML tags differ."


def placeholders(text: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Named placeholders in any order and number, positional ones in order."""
    found = _PERCENT.findall(text) + _BRACES.findall(text)
    named = {mark for mark in found if mark == "%%" or re.match(r"%\(|\{\w", mark)}
    return frozenset(named), tuple(mark for mark in found if mark not in named)


def _listed(text: str) -> str:
    return ", ".join(_PERCENT.findall(text) + _BRACES.findall(text)) or "none"


def _lone_percent(text: str) -> bool:
    return "%" in _PERCENT.sub("", text)


def _edges(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def _tags(text: str) -> Counter[str]:
    return Counter(_TAG.findall(text))
