"""What of a script isn't read to a caller who may not hear it, or not yet. Pure.

Asides are for the agent alone, who compares them with what the caller says; they stay.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from cases.callers import Checked, can_be_verified
from cases.enums import CallerRelation

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

#: Facts of the order, which its store knows.
_ORDER = frozenset(
    {"account_number", "merchant", "store", "merchandise", "signed_day", "delivered_day"}
)
_PROTECTED = _ORDER | {"customer_name", "email"}
_FACT = re.compile(r"\{(\w+)\}")
SENTENCE = re.compile(r"(?<=[.?!])\s+")
_ASIDE = re.compile(r"\(.*\)")
_BLANKS = re.compile(r"\n{3,}")

_NOT_YET = _(
    "Verify first: ask for their full name, and for their phone, email or account number. The rest"
    " of the script shows up here once it matches."
)
_FAILED = _("The answers didn’t match: the rest of the script isn’t for this caller.")
_NEVER = _("The rest of the script is only for the customer.")


@dataclass(frozen=True)
class Withheld:
    """`facts`: what a caller may not hear, by its name in a script; `why`: for the agent."""

    facts: frozenset[str]
    why: StrPromise


def withheld_from(relation: str, checked: Checked) -> Withheld | None:
    """None if the caller may hear everything."""
    if relation == CallerRelation.STORE:
        return Withheld(_PROTECTED - _ORDER, _NEVER)
    if not can_be_verified(relation):
        return Withheld(_PROTECTED, _NEVER)
    if checked is Checked.PASSED:
        return None
    return Withheld(_PROTECTED, _FAILED if checked is Checked.FAILED else _NOT_YET)


def without(text: str, withheld: Withheld) -> str:
    """The script before its facts are filled in. A line ends before the first sentence that has one
    of them; the first such place says why. Call it under the language of its asides.
    """
    lines: list[str] = []
    is_told = False
    for line in text.split("\n"):
        said = said_of(line, withheld.facts)
        if said or not line:
            lines.append(said)
        if said != line and not is_told:
            lines.append(f"({withheld.why})")
            is_told = True
    return tidied(lines)


def tidied(lines: Iterable[str]) -> str:
    return _BLANKS.sub("\n\n", "\n".join(lines)).strip()


def said_of(line: str, facts: Collection[str]) -> str:
    """Up to the first sentence that has one of the facts."""
    if _ASIDE.fullmatch(line):
        return line
    before = []
    for sentence in SENTENCE.split(line):
        if not set(facts).isdisjoint(_FACT.findall(sentence)):
            break
        before.append(sentence)
    return " ".join(before)
