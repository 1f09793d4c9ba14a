"""The phone number in templates. It needs only settings, so error pages can show it too."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from common.support import support_line

register = template.Library()
register.simple_tag(support_line)


@register.simple_tag
def phone_link(language: str = "") -> SafeString:
    """Large enough to tap, and never split over two lines."""
    line = support_line(language)
    return format_html('<a class="phone" href="{}">{}</a>', line.url, line.number)
