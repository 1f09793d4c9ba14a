from __future__ import annotations

from django import template
from django.template.defaultfilters import filesizeformat

from cases import numbers
from cases.events import describe
from cases.models import Entry

register = template.Library()
register.filter("spoken", numbers.grouped)


@register.filter
def event_for_staff(entry: Entry) -> str:
    return describe(entry, for_customer=False)


@register.filter
def event_for_customer(entry: Entry) -> str:
    return describe(entry, for_customer=True)


@register.filter
def file_size(size: int) -> str:
    return filesizeformat(size)
