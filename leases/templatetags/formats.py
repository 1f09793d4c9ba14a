import re
from collections.abc import Iterable

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from common import formats

_PIECES = re.compile(r"[@.]?[^@.]+(?:\.[^@.]+$)?|[@.]")

register = template.Library()
register.filter("day", formats.day)
register.filter("day_in_words", formats.day_in_words)
register.filter("moment", formats.moment)
register.filter("near_moment", formats.near_moment)
register.filter("money", formats.money)
register.filter("phone", formats.phone)
register.filter("iso", formats.iso)
register.filter("moment_in", formats.moment_in)
register.filter("time_in", formats.time_in)
register.filter("clock_time", formats.clock_time)
register.filter("weekday", formats.weekday)
register.filter("day_head", formats.day_head)
register.filter("zone_name", formats.zone_name)


@register.filter
def short_day(value: object) -> str:
    return formats.day(value, short=True)  # type: ignore[arg-type]


@register.filter
def short_moment(value: object) -> str:
    return formats.moment(value, short=True)  # type: ignore[arg-type]


@register.filter
def in_a_sentence(labels: Iterable[str]) -> str:
    return ", ".join(map(formats.mid_sentence, labels))


@register.filter
def unbroken(email: str) -> SafeString:
    """An address that may be wrapped before its @ and its dots but the last, and nowhere else."""
    return format_html_join(mark_safe("<wbr>"), "{}", ((each,) for each in _PIECES.findall(email)))
