"""What each answer of a mail server means for the mail, and for the ones after it."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError

from leases.models import Customer, Lease, LeaseMail
from mail import backoff, outbox
from mail.answers import SENT, Outcome
from mail.enums import EmailState
from mail.kinds import kind_of
from mail.models import Email, EmailTemplate, MailChannel
from mail.outbound.policy import MOST_UNANSWERED, at_most_once
from mail.outbound.smtp import SmtpChannel
from tests.mail.conftest import LEASE_MAILS, Clock
from tests.mail.smtp_server import DRIP, DROP, LATE, STALL, ScriptedServer
from tests.mails import TEXTS
from tests.patience import PATIENCE

pytestmark = pytest.mark.django_db

S = EmailState
# command, answer → state of the mail, its error, does the next mail go out in the same drain
TABLE = [
    ("RCPT", "421 leaving", S.PENDING, "rcpt 421", True),
    ("RCPT", "450 mailbox busy", S.PENDING, "rcpt 450", True),
    ("RCPT", "550 no such mailbox", S.FAILED, "rcpt 550", True),
    ("MAIL", "451 try later", S.PENDING, "mail 451", True),
    ("MAIL", "550 not from you", S.PENDING, "mail 550", False),
    ("DATA", "451 try later", S.PENDING, "data 451", True),
    ("DATA", "554 no", S.FAILED, "data 554", True),
    ("DOT", "451 try later", S.PENDING, "text 451", True),
    ("DOT", "554 looks like spam", S.FAILED, "text 554", True),
    ("OPEN", "554 no mail service", S.PENDING, "", False),
    ("OPEN", "421 too many", S.PENDING, "", False),
    ("OPEN", STALL, S.PENDING, "", False),
    ("OPEN", DROP, S.PENDING, "", False),
    ("MAIL", STALL, S.PENDING, "mail no answer", False),
    ("DATA", STALL, S.PENDING, "data no answer", False),
    ("DATA", "450 busy", S.PENDING, "data 450", True),
    ("RCPT", "450 4.2.1 busy", S.PENDING, "rcpt 450 4.2.1", True),
    ("RCPT", STALL, S.PENDING, "rcpt no answer", False),
    ("RCPT", DROP, S.PENDING, "rcpt no answer", False),
    ("RCPT", "what", S.PENDING, "rcpt no answer", False),
    ("DOT", STALL, S.PENDING, "text no answer", False),
    ("DOT", DROP, S.PENDING, "text no answer", False),
]


PARAMS: dict[str, dict[str, Any]] = {
    "sign_in_code": {"code": "482913", "minutes": 10},
    "password_reset": {"customer_name": "Ana Torres", "link": "https://example.com/"},
    **LEASE_MAILS,
}


def paused(clock: Clock) -> bool:
    until = MailChannel.objects.get().paused_until
    return until is not None and until > clock.now


@pytest.mark.parametrize(("command", "answer", "state", "error", "goes_on"), TABLE)
def test_answer(
    command: str,
    answer: str,
    state: str,
    error: str,
    goes_on: bool,
    server: ScriptedServer,
    post: Callable[..., Email],
    clock: Clock,
) -> None:
    first = post()
    second = post(to="dan@example.com", now=clock.now + timedelta(microseconds=1))
    clock.move(seconds=1)
    server.next(command, answer)
    done = outbox.drain(now=clock)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.error) == (state, error)
    assert second.state == (S.SENT if goes_on else S.PENDING)
    assert bool(done.trouble) is not goes_on
    assert first.owner is None
    if state == S.PENDING:
        assert first.next_attempt_at <= clock.now + backoff.FIRST
    if not goes_on:
        assert second.attempts == 0
        assert paused(clock)


def test_what_takes_something_away_or_opens_an_account_is_sent_once_at_most() -> None:
    assert {
        "sign_in_code", "password_reset",
        "approval_expired", "contracts_expired", "promise_broken", "plan_payment_missed",
        "plan_cancelled", "payment_reversed", "return_voided",
    } == set(at_most_once())  # fmt: skip


@pytest.mark.parametrize(
    "template", sorted((PARAMS.keys() & at_most_once()) - {"plan_payment_missed"})
)
@pytest.mark.parametrize("silence", [STALL, DROP])
def test_mail_at_most_once_that_may_have_arrived_is_uncertain(
    template: str,
    silence: str,
    server: ScriptedServer,
    post: Callable[..., Email],
    clock: Clock,
) -> None:
    """One that takes something away keeps its words, for whoever decides; a code doesn't."""
    is_secret = kind_of(template).is_secret
    mail = post(template, params=PARAMS[template])
    server.next("DOT", silence)
    assert outbox.drain(now=clock).uncertain == 1
    clock.move(hours=9)
    assert outbox.drain(now=clock).tried == 0
    mail.refresh_from_db()
    assert (mail.state, mail.error) == (S.UNCERTAIN, "text no answer")
    assert mail.params == ({} if is_secret else PARAMS[template])
    assert len(server.stored) == 1


@pytest.mark.parametrize("stage", ["MAIL", "RCPT", "DATA"])
def test_mail_at_most_once_that_did_not_arrive_goes_out(
    stage: str, server: ScriptedServer, post: Callable[..., Email], clock: Clock
) -> None:
    """Before its text is sent, silence means: not sent."""
    mail = post("plan_cancelled", params=PARAMS["plan_cancelled"])
    server.next(stage, STALL)
    assert outbox.drain(now=clock).later == 1
    clock.move(minutes=1)
    assert outbox.drain(now=clock).sent == 1
    mail.refresh_from_db()
    assert mail.attempts == 2


@pytest.mark.parametrize("stage", ["OPEN", "EHLO", "DATA", "DOT"])
def test_answer_that_comes_drop_by_drop_is_none(
    stage: str, server: ScriptedServer, post: Callable[..., Email], clock: Clock
) -> None:
    mail = post("plan_cancelled", params=PARAMS["plan_cancelled"])
    server.next(stage, DRIP)
    started = time.monotonic()
    outbox.drain(now=clock)
    assert time.monotonic() - started < PATIENCE / 2  # and not until the server gives up
    mail.refresh_from_db()
    assert mail.state == (S.UNCERTAIN if stage == "DOT" else S.PENDING)


def test_no_second_connection_is_made_for_a_mail_whose_time_is_over(
    settings: Any, server: ScriptedServer, post: Callable[..., Email], clock: Clock
) -> None:
    with SmtpChannel() as way:
        letter = way.prepare(post())
        assert way.deliver(letter, seconds=20, hold=bool) == SENT
        server.next("MAIL", STALL)  # the connection has ended, and no one says so
        settings.EMAIL_TIMEOUT = 5
        assert way.deliver(letter, seconds=1.2, hold=bool).outcome == Outcome.AWAY
    assert server.connections == 1


def test_all_arrive_once_the_server_is_back(
    server: ScriptedServer, post: Callable[..., Email], clock: Clock
) -> None:
    post(), post()
    server.next("OPEN", "421 restarting")
    outbox.drain(now=clock)
    clock.move(minutes=1)
    assert outbox.drain(now=clock).sent == 2
    assert len(server.stored) == 2


def test_many_mails_share_a_connection(
    server: ScriptedServer, post: Callable[..., Email], clock: Clock
) -> None:
    for _ in range(5):
        post()
    assert outbox.drain(now=clock).sent == 5
    assert server.connections == 1


def test_connection_that_ended_between_mails_is_replaced(
    server: ScriptedServer, post: Callable[..., Email], clock: Clock
) -> None:
    post(), post()
    server.next("MAIL", "250 ok", "421 enough for one connection")
    assert outbox.drain(now=clock).sent == 2
    assert server.connections == 2
    assert not Email.objects.exclude(error="").exists()


def test_case_mail_that_may_have_arrived_goes_out_again_under_the_same_id(
    server: ScriptedServer, post: Callable[..., Email], clock: Clock
) -> None:
    mail = post()
    server.next("DOT", STALL)
    assert outbox.drain(now=clock).later == 1
    clock.move(minutes=1)
    assert outbox.drain(now=clock).sent == 1
    ids = {message["Message-ID"] for message in server.messages}
    assert len(server.stored) == 2
    assert len(ids) == 1
    mail.refresh_from_db()
    assert (mail.attempts, mail.error) == (2, "")


@pytest.mark.parametrize("silence", [STALL, DROP])
def test_mail_that_may_have_arrived_often_is_uncertain(
    silence: str, server: ScriptedServer, post: Callable[..., Email], clock: Clock
) -> None:
    """A server that stores and then hangs up would get copies for days."""
    mail = post()
    server.next("DOT", *[silence] * 100)
    for _ in range(50):
        outbox.drain(now=clock)
        clock.move(hours=1)
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.error) == (S.UNCERTAIN, 3, "text no answer")
    assert len(server.stored) == MOST_UNANSWERED == 3


@pytest.mark.parametrize(("is_ours", "outcome"), [(True, Outcome.SENT), (False, Outcome.UNKNOWN)])
def test_server_has_longer_for_its_last_answer(
    is_ours: bool, outcome: Outcome, server: ScriptedServer, post: Callable[..., Email]
) -> None:
    """As long as the mail is ours; it checks the mail after the time-out of every command."""

    def hold() -> bool:
        server.patient.set()
        return is_ours

    server.next("DOT", LATE)
    with SmtpChannel() as way:
        letter = way.prepare(post())
        assert way.deliver(letter, seconds=20, hold=hold).outcome == outcome
    assert server.patient.is_set()


@pytest.mark.parametrize("silence", [STALL, DROP])
def test_code_that_may_have_arrived_does_not(
    silence: str, server: ScriptedServer, post_code: Callable[..., Email], clock: Clock
) -> None:
    mail = post_code()
    server.next("DOT", silence)
    assert outbox.drain(now=clock).uncertain == 1
    clock.move(minutes=5)
    assert outbox.drain(now=clock).tried == 0
    mail.refresh_from_db()
    assert (mail.state, mail.params) == (S.UNCERTAIN, {})
    assert len(server.stored) == 1


def test_code_that_did_not_arrive_is_tried_again(
    server: ScriptedServer, post_code: Callable[..., Email], clock: Clock
) -> None:
    mail = post_code()
    server.next("RCPT", "451 greylisted")
    outbox.drain(now=clock)
    mail.refresh_from_db()
    assert (mail.state, mail.said.code) == (S.PENDING, "482913")
    clock.move(minutes=1)
    outbox.drain(now=clock)
    mail.refresh_from_db()
    assert (mail.state, mail.params) == (S.SENT, {})


def test_code_that_opens_nothing_any_more_stays_here(
    server: ScriptedServer, post_code: Callable[..., Email], clock: Clock
) -> None:
    mail = post_code()
    clock.move(minutes=10)
    assert outbox.drain(now=clock).failed == 1
    mail.refresh_from_db()
    assert (mail.state, mail.error, mail.params) == (S.FAILED, "expired", {})
    assert server.stored == []


def test_somebody_waiting_for_a_code_goes_first(
    server: ScriptedServer,
    post: Callable[..., Email],
    post_code: Callable[..., Email],
    clock: Clock,
) -> None:
    post(), post(), post_code(now=clock.move(seconds=1))
    outbox.drain(now=clock, limit=1)
    assert "482 913" in server.stored[0].decode()


def test_mail_that_cannot_be_made_stops_no_other(
    server: ScriptedServer, post: Callable[..., Email], clock: Clock
) -> None:
    poison = [
        post(params={}),
        post(params={"case_number": "26", "status": "made up"}),
        post(to="ñandú@example.com"),
        post(to="no address"),
    ]
    good = post()
    done = outbox.drain(now=clock)
    assert (done.failed, done.sent) == (4, 1)
    for mail in poison:
        mail.refresh_from_db()
        assert mail.state == S.FAILED
        assert mail.error.startswith("render ")
    good.refresh_from_db()
    assert good.state == S.SENT


def test_row_that_cannot_be_judged_stops_no_other(
    lease: Lease, server: ScriptedServer, post: Callable[..., Email], clock: Clock
) -> None:
    """Neither in this batch nor by being claimed again and again."""
    Customer.objects.filter(leases=lease).update(time_zone="Mars/Base")
    params = LEASE_MAILS["contracts_expired"] | {"account_number": lease.account_number}
    gone = post("plan_cancelled")
    retired = EmailTemplate.objects.create(
        key="no_longer_sent", at=clock.now, **TEXTS["plan_cancelled"]
    )
    Email.objects.filter(pk=gone.pk).update(template=retired)  # what is it?
    poison = [
        post("contracts_expired", params=params, links=[LeaseMail(lease=lease)]),  # when may it go?
        post("contracts_expiring", params={"account_number": "1"}),  # is it still true?
        gone,
    ]
    good = post(now=clock.move(seconds=1), to="dan@example.com")
    done = outbox.drain(now=clock)
    assert (done.failed, done.sent) == (3, 1)
    for mail in poison:
        mail.refresh_from_db()
        assert (mail.state, mail.owner) == (S.FAILED, None)
        assert mail.error.startswith("render ")
    good.refresh_from_db()
    assert good.state == S.SENT


def test_database_that_fails_costs_no_mail(
    server: ScriptedServer,
    post: Callable[..., Email],
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def gone(*about: object) -> bool:
        raise OperationalError

    mail = post()
    monkeypatch.setattr("mail.outbound.drain.ruled_out", gone)
    with pytest.raises(OperationalError):
        outbox.drain(now=clock)
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.owner) == (S.PENDING, 0, None)


def test_tries_end_after_some_days(
    server: ScriptedServer, post: Callable[..., Email], clock: Clock
) -> None:
    mail = post()
    Email.objects.update(attempts=backoff.MOST_ATTEMPTS - 1)
    server.next("RCPT", "450 mailbox busy")
    assert outbox.drain(now=clock).failed == 1
    mail.refresh_from_db()
    assert (mail.state, mail.error) == (S.FAILED, "gave_up rcpt 450")


def test_refused_sign_in_leaves_the_server_alone(
    settings: Any, server: ScriptedServer, post: Callable[..., Email], clock: Clock
) -> None:
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "puente", "wrong"
    server.next("EHLO", "250-hello\r\n250 AUTH PLAIN")
    server.next("AUTH", "535 wrong password")
    post()
    assert outbox.drain(now=clock).trouble == "auth 535"
    until = MailChannel.objects.get().paused_until
    assert until is not None
    assert until >= clock.now + backoff.REFUSING / 2


@pytest.mark.parametrize("field", ["EMAIL_HOST_USER", "EMAIL_HOST_PASSWORD"])
def test_sign_in_that_smtp_cannot_say_is_refused(
    field: str, settings: Any, server: ScriptedServer, post: Callable[..., Email], clock: Clock
) -> None:
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = "puente"
    setattr(settings, field, "contraseña")
    server.next("EHLO", "250-hello\r\n250 AUTH PLAIN")
    post()
    assert outbox.drain(now=clock).trouble == "auth UnicodeEncodeError"
    assert paused(clock)
    assert Email.objects.get().attempts == 0


def test_logs_hold_no_address(
    server: ScriptedServer,
    post: Callable[..., Email],
    clock: Clock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    post()
    server.next("RCPT", "550 <carla@example.com> is unknown")
    outbox.drain(now=clock)
    assert "rcpt 550" in caplog.text
    assert "carla" not in caplog.text.lower()
