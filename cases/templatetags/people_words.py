"""What people wrote, marked with its language, so that a screen reader picks the right voice.

If no one said which language it is, we guess. An empty `lang` is HTML for "unknown": better than
reading a Spanish reason, or the name of a store, as if it were English.
"""

from __future__ import annotations

from django import template
from django.utils.html import format_html

from cases.language import has_words, voice_of

register = template.Library()


@register.filter
def language_of(text: str) -> str:
    """Empty if we can't tell."""
    return voice_of(text)


@register.filter
def in_its_language(text: str) -> str:
    if not has_words(text):  # a number reads like the page
        return text
    return format_html('<span lang="{}">{}</span>', language_of(text), text)
