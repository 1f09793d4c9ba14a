"""Form fields that look and speak the page's language, not the browser's.

With `maxlength` a browser silently cuts off pasted text. Instead, static/js/count.js counts against
`data-limit`, and the server refuses with the count. A field of type number writes its number in the
browser's language. common/bound_fields.py says what a page can tell people before the server does.
"""

from __future__ import annotations

from typing import Any

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest

from common.bound_fields import CheckedBoundField
from config.select import SELECT, is_plain, select

OF_BROWSERS = {"maxlength": "data-limit", "min": None, "max": None, "step": None}


class Renderer(TemplatesSetting):
    bound_field_class = CheckedBoundField

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> str:
        if "widget" in context:
            _free(context["widget"])
        if template_name == SELECT and is_plain(context["widget"]):
            return select(context["widget"])
        return super().render(template_name, context, request)


def _free(widget: dict[str, Any]) -> None:
    attrs = widget["attrs"]
    if widget.get("type") == "number":
        is_whole = str(attrs.get("step", 1)) == "1"
        attrs = {"inputmode": "numeric" if is_whole else "decimal", "autocomplete": "off"} | attrs
        widget["type"] = "text"
    named = ((OF_BROWSERS.get(name, name), value) for name, value in attrs.items())
    widget["attrs"] = {name: value for name, value in named if name}
    for part in widget.get("subwidgets", ()):
        if isinstance(part, dict):
            _free(part)
