"""What is wrong with a field, in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Fault(NamedTuple):
    code: str
    words: str | Promise


LONGEST_NAME = 80
OTHER = Fault("invalid", _("This value cannot be taken."))
#: pydantic's type of error → ours, which stays the same when pydantic's changes.
FAULTS: Mapping[str, Fault] = {
    "missing": Fault("required", _("This is needed.")),
    "extra_forbidden": Fault("unknown_field", _("There is no field of this name.")),
    "string_too_long": Fault("too_long", _("This is too long; the most is %(max_length)s.")),
    "too_short": Fault("too_few", _("There are too few; the least is %(min_length)s.")),
    "too_long": Fault("too_many", _("There are too many; the most is %(max_length)s.")),
    "greater_than": Fault("too_low", _("This must be above %(gt)s.")),
    "greater_than_equal": Fault("too_low", _("This must be at least %(ge)s.")),
    "less_than": Fault("too_high", _("This must be below %(lt)s.")),
    "less_than_equal": Fault("too_high", _("This must be at most %(le)s.")),
    "enum": Fault("choice", _("This must be one of %(expected)s.")),
    "literal_error": Fault("choice", _("This must be one of %(expected)s.")),
    "string_pattern_mismatch": Fault("format", _("This is not in the form it must have.")),
    "uuid_parsing": Fault("format", _("This is no UUID.")),
    "date_from_datetime_parsing": Fault("format", _("Write the day as YYYY-MM-DD.")),
    "date_parsing": Fault("format", _("Write the day as YYYY-MM-DD.")),
    "money": Fault("money", _("Write the amount in dollars, with at most two decimals.")),
    "above_zero": Fault("too_low", _("This must be above zero.")),
    "day": Fault("day", _("Write a day of this century as YYYY-MM-DD.")),
}
_WRONG_TYPE = Fault("type", _("This is not the kind of value it must be."))


def fault(kind: str, context: Mapping[str, Any]) -> dict[str, str]:
    found = FAULTS.get(kind)
    if found is None:
        found = _WRONG_TYPE if kind.endswith("_type") else OTHER
    if "expected" in context:
        context = {**context, "expected": _choices(context["expected"])}
    return {"code": found.code, "detail": str(found.words) % context}


def _choices(expected: str) -> str:
    """Without pydantic's English: "'en' or 'es'" → "en, es"."""
    return ", ".join(re.findall(r"'([^']*)'", expected))


def pointer(place: Sequence[int | str]) -> str:
    """A JSON pointer (RFC 6901) into the body; empty for all of it. Names from outside are cut."""
    said = [str(part)[:LONGEST_NAME] for part in place if part != "[key]"]  # pydantic's, of a name
    return "".join(f"/{part.replace('~', '~0').replace('/', '~1')}" for part in said)
