from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse

from guides.places import guide_for

register = template.Library()


@register.simple_tag(takes_context=True)
def help_address(context: dict[str, Any]) -> str:
    """Of the guide about the page shown, otherwise of the list of all guides."""
    match = getattr(context.get("request"), "resolver_match", None)
    slug = guide_for(match.view_name) if match else None
    return reverse("help_guide", args=[slug]) if slug else reverse("help")
