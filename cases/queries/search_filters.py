"""What a search is narrowed by: `kind:return`, `idioma:español`, `is:open`, `by:ana`, `after:…`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time

from django.core.exceptions import ValidationError
from django.db.models import OuterRef, Q, Subquery
from django.db.models.lookups import In
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.enums import Language
from accounts.models import User
from cases import lifecycle
from cases.enums import CaseStatus, Searched
from cases.models import Case, CaseKind
from cases.queries.people import case_workers
from cases.search_text import Filter
from cases.snippets import plain
from common.company_day import business_day, company_zone
from common.day_text import DayError, read_day
from common.relative_days import Toward

Choices = Sequence[tuple[str, object]]


def condition(of: Filter, *, user: User, now: datetime) -> Q:
    """ValidationError `search_filter_value`, which says what the value can be."""
    found = _CONDITIONS[of.name](of.value, user, now)
    return found if of.is_wanted else ~found


def between(filters: Iterable[Filter], *, now: datetime) -> tuple[datetime, datetime | None]:
    """The latest moment that is asked for, and the earliest, so that no others are looked at."""
    latest, earliest = now, None
    for each in filters:
        if each.name in {"before", "after"}:
            moment = _start_of(_day(each.value, now))
            if (each.name == "before") == each.is_wanted:
                latest = min(latest, moment)
            else:
                earliest = max(earliest or moment, moment)
    return latest, earliest


def _kind(value: str, user: User, now: datetime) -> Q:
    """One that is no longer offered, too: old cases have it."""
    rows = CaseKind.objects.all()
    names = [(row.key, {plain(getattr(row, f"name_{code}")) for code in Language}) for row in rows]
    return Q(kind__in=_named(value, names, [row.name for row in rows]))


def _language(value: str, user: User, now: datetime) -> Q:
    return Q(language__in=_chosen(value, Language.choices))


def _what(value: str, user: User, now: datetime) -> Q:
    return Q(what__in=_chosen(value, Searched.choices))


def _status(value: str, user: User, now: datetime) -> Q:
    asked = plain(value)
    if asked in {"open", "active", "abierto", "activo"}:
        return _has_status(lifecycle.ACTIVE)
    if asked in {"closed", "done", "cerrado", "terminado"}:
        return _has_status(set(CaseStatus.values) - lifecycle.ACTIVE)
    return _has_status(_chosen(value, CaseStatus.choices))


def _has_status(statuses: Iterable[str]) -> Q:
    """Looked up for each text that has the words: a join may begin with all open cases."""
    status = Subquery(Case.objects.filter(pk=OuterRef("case")).values("status"))
    return Q(In(status, sorted(statuses)))


def _author(value: str, user: User, now: datetime) -> Q:
    if plain(value) in {"me", "mi", "yo"}:
        return Q(author=user)
    people = list(case_workers())
    found = [person.pk for person in people if plain(value) in plain(person.name)]
    if not found:
        raise _unknown(value, (person.name for person in people[:5]))
    return Q(author__in=found)


def _after(value: str, user: User, now: datetime) -> Q:
    return Q(at__gte=_start_of(_day(value, now)))


def _before(value: str, user: User, now: datetime) -> Q:
    return Q(at__lt=_start_of(_day(value, now)))


_CONDITIONS: dict[str, Callable[[str, User, datetime], Q]] = {
    "kind": _kind, "lang": _language, "in": _what, "is": _status, "by": _author, "after": _after,
    "before": _before,
}  # fmt: skip


def _chosen(value: str, choices: Choices) -> list[str]:
    """By its code or its label in any language, whole or from the beginning."""
    return _named(value, _names(choices), [str(label) for _key, label in choices])


def _named(value: str, all_named: Sequence[tuple[str, set[str]]], labels: list[str]) -> list[str]:
    asked = plain(value).replace("_", " ")
    names = [(key, {key.replace("_", " "), *named}) for key, named in all_named]
    found = [key for key, all_names in names if asked in all_names]
    found = found or [
        key for key, all_names in names if any(name.startswith(asked) for name in all_names)
    ]
    if not found:
        raise _unknown(value, labels)
    return found


def _names(choices: Choices) -> list[tuple[str, set[str]]]:
    named: dict[str, set[str]] = {}
    for language in Language.values:
        with translation.override(language):
            for key, label in choices:
                named.setdefault(key, set()).add(plain(str(label)))
    return list(named.items())


def _day(value: str, now: datetime) -> date:
    is_english = translation.get_language() == Language.ENGLISH
    try:
        return read_day(value, today=business_day(now), month_first=is_english, toward=Toward.LAST)
    except (DayError, ValueError):
        raise _unknown(value, ["2026-11-14"]) from None


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(), company_zone())


def _unknown(value: str, choices: Iterable[str]) -> ValidationError:
    return ValidationError(
        _("“%(value)s” isn’t a value of this filter. It can be: %(choices)s."),
        code="search_filter_value",
        params={"value": value, "choices": ", ".join(choices)},
    )
