"""A failing mail server is left alone by everyone, and tried again by one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise

import pytest

from mail import backoff, outbox
from mail.enums import EmailState
from mail.models import Email, MailChannel, SuppressedAddress
from mail.outbound import breaker
from mail.outbound.breaker import Leave
from mail.outbound.streak import BELIEVED, TURNED_AWAY
from tests.mail.conftest import Clock
from tests.mail.smtp_server import STALL, ScriptedServer
from tests.threads import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def away(server: ScriptedServer, post: Callable[..., Email], clock: Clock) -> MailChannel:
    """The server refused the first mail's connection."""
    post()
    server.next("OPEN", "421 closed")
    outbox.drain(now=clock)
    return MailChannel.objects.get()


def test_no_mail_is_touched_while_the_server_is_away(
    away: MailChannel, server: ScriptedServer, post: Callable[..., Email], clock: Clock
) -> None:
    waiting = [post(), Email.objects.first()]
    before = [each.next_attempt_at for each in waiting if each]
    for _ in range(3):
        assert str(outbox.drain(now=clock)) == "trouble=open 421"
    assert server.connections == 1
    assert list(Email.objects.values_list("attempts", flat=True)) == [0, 0]
    assert {*Email.objects.values_list("next_attempt_at", flat=True)} == {*before}


def test_one_tries_again_and_the_others_wait_for_it(away: MailChannel, clock: Clock) -> None:
    clock.move(minutes=1)
    first, second = (breaker.ask("smtp", now=clock.now) for _ in range(2))
    assert (first.leave, second.leave) == (Leave.PROBE, Leave.WAIT)
    breaker.worked("smtp", first)
    assert breaker.ask("smtp", now=clock.now) == breaker.SEND


@pytest.mark.django_db(transaction=True)
def test_however_many_ask_at_once_one_tries(away: MailChannel, clock: Clock) -> None:
    clock.move(minutes=1)
    asked = at_once(*[lambda: breaker.ask("smtp", now=clock.now)] * 8)
    leaves = [permit.leave for permit in asked if isinstance(permit, breaker.Permit)]
    assert (leaves.count(Leave.PROBE), leaves.count(Leave.WAIT)) == (1, 7)


def test_one_mail_is_risked(
    away: MailChannel, server: ScriptedServer, post: Callable[..., Email], clock: Clock
) -> None:
    for _ in range(4):
        post()
    clock.move(minutes=1)
    server.next("MAIL", STALL)
    assert outbox.drain(now=clock).trouble == "mail no answer"
    assert sum(Email.objects.values_list("attempts", flat=True)) == 1
    clock.move(minutes=2)
    assert outbox.drain(now=clock).sent == 5
    away.refresh_from_db()
    assert (away.paused_since, away.paused_until, away.failures, away.error) == (None, None, 0, "")


def test_whoever_dies_trying_is_replaced(away: MailChannel, clock: Clock) -> None:
    clock.move(minutes=1)
    dead = breaker.ask("smtp", now=clock.now)
    clock.move(minutes=2)
    assert breaker.ask("smtp", now=clock.now).leave == Leave.PROBE
    breaker.worked("smtp", dead)  # it was only slow, and no longer matters
    assert MailChannel.objects.get().paused_since is not None


def test_pauses_grow(away: MailChannel, server: ScriptedServer, clock: Clock) -> None:
    server.next("OPEN", *["421 closed"] * 100)
    start, tries = clock.now, []
    while clock.now - start < timedelta(hours=4):
        if server.connections > len(tries) + 1:
            tries.append(clock.now)
        clock.move(seconds=20)
        outbox.drain(now=clock)
    gaps = [later - earlier for earlier, later in pairwise(tries)]
    assert len(tries) < 40
    assert gaps[0] < timedelta(minutes=2)
    assert timedelta(minutes=20) < gaps[-1] < backoff.LONGEST_PAUSE + timedelta(minutes=2)


def test_somebody_waiting_for_a_code_is_a_reason_to_try_sooner(
    away: MailChannel,
    server: ScriptedServer,
    post_code: Callable[..., Email],
    clock: Clock,
) -> None:
    MailChannel.objects.update(paused_since=clock.now - timedelta(hours=2))
    clock.move(seconds=21)
    assert outbox.drain(now=clock).tried == 0
    code = post_code(now=clock.now)
    server.next("OPEN", "421 closed")
    outbox.drain(now=clock)
    assert server.connections == 2
    for _ in range(5):  # but not at every call
        outbox.drain(now=clock)
    assert server.connections == 2
    clock.move(seconds=21)
    assert outbox.drain(now=clock).sent == 2
    code.refresh_from_db()
    assert code.state == EmailState.SENT


def test_who_fails_late_adds_nothing(away: MailChannel, clock: Clock) -> None:
    clock.move(seconds=1)
    breaker.failed("smtp", breaker.SEND, error="late", refusing=True, now=clock.now)
    now = MailChannel.objects.get()
    assert (now.paused_until, now.failures) == (away.paused_until, 1)


def test_try_that_asked_the_server_nothing_is_given_back(
    away: MailChannel,
    server: ScriptedServer,
    post: Callable[..., Email],
    clock: Clock,
) -> None:
    """The first due mail can't even be built."""
    Email.objects.update(params={})
    good = post(now=clock.move(seconds=1))
    clock.move(minutes=1)
    done = outbox.drain(now=clock)
    assert (done.failed, done.sent) == (1, 1)
    good.refresh_from_db()
    assert good.state == EmailState.SENT


def crowd(post: Callable[..., Email], clock: Clock, count: int = 30) -> None:
    """Each to an address of its own."""
    for number in range(count):
        post(to=f"customer{number}@example.com", now=clock.move(microseconds=1))


def all_go_out(clock: Clock) -> bool:
    """In a few hours, now that the server is well."""
    for _ in range(20):
        outbox.drain(now=clock)
        clock.move(minutes=30)
    return not Email.objects.filter(state=EmailState.PENDING).exists()


@pytest.mark.parametrize("limit", [None, 1])
@pytest.mark.parametrize(
    ("command", "answer", "error"),
    [
        ("MAIL", "421 leaving", "mail 421"),
        ("RCPT", "421 leaving", "rcpt 421"),
        ("DATA", "421 leaving", "data 421"),
        ("DOT", "421 leaving", "text 421"),
        ("MAIL", "451 4.7.1 not now", "mail 451 4.7.1"),
        ("MAIL", "452 disk full", "mail 452"),
        ("RCPT", "451 4.3.0 no lookup", "rcpt 451 4.3.0"),
    ],
)
def test_server_that_turns_everybody_away_is_left_alone(
    command: str,
    answer: str,
    error: str,
    limit: int | None,
    server: ScriptedServer,
    post: Callable[..., Email],
    clock: Clock,
) -> None:
    crowd(post, clock)
    server.next(command, *[answer] * 200)
    for _ in range(5):
        done = outbox.drain(now=clock, limit=limit)
    assert done.trouble == error
    assert server.connections <= 1 + TURNED_AWAY
    tried = Email.objects.filter(attempts__gt=0)
    assert (tried.count(), MailChannel.objects.get().failures) == (TURNED_AWAY, TURNED_AWAY)
    clock.move(minutes=1)
    outbox.drain(now=clock)  # one tries, and is turned away
    assert sum(Email.objects.values_list("attempts", flat=True)) == TURNED_AWAY + 1
    assert MailChannel.objects.get().paused_since is not None
    server.answers.clear()
    assert all_go_out(clock)
    assert MailChannel.objects.get().failures == 0


def test_server_that_turns_some_away_is_not(
    server: ScriptedServer, post: Callable[..., Email], clock: Clock
) -> None:
    """One 421 is the end of a connection, whatever comes in between."""
    crowd(post, clock)
    server.next("RCPT", *["421 leaving", "421 leaving", "250 go on", "450 busy"] * 10)
    assert outbox.drain(now=clock).trouble == ""
    assert not MailChannel.objects.filter(paused_since__isnull=False).exists()


@pytest.mark.parametrize("limit", [None, 1])
def test_relay_that_does_not_know_us_costs_no_mail(
    limit: int | None,
    server: ScriptedServer,
    post: Callable[..., Email],
    post_code: Callable[..., Email],
    clock: Clock,
) -> None:
    crowd(post, clock)
    code = post_code()
    server.next("RCPT", *["554 5.7.1 <x>: Relay access denied"] * 200)
    for _ in range(6):
        done = outbox.drain(now=clock, limit=limit)
    assert done.trouble == "rcpt 554 5.7.1"
    assert set(Email.objects.values_list("state", flat=True)) == {EmailState.PENDING}
    assert Email.objects.filter(attempts__gt=0).count() == BELIEVED + 1
    assert not SuppressedAddress.objects.exists()
    for _ in range(20):
        clock.move(minutes=30)
        outbox.drain(now=clock)
    case_mails = Email.objects.filter(is_secret=False)
    assert set(case_mails.values_list("state", flat=True)) == {EmailState.PENDING}
    server.answers.clear()
    assert all_go_out(clock)
    assert case_mails.filter(state=EmailState.SENT).count() == 30
    code.refresh_from_db()
    assert code.error == "expired"


@pytest.mark.parametrize("limit", [None, 1])
def test_relay_that_says_it_of_each_address_is_soon_not_believed(
    limit: int | None, server: ScriptedServer, post: Callable[..., Email], clock: Clock
) -> None:
    crowd(post, clock)
    server.next("RCPT", *["550 relay not permitted"] * 200)
    for _ in range(6):
        done = outbox.drain(now=clock, limit=limit)
    assert done.trouble == "rcpt 550"
    for _ in range(20):
        clock.move(minutes=30)
        outbox.drain(now=clock)
    assert Email.objects.filter(state=EmailState.FAILED).count() == BELIEVED
    assert SuppressedAddress.objects.count() == BELIEVED
    server.answers.clear()
    assert all_go_out(clock)
    assert Email.objects.filter(state=EmailState.SENT).count() == 30 - BELIEVED
    assert MailChannel.objects.get().refused == []


def test_dead_addresses_among_living_ones_are_believed(
    server: ScriptedServer, post: Callable[..., Email], clock: Clock
) -> None:
    crowd(post, clock)
    server.next("RCPT", *["550 nobody", "550 nobody", "550 nobody", "250 go on"] * 7)
    done = outbox.drain(now=clock)
    assert (done.failed, done.sent, done.trouble) == (21, 9, "")
    assert SuppressedAddress.objects.count() == 21


def test_mailbox_that_does_not_want_us_stops_nobody(
    server: ScriptedServer, post: Callable[..., Email], clock: Clock
) -> None:
    """The server accepts others in the meantime, so it isn't us it refuses."""
    mail = post()
    crowd(post, clock, 3)
    server.next("RCPT", "550 5.7.1 members only")
    assert outbox.drain(now=clock).sent == 3
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == (EmailState.PENDING, 1)
    server.next("RCPT", "550 5.7.1 members only")
    outbox.drain(now=lambda: clock.now + timedelta(minutes=1))
    mail.refresh_from_db()
    assert (mail.state, mail.error) == (EmailState.FAILED, "rcpt 550 5.7.1")
    assert not SuppressedAddress.objects.exists()


def test_pause_of_a_clock_far_ahead_is_over(
    away: MailChannel, server: ScriptedServer, clock: Clock
) -> None:
    year = timedelta(days=365)
    MailChannel.objects.update(paused_since=clock.now + year, paused_until=clock.now + year)
    server.next("OPEN", "421 closed")
    assert outbox.drain(now=clock).trouble == "open 421"
    away.refresh_from_db()
    assert away.paused_since == clock.now
    assert away.paused_until is not None
    assert away.paused_until < clock.now + timedelta(minutes=1)
    clock.move(minutes=2)
    assert outbox.drain(now=clock).sent == 1
