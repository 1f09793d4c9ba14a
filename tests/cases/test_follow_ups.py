"""Follow-ups: what is planned goes out once, in time, while there is a reason for it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import User
from cases import actions
from cases.enums import CancelReason, Event, FollowUpRule, Visibility
from cases.events import describe
from cases.models import Case, Entry, FollowUp
from leases import actions as lease_actions
from leases.models import Customer, Lease
from mail.kinds import label_of
from mail.models import Email
from tests.mails import install, is_obsolete
from tests.moves import move
from tests.threads import at_once

FRIDAY = date(2026, 11, 20)
SATURDAY, MONDAY = date(2026, 11, 21), date(2026, 11, 23)
#: For one batch of rows: what is due, entries, follow-ups, whose turn it is, mails; and two that
#: find nothing, with the begin and end of each transaction.
SENDING = 22
FRIDAY_FIVE = datetime(2026, 11, 20, 23, 0, tzinfo=UTC)  # in the evening in Chicago


@pytest.fixture
def case(open_case: Callable[..., Case]) -> Case:
    return open_case()


@pytest.fixture
def plan(case: Case, ana: User, now: datetime) -> Callable[..., FollowUp]:
    def planned(**fields: Any) -> FollowUp:
        if fields.get("rule", FollowUpRule.ON_DAY) in {"on_day", "store_silent"}:
            fields.setdefault("on", FRIDAY)
        values = {"case": case, "message": "¿Le llamó la tienda?", "by": ana, "now": now}
        return actions.set_follow_up(**(values | fields))

    return planned


@pytest.fixture
def wait_for_store(case: Case, ana: User, now: datetime) -> Callable[[str], Case]:
    """Takes the case to a status."""

    def taken(status: str = "waiting_store") -> Case:
        fresh = Case.objects.get(pk=case.pk)
        update = move(status)
        return actions.update_case(
            case=fresh, version=fresh.version, update=update, by=ana, now=now
        )

    return taken


def code(error: pytest.ExceptionInfo[ValidationError]) -> str | None:
    return error.value.error_list[0].code


def events(case: Case) -> list[str]:
    return list(case.entries.exclude(event="").order_by("at", "pk").values_list("event", flat=True))


@pytest.mark.requirement("R5", "R19")
@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"on": FRIDAY}, "2026-11-20 23:00"),
        ({"on": SATURDAY}, "2026-11-23 23:00"),  # not one of Carla's days
        ({"rule": "business_days", "days": 3}, "2026-11-23 23:00"),
        ({"rule": "window_ends"}, "2026-11-19 01:00"),  # an hour before eight
    ],
)
def test_each_rule_makes_a_moment_in_the_customers_hours(
    plan: Callable[..., FollowUp], fields: dict[str, Any], at: str
) -> None:
    follow_up = plan(**fields)
    assert follow_up.send_at == datetime.fromisoformat(at).replace(tzinfo=UTC)
    assert actions.send_follow_ups(now=follow_up.send_at - timedelta(seconds=1)) == 0
    assert actions.send_follow_ups(now=follow_up.send_at) == 1
    assert actions.send_follow_ups(now=follow_up.send_at) == 0
    mail = Email.objects.get(key=f"follow_up:{follow_up.pk}")
    assert (mail.language, mail.to, mail.template.key) == ("es", "carla@example.com", "follow_up")


@pytest.mark.django_db(transaction=True)
def test_the_same_said_twice_is_one(plan: Callable[..., FollowUp], case: Case, ana: User) -> None:
    """As by a double click: one plan, one event, one mail."""
    first, second = at_once(plan, plan)
    assert first == second == FollowUp.objects.get()
    assert events(case).count(Event.FOLLOW_UP_SET) == 1
    assert plan(message="¿Y la tienda?") != first
    actions.cancel_follow_up(follow_up=first, by=ana, now=first.at)
    assert plan() != first


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"on": None}, "follow_up_day"),
        ({"on": date(2026, 11, 17)}, "follow_up_past"),
        ({"rule": "business_days"}, "follow_up_days"),
        ({"rule": "business_days", "days": 0}, "follow_up_days"),
        ({"rule": "business_days", "days": 61}, "follow_up_days"),
        ({"rule": "store_silent"}, "follow_up_not_waiting"),
        ({"message": ""}, "follow_up_message"),
        ({"template": "sign_in_code"}, "follow_up_template"),
        ({"template": "status_changed"}, "follow_up_message_unused"),
        ({"template": "evidence_requested"}, "follow_up_nothing_asked"),
        ({"template": "return_steps", "message": ""}, "not_a_return"),  # it is a late payment
        ({"channel": "letter"}, "follow_up_channel"),
    ],
)
def test_what_makes_no_sense_is_refused(
    plan: Callable[..., FollowUp], fields: dict[str, Any], expected: str
) -> None:
    with pytest.raises(ValidationError) as error:
        plan(**fields)
    assert code(error) == expected
    assert not FollowUp.objects.exists()


def test_nothing_is_planned_for_a_case_that_ended(
    plan: Callable[..., FollowUp], wait_for_store: Callable[[str], Case]
) -> None:
    wait_for_store("resolved")
    with pytest.raises(ValidationError) as error:
        plan()
    assert code(error) == "follow_up_case_ended"


def test_only_who_works_cases_plans(plan: Callable[..., FollowUp], mateo: User) -> None:
    with pytest.raises(PermissionDenied):
        plan(by=mateo)


@pytest.mark.requirement("R5", "R43")
@pytest.mark.parametrize("template", ["status_changed", "return_steps", "evidence_requested"])
def test_a_follow_up_may_have_another_text_in_another_language(
    open_case: Callable[..., Case],
    plan: Callable[..., FollowUp],
    ana: User,
    now: datetime,
    template: str,
) -> None:
    case = open_case(kind="return")
    asked = actions.request_evidence(case=case, slots=["photos", "receipts"], by=ana, now=now)
    assert asked.event == Event.EVIDENCE_REQUESTED
    case.refresh_from_db()
    follow_up = plan(case=case, template=template, message="", language="en")
    assert actions.send_follow_ups(now=follow_up.send_at) == 1
    mail = Email.objects.get(key=f"follow_up:{follow_up.pk}")
    assert (mail.template.key, mail.language) == (template, "en")
    assert mail.params.get("slots", ["photos", "receipts"]) == ["photos", "receipts"]
    store = "Mueblería Luna · Luna San Antonio"  # as the button on the page of the case names it
    assert mail.params.get("store", store) == store
    entry = mail.casemail.entry
    assert entry is not None
    assert entry.visibility == Visibility.PUBLIC
    assert str(label_of(template)) in describe(entry, for_customer=True)


@pytest.mark.requirement("R5", "R54")
@pytest.mark.parametrize(
    ("chosen", "message", "expected"),
    [
        ({"template": "status_changed"}, "", "en"),
        ({"template": "status_changed", "language": "es"}, "", "es"),
        ({"template": "follow_up"}, "¿Le llamó la tienda?", "es"),  # as it was written
    ],
)
def test_a_text_without_words_of_ours_speaks_as_the_customer_does_then(
    carla: Customer,
    plan: Callable[..., FollowUp],
    chosen: dict[str, str],
    message: str,
    expected: str,
) -> None:
    follow_up = plan(message=message, **chosen)
    assert follow_up.spoken == "es"
    Customer.objects.filter(pk=carla.pk).update(language="en")
    assert FollowUp.objects.get().spoken == expected
    assert actions.send_follow_ups(now=follow_up.send_at) == 1
    mail = Email.objects.get(key=f"follow_up:{follow_up.pk}")
    assert (mail.language, FollowUp.objects.get().language) == (expected, expected)


@pytest.mark.requirement("R5")
def test_without_the_stores_answer_the_customer_is_told(
    plan: Callable[..., FollowUp], wait_for_store: Callable[..., Case]
) -> None:
    wait_for_store()
    follow_up = plan(rule="store_silent")
    assert actions.send_follow_ups(now=follow_up.send_at) == 1


@pytest.mark.requirement("R5")
@pytest.mark.parametrize("channel", ["email", "phone"])
def test_once_the_store_has_confirmed_nobody_asks(
    case: Case,
    deliver: Callable[..., Lease],
    plan: Callable[..., FollowUp],
    wait_for_store: Callable[..., Case],
    now: datetime,
    channel: str,
) -> None:
    delivered = deliver("300000001")
    Case.objects.filter(pk=case.pk).update(lease=delivered)
    wait_for_store()
    follow_up = plan(rule="store_silent", channel=channel)
    lease_actions.return_merchandise(
        lease=delivered, returned_on=now.date(), by=None, now=now + timedelta(hours=1)
    )
    days_before = now + timedelta(hours=2)
    assert actions.send_follow_ups(now=days_before) == 0
    follow_up.refresh_from_db()
    assert follow_up.cancel_reason == CancelReason.STORE_CONFIRMED
    assert (follow_up.cancelled_at, follow_up.cancelled_by) == (days_before, None)
    assert actions.send_follow_ups(now=follow_up.send_at) == 0
    told = Entry.objects.get(event=Event.FOLLOW_UP_CANCELLED)
    assert "the store confirmed" in describe(told, for_customer=False)
    assert not Email.objects.filter(key=f"follow_up:{follow_up.pk}").exists()


def test_a_case_that_no_longer_waits_for_the_store_says_so(
    case: Case, plan: Callable[..., FollowUp], wait_for_store: Callable[..., Case]
) -> None:
    wait_for_store()
    stays = plan()
    plan(rule="store_silent")
    wait_for_store("in_progress")
    gone = FollowUp.objects.get(rule="store_silent")
    assert gone.cancel_reason == CancelReason.NOT_WAITING
    assert FollowUp.objects.pending().get() == stays
    assert events(case)[-1] == Event.STATUS_CHANGED


def test_a_case_that_ended_by_the_clock_takes_its_follow_ups_along(
    case: Case, plan: Callable[..., FollowUp]
) -> None:
    follow_up = plan()
    Case.objects.filter(pk=case.pk).update(status="resolved")
    assert actions.send_follow_ups(now=follow_up.send_at) == 0
    assert FollowUp.objects.get().cancel_reason == CancelReason.CASE_ENDED


@pytest.mark.requirement("R19")
def test_a_beat_that_was_dead_for_days_sends_nothing_at_night(
    case: Case, plan: Callable[..., FollowUp]
) -> None:
    plan()
    saturday_night = FRIDAY_FIVE + timedelta(days=1, hours=5)
    assert actions.send_follow_ups(now=saturday_night) == 0
    follow_up = FollowUp.objects.get()
    monday_five = FRIDAY_FIVE + timedelta(days=3)
    assert (follow_up.on, follow_up.send_at) == (MONDAY, monday_five)
    moved = Entry.objects.get(event=Event.FOLLOW_UP_MOVED)
    assert (moved.author, moved.params["on"]) == (None, "2026-11-23")
    assert actions.send_follow_ups(now=saturday_night) == 0
    assert actions.send_follow_ups(now=monday_five) == 1


@pytest.mark.requirement("R19")
def test_hours_the_customer_changed_meanwhile_count(
    carla: Customer, plan: Callable[..., FollowUp]
) -> None:
    plan()
    Customer.objects.filter(pk=carla.pk).update(available_from=time(8), available_to=time(10))
    assert actions.send_follow_ups(now=FRIDAY_FIVE) == 0
    assert FollowUp.objects.get().send_at == datetime(2026, 11, 23, 14, 0, tzinfo=UTC)


def test_a_clock_that_jumps_back_sends_nothing_twice(plan: Callable[..., FollowUp]) -> None:
    plan()
    assert actions.send_follow_ups(now=FRIDAY_FIVE + timedelta(hours=1)) == 1
    for moment in (FRIDAY_FIVE - timedelta(days=2), FRIDAY_FIVE, FRIDAY_FIVE + timedelta(hours=2)):
        assert actions.send_follow_ups(now=moment) == 0
    assert Email.objects.filter(key__startswith="follow_up:").count() == 1


def _broken(lease: object) -> dict[str, str]:
    raise KeyError("store")


def test_one_that_cannot_be_sent_does_not_stop_the_others(
    case: Case, plan: Callable[..., FollowUp], monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = plan(message="Primero"), plan()
    FollowUp.objects.filter(pk=bad.pk).update(template="return_steps")
    monkeypatch.setattr("cases.mails.follow_up_mail.return_facts", _broken)
    assert actions.send_follow_ups(now=FRIDAY_FIVE) == 1
    assert Email.objects.filter(key=f"follow_up:{good.pk}").exists()
    assert FollowUp.objects.pending().get() == bad
    assert events(case).count(Event.FOLLOW_UP_SENT) == 1


def test_many_go_with_as_many_statements_as_one(
    plan: Callable[..., FollowUp],
    django_assert_num_queries: Callable[[int], AbstractContextManager[Any]],
) -> None:
    plan()
    install(now=FRIDAY_FIVE)
    with django_assert_num_queries(SENDING):
        assert actions.send_follow_ups(now=FRIDAY_FIVE) == 1
    for number in range(40):
        plan(message=f"Pregunta {number}")
    with django_assert_num_queries(SENDING):
        assert actions.send_follow_ups(now=FRIDAY_FIVE) == 40


def test_what_is_sent_or_cancelled_together_becomes_what_it_should(
    plan: Callable[..., FollowUp], wait_for_store: Callable[[str], Case]
) -> None:
    """Those of one batch are saved by result: nothing of the others is touched."""
    wait_for_store("waiting_store")
    spanish = plan()
    english = plan(language="en", message="Did the store call you?")
    silent = plan(rule="store_silent")
    wait_for_store("in_progress")
    before = FollowUp.objects.get(pk=spanish.pk)
    assert actions.send_follow_ups(now=FRIDAY_FIVE) == 2
    found = FollowUp.objects.in_bulk()
    assert [found[each.pk].language for each in (spanish, english)] == ["es", "en"]
    assert {found[each.pk].done_at for each in (spanish, english)} == {FRIDAY_FIVE}
    assert (found[spanish.pk].on, found[spanish.pk].send_at) == (before.on, before.send_at)
    assert (found[silent.pk].cancel_reason, found[silent.pk].done_at) == ("not_waiting", None)


def test_a_call_waits_until_it_is_made(
    case: Case, plan: Callable[..., FollowUp], ben: User, now: datetime
) -> None:
    call = plan(channel="phone", message="")
    assert actions.send_follow_ups(now=call.send_at + timedelta(days=3)) == 0
    assert not Email.objects.filter(key__startswith="follow_up:").exists()
    done = actions.finish_follow_up(follow_up=call, by=ben, now=now)
    assert (done.done_at, done.done_by) == (now, ben)
    assert events(case)[-1] == Event.FOLLOW_UP_DONE
    with pytest.raises(actions.StaleFollowUp) as error:
        actions.finish_follow_up(follow_up=call, by=ben, now=now)
    assert code(error) == "follow_up_gone"


def test_a_mail_is_not_marked_as_done_by_hand(
    plan: Callable[..., FollowUp], ana: User, now: datetime
) -> None:
    with pytest.raises(ValidationError) as error:
        actions.finish_follow_up(follow_up=plan(), by=ana, now=now)
    assert code(error) == "follow_up_is_mail"


@pytest.mark.requirement("R5")
def test_a_follow_up_moves_by_its_own_rule(
    case: Case, plan: Callable[..., FollowUp], ben: User, now: datetime
) -> None:
    follow_up = plan(rule="window_ends")
    seen = follow_up.on
    moved = actions.move_follow_up(
        follow_up=follow_up, to=SATURDAY, expected_on=seen, by=ben, now=now
    )
    assert (moved.on, moved.send_at) == (MONDAY, datetime(2026, 11, 24, 1, 0, tzinfo=UTC))
    told = Entry.objects.get(event=Event.FOLLOW_UP_MOVED)
    assert told.params | {"channel": ""} == {
        "before": "2026-11-18", "on": "2026-11-23", "channel": ""
    }  # fmt: skip
    assert actions.send_follow_ups(now=FRIDAY_FIVE) == 0


def test_counted_days_become_a_chosen_one_once_moved(
    plan: Callable[..., FollowUp], ben: User, now: datetime
) -> None:
    follow_up = plan(rule="business_days", days=3)
    moved = actions.move_follow_up(
        follow_up=follow_up, to=FRIDAY, expected_on=MONDAY, by=ben, now=now
    )
    assert (moved.rule, moved.send_at) == (FollowUpRule.ON_DAY, FRIDAY_FIVE)


def test_a_move_to_where_it_is_changes_nothing(
    case: Case, plan: Callable[..., FollowUp], ben: User, now: datetime
) -> None:
    follow_up = plan(on=MONDAY)
    before = events(case)
    actions.move_follow_up(follow_up=follow_up, to=SATURDAY, expected_on=MONDAY, by=ben, now=now)
    assert events(case) == before


def test_a_move_that_comes_too_late_says_why(
    plan: Callable[..., FollowUp], ana: User, ben: User, now: datetime
) -> None:
    def move(follow_up: FollowUp, to: date = MONDAY, expected_on: date = FRIDAY) -> str | None:
        with pytest.raises(ValidationError) as error:
            actions.move_follow_up(
                follow_up=follow_up, to=to, expected_on=expected_on, by=ben, now=now
            )
        return code(error)

    follow_up = plan()
    assert move(follow_up, expected_on=SATURDAY) == "follow_up_moved"
    assert move(follow_up, to=date(2026, 11, 17)) == "follow_up_past"
    assert actions.cancel_follow_up(follow_up=follow_up, by=ana, now=now)
    assert move(follow_up) == "follow_up_gone"
    sent = plan()
    actions.send_follow_ups(now=FRIDAY_FIVE)
    assert move(sent) == "follow_up_gone"


@pytest.mark.parametrize("status", ["in_progress", "resolved"])
def test_a_mail_that_waited_for_the_mail_server_needs_its_reason_too(
    plan: Callable[..., FollowUp],
    wait_for_store: Callable[..., Case],
    status: str,
) -> None:
    wait_for_store()
    plan(rule="store_silent")
    assert actions.send_follow_ups(now=FRIDAY_FIVE) == 1
    mail = Email.objects.get(key__startswith="follow_up:")
    assert not is_obsolete(mail, FRIDAY_FIVE)
    wait_for_store(status)
    assert is_obsolete(mail, FRIDAY_FIVE)


@pytest.mark.django_db(transaction=True)
@pytest.mark.requirement("R5")
def test_two_beats_at_once_send_each_follow_up_once(plan: Callable[..., FollowUp]) -> None:
    for each in range(20):
        plan(message=f"¿Llegó la {each}?")
    beats = [lambda: actions.send_follow_ups(now=FRIDAY_FIVE)] * 4
    sent = at_once(*beats)
    assert sum(each for each in sent if isinstance(each, int)) == 20, sent
    assert Email.objects.filter(key__startswith="follow_up:").count() == 20
    assert Entry.objects.filter(event=Event.FOLLOW_UP_SENT).count() == 20


@pytest.mark.django_db(transaction=True)
def test_of_two_who_move_it_at_once_one_is_told(
    plan: Callable[..., FollowUp], ana: User, ben: User, now: datetime
) -> None:
    follow_up = plan()

    def move(to: date, by: User) -> FollowUp:
        return actions.move_follow_up(
            follow_up=follow_up, to=to, expected_on=FRIDAY, by=by, now=now
        )

    days = (MONDAY, MONDAY + timedelta(days=1))
    answers = at_once(*(partial(move, day, by) for day, by in zip(days, (ana, ben), strict=True)))
    refused = [each for each in answers if isinstance(each, actions.StaleFollowUp)]
    assert [each.error_list[0].code for each in refused] == ["follow_up_moved"]
    assert Entry.objects.filter(event=Event.FOLLOW_UP_MOVED).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_move_and_a_beat_at_once_leave_one_truth(
    plan: Callable[..., FollowUp], ana: User, now: datetime
) -> None:
    """Sent on its day or moved to another: never both."""
    follow_up = plan()
    moved, sent = at_once(
        lambda: bool(
            actions.move_follow_up(
                follow_up=follow_up, to=MONDAY, expected_on=FRIDAY, by=ana, now=now
            )
        ),
        lambda: bool(actions.send_follow_ups(now=FRIDAY_FIVE)),
    )
    fresh = FollowUp.objects.get()
    assert bool(Email.objects.filter(key__startswith="follow_up:").count()) is sent
    assert (fresh.done_at is not None) is sent
    if sent:
        assert isinstance(moved, actions.StaleFollowUp)
    else:
        assert fresh.on == MONDAY
