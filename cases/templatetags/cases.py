from __future__ import annotations

from django import template
from django.template.defaultfilters import filesizeformat

from cases import actions, mail_errors, numbers
from cases.events import describe
from cases.evidence import in_words
from cases.forms import TranslationForm
from cases.models import Entry, EntryTranslation

register = template.Library()
register.filter("spoken", numbers.grouped)
register.filter("may_leave", actions.may_leave)
register.filter("mail_error", mail_errors.in_words)


@register.filter
def event_for_staff(entry: Entry) -> str:
    return describe(entry, for_customer=False)


@register.filter
def event_for_customer(entry: Entry) -> str:
    return describe(entry, for_customer=True)


@register.filter
def refused_files(entry: Entry) -> list[dict[str, str]]:
    """What came with a mail and was not taken, with the reason."""
    return [
        {"name": each["name"], "problem": in_words(each["code"], each["params"])}
        for each in entry.params.get("refused", [])
    ]


@register.filter
def file_size(size: int) -> str:
    return filesizeformat(size)


@register.simple_tag
def review_form(translation: EntryTranslation, refused: object) -> TranslationForm:
    """With what was typed, if it is this one that was refused."""
    prefix = f"translation-{translation.pk}"
    if isinstance(refused, TranslationForm) and refused.prefix == prefix:
        return refused
    return TranslationForm(prefix=prefix, initial={"text": translation.machine_text})
