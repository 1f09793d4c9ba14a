"""One box for everything: a case number, or whatever finds a lease."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases import numbers
from cases.models import CallDraft, Case
from cases.queries.numbered import case_numbered
from common.company_day import business_day
from leases.models import Lease
from leases.queries.find import find_leases, too_long

MOST = 20
MOST_PASTED = 3  # numbers in a longer text


class Found(NamedTuple):
    case: Case | None
    call: CallDraft | None  # not finished yet, or discarded
    leases: list[Lease]
    cases: list[Case]  # with work left, about those leases
    problem: ValidationError | None  # why a number found nothing


def find(text: str, *, user: User, now: datetime) -> Found:
    """A mistyped case number is told from an unknown one, and from another kind of number.

    problem codes: `case_number_check`, `case_unknown`, `nothing_found`, and `search_too_long` for a
    longer text that names no case.
    """
    leases = find_leases(text, user=user)
    case, call, problem = None, None, None
    if numbers.looks_like(text):
        try:
            case, call = _numbered(numbers.parse(text), user)
        except ValidationError as error:
            # An account number has as many digits.
            is_meant = numbers.is_of_a_year(text, latest=business_day(now).year)
            if error.code != "case_number_check":
                problem = error
            elif is_meant:
                problem = _mistyped()
    else:  # a subject line, for example
        for number in numbers.within(text)[:MOST_PASTED]:
            with suppress(ValidationError):
                case, call = _numbered(number, user)
                break
    if not (problem or case or call or leases):
        problem = too_long(text) or ValidationError(
            _("No results. Check the spelling, or try a phone or account number."), "nothing_found"
        )
    about = Case.objects.visible_to(user).active().filter(lease__in=leases)
    about = about.select_related("kind", "lease__customer", "contact")
    cases = list(about.order_by("rank", "due_on", "id")[:MOST])
    return Found(case, call, leases, cases, None if leases else problem)


def _mistyped() -> ValidationError:
    return ValidationError(
        _("No results. If this is a case number, a digit is wrong or two are swapped."),
        code="case_number_check",
    )


def _numbered(number: str, user: User) -> tuple[Case | None, CallDraft | None]:
    case = case_numbered(number, Case.objects.visible_to(user))
    if case:
        return case, None
    calls = CallDraft.objects.visible_to(user).select_related("agent", "discarded_by")
    call = calls.filter(number=number, case=None).first()
    if call is None:
        raise ValidationError(_("There’s no case with this number."), "case_unknown")
    return None, call
