from django import template

from common import formats

register = template.Library()
register.filter("day", formats.day)
register.filter("day_in_words", formats.day_in_words)
register.filter("moment", formats.moment)
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
