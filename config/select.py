"""Lists to choose from, written without a template.

Django renders two templates for every option. A list of three hundred people was a quarter of the
queue's time, and each page of a case has several lists.
"""

from __future__ import annotations

from typing import Any

from django.utils.formats import localize
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

SELECT = "django/forms/widgets/select.html"
OPTION = "django/forms/widgets/select_option.html"


def is_plain(widget: dict[str, Any]) -> bool:
    """Whether neither the list nor an option of it has a template of its own."""
    return widget["template_name"] == SELECT and all(
        option["template_name"] == OPTION
        for _name, options, _place in widget["optgroups"]
        for option in options
    )


def select(widget: dict[str, Any]) -> SafeString:
    """`widget` as Django gives it to its template."""
    parts = (
        format_html('<optgroup label="{}">{}</optgroup>', name, _options(options))
        if name
        else _options(options)
        for name, options, _place in widget["optgroups"]
    )
    inner = format_html_join("", "{}", ((part,) for part in parts))
    return format_html(
        '<select name="{}"{}>{}</select>', widget["name"], _attributes(widget["attrs"]), inner
    )


def _options(options: list[dict[str, Any]]) -> SafeString:
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>\n',
        (
            (str(each["value"]), _attributes(each["attrs"]), localize(each["label"]))
            for each in options
        ),
    )


def _attributes(attributes: dict[str, Any]) -> SafeString:
    said = ((name, value) for name, value in attributes.items() if value is not False)
    return format_html_join("", "{}{}", ((f" {name}", _value(value)) for name, value in said))


def _value(value: object) -> SafeString | str:
    return "" if value is True else format_html('="{}"', str(value))
