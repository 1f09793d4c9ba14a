from __future__ import annotations

from django import template

from mail import errors

register = template.Library()
register.filter("mail_error", errors.in_words)
