from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from django import template
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from cases import actions, numbers, words
from cases.due_words import due_words
from cases.enums import CALL_RESULTS, AttemptResult, Event, ItemState
from cases.events import describe
from cases.evidence import in_words
from cases.forms import TranslationForm
from cases.kinds import slot_name
from cases.models import AskedItem, Entry, EntryTranslation
from cases.scripts.asides import ASIDE
from cases.scripts.placeholders import gaps
from cases.templatetags.people_words import language_of
from leases.queries import find
from telephone.models import PhoneCall

# Private-use characters: none of our sentences has them.
_QUOTED = re.compile("(\ue000[0-9]+\ue001)")

_TONES = {
    ItemState.ASKED: "warn",
    ItemState.RECEIVED: "accent",
    ItemState.UNREADABLE: "bad",
    ItemState.ACCEPTED: "good",
    ItemState.DROPPED: "neutral",
}

register = template.Library()
register.filter("spoken", numbers.grouped)
register.filter("may_leave", actions.may_leave)
register.filter("due", due_words)  # {% with due=case.due_on|due:today %}


@register.simple_tag
def call_results() -> tuple[AttemptResult, ...]:
    return CALL_RESULTS


@register.filter
def slot_label(code: str) -> str:
    return slot_name(code)


@register.filter
def item_for_customer(item: AskedItem) -> str:
    return words.item_for_customer(item.state)


@register.filter
def item_tone(item: AskedItem) -> str:
    return _TONES[ItemState(item.state)]


@register.filter
def phone_call_in(entry: Entry, phones: Mapping[str, PhoneCall]) -> PhoneCall | None:
    """`phones`: of cases.queries.phone_calls. What opened a case has no other number."""
    if entry.event not in {Event.OPENED, Event.CALL_ADDED}:
        return None
    return phones.get(entry.params.get("number", ""))


@register.filter
def event_for_staff(entry: Entry, customer: str) -> SafeString:
    return _event(entry, for_customer=False, customer=customer)


@register.filter
def event_for_customer(entry: Entry) -> SafeString:
    return _event(entry, for_customer=True)


def _event(entry: Entry, *, for_customer: bool, customer: str = "") -> SafeString:
    """The sentence, with people's words marked by their language for screen readers."""
    quoted: dict[str, SafeString] = {}

    def quote(text: str, language: str) -> str:
        place = f"\ue000{len(quoted)}\ue001"
        quoted[place] = format_html(
            '<span lang="{}">{}</span>', language or language_of(text), text
        )
        return place

    told = describe(entry, for_customer=for_customer, quote=quote, customer=customer)
    pieces = _QUOTED.split(told)
    return format_html_join("", "{}", ((quoted.get(piece, piece),) for piece in pieces))


@cache
def _gaps_in(known: frozenset[str]) -> re.Pattern[str]:
    return re.compile(f"({'|'.join(map(re.escape, known))})")


@register.filter
def script_to_write(text: str) -> SafeString:
    """The words unchanged, with what is still to be filled in marked."""
    known = gaps()
    pieces = _gaps_in(known).split(text)
    return _join(format_html("<mark>{}</mark>", each) if each in known else each for each in pieces)


@register.filter
def script_to_say(text: str, language: str = "") -> SafeString:
    """Also with what is only for the agent, in a language of its own if it has one."""
    lang = format_html(' lang="{}"', language) if language else ""
    return _join(
        format_html('<em class="aside"{}>{}</em>', lang, script_to_write(each))
        if index % 2
        else script_to_write(each)
        for index, each in enumerate(ASIDE.split(text))
    )


def _join(pieces: Iterable[str]) -> SafeString:
    return format_html_join("", "{}", ((each,) for each in pieces))


@register.filter
def refused_files(entry: Entry) -> list[dict[str, str]]:
    """What was sent along and refused, with the reason."""
    return [
        {"name": each["name"], "problem": in_words(each["code"], each["params"])}
        for each in entry.params.get("refused", [])
    ]


@register.filter
def file_size(size: int) -> str:
    return filesizeformat(size)


@register.simple_tag
def review_form(translation: EntryTranslation, refused: object) -> TranslationForm:
    """With what was typed, if this is the one that was refused."""
    prefix = f"translation-{translation.pk}"
    if isinstance(refused, TranslationForm) and refused.prefix == prefix:
        return refused
    form = TranslationForm(prefix=prefix, initial={"text": translation.machine_text})
    form.fields["text"].widget.attrs["lang"] = translation.language
    return form


@register.filter
def no_lease_matches(searched: str) -> str:
    return str(find.no_lease_matches(searched).messages[0])
