"""Says what is wrong with a field, in the reader's language."""

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
OTHER = Fault("invalid", _("This value isn’t accepted."))
#: pydantic's error type → our code, which stays the same when pydantic's changes.
FAULTS: Mapping[str, Fault] = {
    "missing": Fault("required", _("This field is required.")),
    "extra_forbidden": Fault("unknown_field", _("Unknown field.")),
    "string_too_long": Fault("too_long", _("Use at most %(max_length)s characters.")),
    "too_short": Fault("too_few", _("Include at least %(min_length)s.")),
    "too_long": Fault("too_many", _("Include at most %(max_length)s.")),
    "greater_than": Fault("too_low", _("Use a value above %(gt)s.")),
    "greater_than_equal": Fault("too_low", _("Use a value of %(ge)s or more.")),
    "less_than": Fault("too_high", _("Use a value below %(lt)s.")),
    "less_than_equal": Fault("too_high", _("Use a value of %(le)s or less.")),
    "enum": Fault("choice", _("Use one of these values: %(expected)s.")),
    "literal_error": Fault("choice", _("Use one of these values: %(expected)s.")),
    "string_pattern_mismatch": Fault("format", _("Wrong format.")),
    "uuid_parsing": Fault("format", _("This isn’t a UUID.")),
    "date_from_datetime_parsing": Fault("format", _("Use a date written as YYYY-MM-DD.")),
    "date_parsing": Fault("format", _("Use a date written as YYYY-MM-DD.")),
    "money": Fault("money", _("Use an amount in dollars with up to two decimal places.")),
    "above_zero": Fault("too_low", _("Use a value above zero.")),
    "day": Fault("day", _("Use a date in this century, written as YYYY-MM-DD.")),
}
_WRONG_TYPE = Fault("type", _("Wrong type of value."))


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
    """A JSON pointer (RFC 6901) into the body; empty for all of it. Long names from outside are
    cut.
    """
    # pydantic's type for an unknown name
    said = [str(part)[:LONGEST_NAME] for part in place if part != "[key]"]
    return "".join(f"/{part.replace('~', '~0').replace('/', '~1')}" for part in said)
