"""Words that people wrote, marked by their language for whoever listens to a page.

Where nobody has said which it is, it is guessed; an empty `lang` is HTML for "unknown", so that no
voice reads a Spanish reason, or the name of a store, as if it were English.
"""

from __future__ import annotations

import re

from django import template
from django.utils.html import format_html

from accounts.enums import Language
from cases.language import guess, has_words

register = template.Library()

# Of our two languages only Spanish writes these.
_SPANISH = re.compile("[áéíóúüñ¿¡]", re.IGNORECASE)


@register.filter
def language_of(text: str) -> str:
    """Empty where it cannot be told."""
    found = guess(text, otherwise="")
    if not found.is_sure and _SPANISH.search(text):
        return Language.SPANISH.value
    return found.language


@register.filter
def in_its_language(text: str) -> str:
    if not has_words(text):  # a number reads like the page
        return text
    return format_html('<span lang="{}">{}</span>', language_of(text), text)
