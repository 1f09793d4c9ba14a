"""The `{names}` in a script: the facts of a case, or of a call being logged.

Filled in like mail texts (mail/placeholders.py), never executed. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.enums import Language
from mail.placeholders import check_names, fill

#: Also what appears in brackets if a fact isn't known yet.
MEANING: Mapping[str, str | Promise] = {
    "customer_name": pgettext_lazy("script", "customer’s name"),
    "agent_name": pgettext_lazy("script", "agent’s name"),
    "company": pgettext_lazy("script", "company name"),
    "case_number": pgettext_lazy("script", "case number"),
    "account_number": pgettext_lazy("script", "account number"),
    "merchant": pgettext_lazy("script", "partner merchant"),
    "store": pgettext_lazy("script", "store"),
    "merchandise": pgettext_lazy("script", "item"),
    "signed_day": pgettext_lazy("script", "signing date"),
    "delivered_day": pgettext_lazy("script", "delivery date"),
    "today": pgettext_lazy("script", "today’s date"),
    "due_day": pgettext_lazy("script", "date of the next step"),
    "email": pgettext_lazy("script", "customer’s email address"),
    "portal_link": pgettext_lazy("script", "link to the case in the customer portal"),
}
#: The case number is given in every call and every mail.
REQUIRED = frozenset({"case_number"})


def check(text: str) -> None:
    """ValidationError: `placeholder_unknown`, `placeholder_missing`, `placeholder_braces`."""
    check_names(text, allowed=MEANING, required=REQUIRED)


def filled(text: str, facts: Mapping[str, str]) -> str:
    """Call it under the script's language, which names the gaps."""
    known = {name: facts.get(name) or _gap(meaning) for name, meaning in MEANING.items()}
    return fill(text, known)


def _gap(meaning: str | Promise) -> str:
    return f"[{meaning}]"


@cache
def gaps() -> frozenset[str]:
    """Every bracket that stands for a fact, in both languages; other brackets are the
    writer's own.
    """
    found = set()
    for language in Language.values:
        with translation.override(language):
            found |= {_gap(meaning) for meaning in MEANING.values()}
    return frozenset(found)


def refuse_gaps(text: str) -> None:
    """No one outside is told “[delivery date]”. ValidationError: `script_gap`, naming them."""
    left = sorted((gap for gap in gaps() if gap in text), key=text.index)
    if left:
        raise ValidationError(
            _("Complete or delete what the script left open: %(gaps)s"),
            code="script_gap",
            params={"gaps": ", ".join(left)},
        )
