"""Form fields tell the browser how long a text may be without having it cut one.

By `maxlength` a browser cuts what is pasted and says nothing. static/js/count.js counts by
`data-limit`, and the server refuses with the count.
"""

from __future__ import annotations

from typing import Any

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest


class Renderer(TemplatesSetting):
    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> str:
        if "widget" in context:
            _let_be_long(context["widget"])
        return super().render(template_name, context, request)


def _let_be_long(widget: dict[str, Any]) -> None:
    attrs = widget["attrs"]
    if "maxlength" in attrs:
        limit = attrs["maxlength"]
        widget["attrs"] = {n: v for n, v in attrs.items() if n != "maxlength"} | {
            "data-limit": limit
        }
    for part in widget.get("subwidgets", ()):
        if isinstance(part, dict):
            _let_be_long(part)
