"""The rows of the queue as they're read: in groups by how late they are, with their marks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cases.due_words import Due, days_left, days_left_in_full, due_words, near_day
from cases.enums import OutsideBody
from cases.kinds import kind_name
from cases.models import Case
from cases.outside import WARN_AHEAD
from cases.queries.queue_marks import Outside, marks_of
from cases.words import outside_in_list, status_in_list
from common.company_day import business_day

#: Days before an outside deadline from which it's no longer far away.
NEAR = 7
#: Of a case's tags in its row.
MOST_IN_ROW = 2


class Chip(NamedTuple):
    words: str
    tone: str = ""
    in_full: str = ""  # for whoever hears it; empty: the words will do


class Row(NamedTuple):
    case: Case
    kind: str
    due: Due
    status: str
    chips: list[Chip]
    tags: list[str]


class Group(NamedTuple):
    key: str  # "" for a list without groups
    name: str
    size: str  # of all its rows, where that is known
    rows: list[Row]


def grouped_rows(
    cases: Iterable[Case],
    *,
    name: str,
    today: date,
    sizes: Mapping[tuple[str, str], str],
    tags: Mapping[int, str],
) -> list[Group]:
    """In the order of the queue, so that each group is one run of rows on any page of it.

    `name`: of the view; `tags`: names by their keys. What is finished or snoozed has no groups, and
    what is escalated none of its own where everything is.
    """

    def group_of(case: Case) -> str:
        if name in {"done", "snoozed"}:
            return ""
        if case.rank == 0 and name != "escalated":
            return "escalated"
        if case.due_on <= today:
            return "late" if case.due_on < today else "today"
        return "later"

    names = {
        "": "",
        "escalated": pgettext("queue", "Escalated"),
        "late": pgettext("group in the queue", "Late"),
        "today": pgettext("group in the queue", "Today"),
        "later": pgettext("group in the queue", "Tomorrow and later"),
    }
    shown = {"escalated": sizes.get(("view", "escalated"), "")}
    return [
        Group(
            key,
            names[key],
            shown.get(key, sizes.get(("group", key), "")),
            [_row(each, today, tags) for each in found],
        )
        for key, found in groupby(cases, key=group_of)
    ]


def _row(case: Case, today: date, tags: Mapping[int, str]) -> Row:
    marks = marks_of(case)
    chips = [Chip(str(each.label)) for each in marks.flags]
    if case.snoozed_until:
        back = near_day(business_day(case.snoozed_until), today)
        chips.append(Chip(_("back %(day)s") % {"day": back}))
    if marks.outside:
        chips.append(_outside(marks.outside, today))
    named = [tags[key] for key in case.tags if key in tags][:MOST_IN_ROW]
    due, status = _due(case, today), status_in_list(case.status)
    return Row(case, kind_name(case.kind_id), due, status, chips, named)


def _due(case: Case, today: date) -> Due:
    """Of what is finished: when it was."""
    if case.is_active:
        return due_words(case.due_on, today)
    return Due(near_day(timezone.localtime(case.changed_at).date(), today), "far")


def _outside(deadline: Outside, today: date) -> Chip:
    left = (deadline.due_on - today).days
    tone = "bad" if left <= WARN_AHEAD else "warn" if left <= NEAR else ""
    full = {
        "who": OutsideBody(deadline.body).label,
        "left": days_left_in_full(deadline.due_on, today),
    }
    return Chip(
        f"{outside_in_list(deadline.body)} {days_left(deadline.due_on, today)}",
        tone,
        _("Outside deadline, %(who)s: %(left)s") % full,
    )
