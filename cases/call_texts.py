"""Two windows of one call: what each has typed, compared and brought together."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

#: A field's name → what was typed or chosen.
Typed = Mapping[str, Any]
#: Nobody typed these, or nothing hangs on them: the page asks, or they only search.
APART = frozenset(
    {
        "suggested_language",
        "suggested_due_on",
        "attorney_offered",
        "days_in",
        "asked",
        "untranslated",
        "untranslated_in",
        "contract",
        "searched",
    }
)
#: Before the name of a question: what the page put there, which follows the lease while unchanged.
SUGGESTED = "suggested-"
#: Where two texts have room below each other.
WORDS = frozenset({"summary", "message", "known", "escalation"})
#: Nothing was agreed on until the line says what.
LINE = re.compile(r"(agreed-\d+-)(?!what$)\w+")


def differing(some: Typed, others: Typed) -> list[str]:
    """Names of the fields, in the order in which they were sent."""
    names = [name for name in {**some, **others} if not _is_apart(name)]
    return [name for name in names if _text(some, name) != _text(others, name)]


def overwrites(mine: Typed, theirs: Typed) -> bool:
    """True if something of `theirs` would be gone."""
    return any(_text(theirs, name) for name in differing(mine, theirs))


def joined(mine: Typed, theirs: Typed) -> dict[str, Any]:
    """Both texts, and of two choices the one in `mine`."""
    both = {**theirs, **mine}
    for name in differing(mine, theirs):
        here, there = _text(mine, name), _text(theirs, name)
        both[name] = _below(there, here) if name in WORDS else here or there
    return both


def fingerprint(typed: Typed) -> str:
    """Says which text of another window someone has seen."""
    said = sorted((name, _text(typed, name)) for name in typed if not _is_apart(name))
    return sha256(json.dumps(said).encode()).hexdigest()[:16]


def _is_apart(name: str) -> bool:
    return name in APART or name.startswith(SUGGESTED)


def _below(first: str, second: str) -> str:
    if second in first or first in second:
        return max(first, second, key=len)
    return f"{first}\n\n{second}"


def _text(typed: Typed, name: str) -> str:
    if (line := LINE.fullmatch(name)) and not _text(typed, f"{line[1]}what"):
        return ""
    return str(typed.get(name) or "").replace("\r\n", "\n").strip()


def about_whom(typed: Mapping[str, Any]) -> str:
    """What tells the call from another, in a line: a name, else what was searched or written."""
    names = ("contact_name", "caller_name", "contract", "lease", "summary")
    return next((str(typed[name])[:60] for name in names if typed.get(name)), "")
