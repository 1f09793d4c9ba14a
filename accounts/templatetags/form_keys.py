"""`{% csrf_token %}` also gives the form its key, so no form can be written without one.

Installed among the engine's builtins, so that the pages of Django's administration and of allauth,
whose templates aren't ours, have keys too. Each rendering makes a new key: two tabs are two forms.
Where the context has a `form_key`, the page shows a form that was sent before, which keeps its own.
"""

from __future__ import annotations

from django import template
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.sent_forms import FIELD, new_key

register = template.Library()


class KeyedTokenNode(CsrfTokenNode):
    def render(self, context: Context) -> SafeString:
        token = SafeString(super().render(context))
        user = getattr(context.get("request"), "user", None)
        if not token or user is None or not user.is_authenticated:
            return token
        field = '{}<input type="hidden" name="{}" value="{}">'
        return format_html(field, token, FIELD, context.get(FIELD) or new_key(user))


@register.tag
def csrf_token(parser: Parser, token: Token) -> KeyedTokenNode:
    return KeyedTokenNode()
