"""One box for everything: a case number, or whatever finds a lease."""

from __future__ import annotations

from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases import numbers
from cases.models import Case
from leases.models import Lease
from leases.queries.find import find_leases


class Found(NamedTuple):
    case: Case | None
    leases: list[Lease]
    problem: ValidationError | None  # why a number found nothing


def find(text: str, *, user: User) -> Found:
    """A mistyped case number is told from an unknown one.

    problem codes: `case_number_check`, `case_unknown`, `nothing_found`.
    """
    leases = list(find_leases(text, user=user))
    case, problem = None, None
    if numbers.looks_like(text):
        try:
            number = numbers.parse(text)
            case = Case.objects.visible_to(user).filter(number=number).first()
            if case is None:
                problem = ValidationError(_("There is no case with this number."), "case_unknown")
        except ValidationError as error:
            problem = error
    if problem is None and case is None and not leases:
        problem = ValidationError(_("Nothing found."), "nothing_found")
    return Found(case, leases, None if leases else problem)
