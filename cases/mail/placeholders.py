"""The `{names}` a mail's text may hold, and how they are filled in. Pure.

A text is only ever cut at these names: nothing in it is executed, no attribute is followed.
Literal braces are doubled.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.enums import TemplateKey

_CASE = (
    "customer_name", "case_number", "kind", "status", "who_acts", "due_day", "company",
    "portal_link",
)  # fmt: skip
ALLOWED: Mapping[TemplateKey, tuple[str, ...]] = {
    TemplateKey.CASE_OPENED: (*_CASE, "agent_name"),
    TemplateKey.MESSAGE_ADDED: (*_CASE, "author_name", "message"),
    TemplateKey.STATUS_CHANGED: _CASE,
    TemplateKey.FOLLOW_UP: (*_CASE, "message"),
    TemplateKey.SIGN_IN_CODE: ("code", "minutes", "company"),
    TemplateKey.PASSWORD_RESET: ("customer_name", "link", "company"),
}
_NUMBER = frozenset({"case_number"})
REQUIRED: Mapping[TemplateKey, Mapping[str, frozenset[str]]] = {
    TemplateKey.CASE_OPENED: {"subject": _NUMBER},
    TemplateKey.MESSAGE_ADDED: {"subject": _NUMBER},
    TemplateKey.STATUS_CHANGED: {"subject": _NUMBER},
    TemplateKey.FOLLOW_UP: {"subject": _NUMBER, "body": frozenset({"message"})},
    TemplateKey.SIGN_IN_CODE: {"body": frozenset({"code"})},
    TemplateKey.PASSWORD_RESET: {"body": frozenset({"link"})},
}
MEANING: Mapping[str, str | Promise] = {
    "customer_name": _("the customer's name"),
    "case_number": _("the case number, grouped for reading aloud"),
    "kind": _("the kind of case"),
    "status": _("the status in plain words"),
    "who_acts": _("who takes the next step"),
    "due_day": _("the day by which it is taken"),
    "company": _("the company's name"),
    "portal_link": _("the address of the case in the customer portal"),
    "agent_name": _("the name of the agent who took the call"),
    "author_name": _("the name of who wrote the message"),
    "message": _("the message itself"),
    "code": _("the sign-in code"),
    "minutes": _("how many minutes the code is valid"),
    "link": _("the address where a new password is chosen"),
}
#: Addresses of our own; the only ones an HTML part turns into links.
LINKS = frozenset({"portal_link", "link"})

_TOKEN = re.compile(r"\{\{|\}\}|\{(?P<name>[^{}]*)\}|[{}]|[^{}]+")


@dataclass(frozen=True)
class Name:
    """A placeholder's place in a text."""

    name: str


def parts(text: str) -> Iterator[str | Name]:
    """The text cut into literal pieces and placeholders.

    ValidationError: `placeholder_braces` for a brace that neither belongs to a placeholder nor is
    doubled.
    """
    for token in _TOKEN.finditer(text):
        found = token.group()
        if token["name"] is not None:
            yield Name(token["name"])
        elif found in {"{{", "}}"}:
            yield found[0]
        elif found in {"{", "}"}:
            raise ValidationError(
                _("A brace is alone. Write placeholders like {case_number}, other braces doubled."),
                code="placeholder_braces",
            )
        else:
            yield found


def check(key: TemplateKey, field: str, text: str) -> None:
    """`field` is subject or body.

    ValidationError: `placeholder_unknown`, `placeholder_missing`, `placeholder_braces`.
    """
    used = {part.name for part in parts(text) if isinstance(part, Name)}
    for name in sorted(used.difference(ALLOWED[key])):
        raise ValidationError(
            _("This mail has no placeholder {%(name)s}."),
            code="placeholder_unknown",
            params={"name": name},
        )
    for name in sorted(REQUIRED[key].get(field, frozenset()) - used):
        raise ValidationError(
            _("The placeholder {%(name)s} must be in this text."),
            code="placeholder_missing",
            params={"name": name},
        )


def fill(text: str, values: Mapping[str, str]) -> str:
    """KeyError for a name without a value; a value is never looked into for placeholders."""
    return "".join(part if isinstance(part, str) else values[part.name] for part in parts(text))
