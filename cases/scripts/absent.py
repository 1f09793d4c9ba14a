"""What of a script speaks of a day that never came: an item that wasn't delivered, a lease that
wasn't signed. Pure.

A line ends before the first sentence that has such a day, as with what is withheld; in a call,
another sentence asks instead.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from cases.scripts.withheld import said_of, tidied

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

_SAID_INSTEAD: dict[str, StrPromise] = {
    "delivered_day": _("Our records don’t show a delivery yet. Do you have the item?"),
}


def without_absent(text: str, absent: Collection[str], *, aloud: bool = False) -> str:
    """`absent`: names of facts. Call it under the script's language."""
    if not absent:
        return text
    lines: list[str] = []
    for line in text.split("\n"):
        said = said_of(line, absent)
        if aloud and said != line:
            instead = [str(words) for name, words in _SAID_INSTEAD.items() if f"{{{name}}}" in line]
            said = " ".join(each for each in (said, *instead) if each)
        if said or not line:
            lines.append(said)
    return tidied(lines)
