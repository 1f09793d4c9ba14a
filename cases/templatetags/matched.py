"""Marks the part of a name or number that someone typed."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from common.accents import without_accents
from leases.said import Said

CLOSE = 0.7  # of a word's letters, where nothing begins as typed

register = template.Library()


@register.filter
def mark_words(name: str, said: Said | None) -> SafeString:
    asked = [_folded(word) for word in said.words] if said else []
    pieces = re.split(r"(\s+)", name)
    return format_html_join("", "{}", ((_marked(piece, asked),) for piece in pieces))


def _marked(piece: str, asked: list[str]) -> str:
    folded = _folded(piece)
    for word in asked:
        if word and folded.startswith(word):
            end = _end_of(piece, len(word))
            return format_html("<mark>{}</mark>{}", piece[:end], piece[end:])
    if any(_is_close(word, folded) for word in asked):
        return format_html("<mark>{}</mark>", piece)
    return piece


def _is_close(word: str, folded: str) -> bool:
    longest = max(len(word), len(folded))
    return longest > 4 and SequenceMatcher(None, word, folded).ratio() >= CLOSE


@register.filter
def mark_digits(number: str, said: Said | None) -> SafeString | str:
    """The last digits of a phone number, or the first ones of a number that's still being typed."""
    digits = said.digits if said else ""
    shown = "".join(filter(str.isdecimal, number))
    if digits and not shown.endswith(digits) and shown.startswith(digits):
        end = _end_of(number, len(digits))
        return format_html("<mark>{}</mark>{}", number[:end], number[end:])
    if not digits or not shown.endswith(digits):
        return number
    start = len(number)
    for _digit in digits:
        start = next(at for at in reversed(range(start)) if number[at].isdecimal())
    return format_html("{}<mark>{}</mark>", number[:start], number[start:])


def _folded(text: str) -> str:
    return "".join(filter(str.isalnum, without_accents(text).casefold()))


def _end_of(piece: str, letters: int) -> int:
    """Where that many letters or digits of it end."""
    for at, character in enumerate(piece, 1):
        letters -= len(_folded(character))
        if letters <= 0:
            return at
    return len(piece)
