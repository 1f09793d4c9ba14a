"""One box for everything: a case number, whatever finds a lease, and the words of cases."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases import numbers
from cases.models import CallDraft, Case, CaseFlag
from cases.queries.contacts import cases_of_contacts
from cases.queries.numbered import case_numbered, numbers_in
from cases.queries.represented import attorneys_said
from cases.queries.search import search
from cases.queries.search_hits import NO_HITS, Hits
from cases.queries.suggestion import suggestion
from cases.search_text import ParsedSearch, parse_search
from common.company_day import business_day
from leases.models import Customer, Lease
from leases.queries.find import FoundLeases, search_leases, too_long
from leases.said import understand

MOST = 20


class Found(NamedTuple):
    case: Case | None
    call: CallDraft | None  # not finished yet, or discarded
    leases: list[Lease]
    cases: list[Case]  # with work left, about those leases, or about someone without one
    asked: ParsedSearch
    hits: Hits  # texts of cases, by their words
    problem: ValidationError | None  # why a number found nothing, or what to ask differently
    meant: ParsedSearch | None = None  # perhaps, if there is a typing error
    are_alike: bool = False  # the leases: their names only resemble what was typed
    attorneys: Sequence[tuple[CaseFlag, Customer]] = ()  # whom leases are found by

    @property
    def is_anything(self) -> bool:
        return bool(self.is_anyone or self.hits.rows)

    @property
    def is_anyone(self) -> bool:
        """Someone or a case, not only words someone wrote."""
        return bool(self.case or self.call or self.leases or self.cases)

    @property
    def may_be_more(self) -> bool:
        """Nothing yet, but older texts weren’t looked at."""
        return self.hits.reached is not None


def find(text: str, *, user: User, now: datetime) -> Found:
    """A mistyped case number is told from an unknown one, and from another kind of number.

    problem codes: `case_number_check`, `case_unknown`, `nothing_found`, `search_too_long` for a
    longer text that names no case, and those of `search`.
    """
    asked = parse_search(text)
    attorneys = attorneys_said(understand(text), user=user) if asked.is_plain else {}
    leases, are_alike = (
        search_leases(text, user=user, spoken_for=attorneys) if asked.is_plain else FoundLeases([])
    )
    case, call, problem = _case(text, user=user, now=now)
    hits, refused = _hits(text, asked, user=user, now=now)
    about = Case.objects.visible_to(user).active().filter(lease__in=leases)
    about = about.select_related("kind", "lease__customer", "contact")
    cases = list(about.order_by("rank", "due_on", "id")[:MOST])
    if asked.is_plain and user.works_cases:
        cases += cases_of_contacts(text, user=user)
    people = dict.fromkeys(lease.customer for lease in leases)
    by = [(attorneys[each.pk], each) for each in people if each.pk in attorneys]
    found = Found(case, call, leases, cases, asked, hits, problem, None, are_alike, by)
    if found.is_anything or found.may_be_more:
        return found._replace(problem=problem if found.may_be_more else refused)
    problem = problem or refused or too_long(text) or _nothing_found()
    is_misspelled = problem.code == "nothing_found" and user.works_cases
    meant = suggestion(asked, user=user, now=now) if is_misspelled else None
    return found._replace(problem=problem, meant=meant)


def more_hits(text: str, *, user: User, now: datetime, after: str) -> Found:
    """The next page of texts, without what stands above them on the first one."""
    asked = parse_search(text)
    hits, refused = _hits(text, asked, user=user, now=now, after=after)
    is_over = not hits.rows and hits.reached is None
    return Found(
        None, None, [], [], asked, hits, refused or (_nothing_older() if is_over else None)
    )


def _hits(
    text: str, asked: ParsedSearch, *, user: User, now: datetime, after: str = ""
) -> tuple[Hits, ValidationError | None]:
    if not user.works_cases or too_long(text):
        return NO_HITS, None
    try:
        return search(asked, user=user, now=now, after=after), None
    except ValidationError as error:
        return NO_HITS, error


def _case(
    text: str, *, user: User, now: datetime
) -> tuple[Case | None, CallDraft | None, ValidationError | None]:
    if numbers.looks_like(text):
        try:
            return *_numbered(numbers.parse(text), user), None
        except ValidationError as error:
            # An account number has as many digits.
            is_meant = numbers.is_of_a_year(text, latest=business_day(now).year)
            if error.code != "case_number_check":
                return None, None, error
            return None, None, _mistyped() if is_meant else None
    for number in numbers_in(text):  # a subject line, for example
        with suppress(ValidationError):
            return *_numbered(number, user), None
    return None, None, None


def _nothing_found() -> ValidationError:
    return ValidationError(
        _("No results. Check the spelling, or try a phone or account number."), "nothing_found"
    )


def _nothing_older() -> ValidationError:
    return ValidationError(_("There are no older results."), "nothing_older")


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
