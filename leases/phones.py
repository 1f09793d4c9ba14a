"""Phone numbers to store: complete, or refused with what to add or leave out."""

from __future__ import annotations

import re

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from common.formats import as_dialed, parse_phone

PROBLEMS = {
    "phone": _("Enter a valid phone number, as in (210) 555-0134."),
    "phone_area_code": _("The area code is missing. Enter all ten digits, as in (210) 555-0134."),
    "phone_extension": _("We can’t store an extension. Leave it out, as in (210) 555-0134."),
}
_WORD = re.compile(r"[^\W\d_]{3}")  # as in 1-800-FLOWERS, whose letters are digits


def phone_to_keep(text: str) -> str:
    """In E.164. ValidationError with a code of PROBLEMS."""
    number = parse_phone(text)
    code = _problem(text, number)
    if number is None or code:
        raise ValidationError(PROBLEMS[code or "phone"], code=code or "phone")
    return number


def _problem(text: str, number: str | None) -> str:
    try:
        parsed = phonenumbers.parse(as_dialed(text), "US")
    except phonenumbers.NumberParseException:
        return "phone"
    local = phonenumbers.ValidationResult.IS_POSSIBLE_LOCAL_ONLY
    if phonenumbers.is_possible_number_with_reason(parsed) == local:
        return "phone_area_code"
    if parsed.extension or (number and _says_more(text, number)):
        return "phone_extension"
    return "" if number else "phone"


def _says_more(text: str, number: str) -> bool:
    """Whether there are digits after the number that its parser skipped, in whatever form."""
    digits = "".join(filter(str.isdecimal, text))
    return not _WORD.search(text) and not number.endswith(digits[-7:])
