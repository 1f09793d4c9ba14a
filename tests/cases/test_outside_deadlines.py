"""Days that outside agencies name: counted by the table, warned about, answered."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from cases import actions, outside
from cases.actions.outside_deadlines import answer_outside_deadline, open_outside_deadline
from cases.actions.staff_mails import warn_of_outside_deadlines
from cases.enums import OutsideBody
from cases.models import Case, OutsideDeadline
from mail.models import Email
from mail.outbound.render import render
from tests.mails import is_obsolete

OpenDeadline = Callable[..., OutsideDeadline]
RECEIVED = date(2026, 11, 10)  # a Tuesday
#: Supervisors, deadlines and mails there are; begin and end of the transaction.
QUERIES = 5
#: Their text, the mails, and which of them are new: for all together.
WRITING = 4


@pytest.fixture
def opened(open_case: Callable[..., Case], ana: User, now: datetime) -> OpenDeadline:
    """A complaint at the CFPB, sent to us on the 10th: to be answered by the 25th."""

    def made(**fields: Any) -> OutsideDeadline:
        values: dict[str, Any] = {
            "case": fields.pop("case", None) or open_case(),
            "body": "cfpb",
            "received_on": RECEIVED,
            "reference": "261110-1",
        }
        return open_outside_deadline(**(values | fields), by=ana, now=now)

    return made


def morning(day: int, hour: int = 16) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (OutsideBody.CFPB, date(2026, 11, 25)),
        (OutsideBody.BBB, date(2026, 11, 24)),
        (OutsideBody.CREDIT_BUREAU, date(2026, 12, 10)),
        (OutsideBody.LETTER, date(2026, 12, 2)),  # without Veterans Day and Thanksgiving
        (OutsideBody.ATTORNEY_GENERAL, None),
    ],
)
def test_the_table(body: OutsideBody, expected: date | None) -> None:
    assert outside.due_on(body, RECEIVED) == expected


def test_a_day_that_the_letter_names_counts(opened: OpenDeadline) -> None:
    assert opened(body="letter", due_on=date(2026, 11, 20)).due_on == date(2026, 11, 20)
    assert opened(body="attorney_general", due_on=date(2026, 12, 1)).due_on == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"body": "attorney_general"}, "outside_day"),
        ({"received_on": date(2026, 11, 19)}, "day_future"),
        ({"due_on": date(2026, 11, 9)}, "outside_order"),
    ],
)
def test_refused_deadlines(opened: OpenDeadline, fields: dict[str, Any], code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        opened(**fields)
    assert refused.value.code == code
    assert not OutsideDeadline.objects.exists()


def test_the_same_deadline_twice_is_one(
    opened: OpenDeadline, open_case: Callable[..., Case]
) -> None:
    case = open_case()
    assert opened(case=case) == opened(case=case) != opened(case=case, reference="261110-2")
    assert case.entries.filter(event="outside_opened").count() == 2


def test_the_customer_does_not_read_of_it(opened: OpenDeadline) -> None:
    deadline = opened()
    [entry] = deadline.case.entries.filter(event="outside_opened")
    assert not entry.is_public


def test_assignee_and_supervisors_are_warned_each_once_in_their_language(
    opened: OpenDeadline, ana: User, ben: User, sofia: User, irene: User, now: datetime
) -> None:
    deadline = opened()
    actions.assign(case=deadline.case, to=ben, by=ana, now=now)
    assert warn_of_outside_deadlines(now=morning(21)) == 0
    assert warn_of_outside_deadlines(now=morning(22, hour=14)) == 0  # eight in the morning
    assert warn_of_outside_deadlines(now=morning(22)) == 2
    assert warn_of_outside_deadlines(now=morning(24)) == 0
    assert warn_of_outside_deadlines(now=morning(25)) == 2
    assert warn_of_outside_deadlines(now=morning(26)) == 0
    warnings = Email.objects.filter(template__key="outside_deadline")
    to_ben, to_sofia = (
        render(warnings.filter(to=each.email).earliest("created_at")) for each in (ben, sofia)
    )
    assert str(deadline.case) in to_ben.subject
    assert "3 days left." in to_ben.text
    assert "Quedan 3 días." in to_sofia.text
    assert f"/cases/{deadline.case.number}/" in to_sofia.text
    last = render(warnings.filter(to=sofia.email).latest("created_at"))
    assert "Hoy es el último día." in last.text


def test_who_chose_no_language_is_warned_in_the_default_one(
    opened: OpenDeadline, sofia: User
) -> None:
    opened()
    User.objects.update(language="")
    assert warn_of_outside_deadlines(now=morning(22)) == 2
    assert "3 days left." in render(Email.objects.get(to=sofia.email)).text


def test_a_later_beat_asks_no_more_for_many_than_for_one(
    opened: OpenDeadline,
    sofia: User,
    django_assert_num_queries: Callable[[int], AbstractContextManager[Any]],
) -> None:
    case = opened().case
    warn_of_outside_deadlines(now=morning(22))
    with django_assert_num_queries(QUERIES):
        assert warn_of_outside_deadlines(now=morning(22, hour=17)) == 0
    for number in range(9):
        opened(case=case, reference=f"261110-A{number}")
    with django_assert_num_queries(QUERIES + WRITING):
        assert warn_of_outside_deadlines(now=morning(22, hour=18)) == 18
    with django_assert_num_queries(QUERIES):
        assert warn_of_outside_deadlines(now=morning(22, hour=19)) == 0


def test_a_day_missed_by_the_clock_is_named_after_all(opened: OpenDeadline, sofia: User) -> None:
    opened()
    assert warn_of_outside_deadlines(now=morning(27)) == 2  # Ana, whose case it is, too
    assert "El plazo ya venció." in render(Email.objects.get(to=sofia.email)).text


def test_an_answer_ends_the_warnings(
    opened: OpenDeadline, ana: User, sofia: User, now: datetime
) -> None:
    deadline = opened()
    warn_of_outside_deadlines(now=morning(22))
    [kept_back, _] = Email.objects.filter(template__key="outside_deadline")
    assert not is_obsolete(kept_back, morning(22))
    for wrong, code in ((date(2026, 11, 9), "outside_order"), (date(2026, 11, 19), "day_future")):
        with pytest.raises(ValidationError) as refused:
            answer_outside_deadline(deadline=deadline, answered_on=wrong, by=ana, now=now)
        assert refused.value.code == code
    day = date(2026, 11, 18)
    assert answer_outside_deadline(deadline=deadline, answered_on=day, by=ana, now=now)
    assert not answer_outside_deadline(deadline=deadline, answered_on=day, by=ana, now=now)
    assert warn_of_outside_deadlines(now=morning(25)) == 0
    assert is_obsolete(kept_back, morning(22))
    assert deadline.case.entries.filter(event="outside_answered").count() == 1
