"""Case numbers made for the telephone: digits only, in groups of three, with a check digit.

`26 000123 3`: two-digit year, running number (six digits or more), Damm check digit over both. Damm
catches every single wrong digit and every swap of neighbors, so a mistyped number is told from an
unknown one before the database is asked.
"""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum import damm

RUNNING_DIGITS = 6
SHORTEST = 2 + RUNNING_DIGITS + 1
LONGEST = SHORTEST + 3
YEARS = 10  # years back; older cases are found all the same


def make(*, year: int, running: int) -> str:
    """The number as stored, digits only. ValueError outside what the digits hold."""
    if running < 1 or running >= 10 ** (LONGEST - 3):
        raise ValueError(f"running number {running} does not fit")
    digits = f"{year % 100:02d}{running:0{RUNNING_DIGITS}d}"
    return digits + str(damm.calc_check_digit(digits))


def grouped(number: str) -> str:
    """As read aloud and typed: groups of three from the left, a short rest joined to the last."""
    groups = re.findall(r"\d{1,3}", number)
    if len(groups) > 1 and len(groups[-1]) == 1:
        groups[-2:] = ["".join(groups[-2:])]
    return " ".join(groups)


def shown(number: str) -> str:
    """The same for text that is only read: no line breaks inside it."""
    return grouped(number).replace(" ", "\N{NO-BREAK SPACE}")


def looks_like(text: str) -> bool:
    """Whether this could be meant as a case number. Account numbers can be as long, so
    check both.
    """
    digits = _digits(text)
    return digits.isdecimal() and SHORTEST <= len(digits) <= LONGEST


def within(text: str) -> list[str]:
    """The valid numbers in a longer text, such as a subject line."""
    runs = re.findall(rf"(?<!\d)\d(?:[\s.\-–]?\d){{{SHORTEST - 1},{LONGEST - 1}}}(?!\d)", text)
    return [digits for run in runs if damm.is_valid(digits := _digits(run))]


def is_of_a_year(text: str, *, latest: int) -> bool:
    """Whether these digits could start with the year of a case. If not, it's another kind of
    number.
    """
    digits = _digits(text)
    return looks_like(text) and 0 <= latest % 100 - int(digits[:2]) < YEARS


def parse(text: str) -> str:
    """The stored form of what a person typed or read out.

    ValidationError: `case_number_format` (not digits, or too few or many), `case_number_check` (a
    digit is wrong or two are swapped).
    """
    digits = _digits(text)
    if not (digits.isascii() and digits.isdecimal() and SHORTEST <= len(digits) <= LONGEST):
        raise ValidationError(
            _("A case number has nine digits, for example, 260 001 233."), code="case_number_format"
        )
    if not damm.is_valid(digits):
        raise ValidationError(
            _("A digit of this case number is wrong or two are swapped. Please check it."),
            code="case_number_check",
        )
    return digits


def _digits(text: str) -> str:
    return re.sub(r"[\s.\-–#]", "", text)
