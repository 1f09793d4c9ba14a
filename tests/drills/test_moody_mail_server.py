"""Whatever a mail server answers, or doesn't: the states of the mails, over a real loop."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.utils import timezone

from mail.enums import EmailState
from mail.models import Email, MailChannel, SuppressedAddress
from mail.outbound.policy import MOST_UNANSWERED
from mail.outbound.streak import BELIEVED, TURNED_AWAY
from tests.drills.checker import check
from tests.drills.moody_server import DROP, STALL, MoodyServer
from tests.drills.scale import scaled
from tests.mail.conftest import CASE_PARAMS, LEASE_MAILS
from tests.mail.processes import LOOP, Program, running, wait_for

pytestmark = [pytest.mark.drill, pytest.mark.django_db(transaction=True)]

EACH = scaled(1, 5)
AT_ONCE = 5
ALWAYS = 10_000
S = EmailState
CASE, NOTICE, CODE = "case_opened", "plan_cancelled", "sign_in_code"
PARAMS: dict[str, dict[str, Any]] = {
    CASE: CASE_PARAMS,
    NOTICE: LEASE_MAILS[NOTICE],
    CODE: {"code": "482913", "minutes": 10},
}


class Row(NamedTuple):
    command: str
    answer: str
    state: EmailState
    error: str = ""
    arrives: int = 1
    attempts: int = 2
    template: str = CASE
    times: int = 1  # how often it is answered so


#: What is answered once, and the mail's state when all is over.
TABLE = [
    Row("DOT", "250 stored", S.SENT, attempts=1),
    Row("DOT", "250 stored", S.SENT, attempts=1, template=NOTICE),
    Row("DOT", "250 stored", S.SENT, attempts=1, template=CODE),
    Row("RCPT", "421 leaving", S.SENT),
    Row("RCPT", "450 busy", S.SENT),
    Row("RCPT", "450 busy", S.PENDING, "rcpt 450", 0, times=ALWAYS),
    Row("RCPT", "550 nobody", S.FAILED, "rcpt 550", 0, 1),
    Row("RCPT", STALL, S.SENT),
    Row("RCPT", DROP, S.SENT),
    Row("DATA", "421 leaving", S.SENT),
    Row("DATA", "450 busy", S.SENT),
    Row("DATA", "554 no", S.FAILED, "data 554", 0, 1),
    Row("DATA", STALL, S.SENT),
    Row("DATA", DROP, S.SENT),
    Row("DATA", STALL, S.SENT, template=NOTICE),
    Row("DATA", STALL, S.SENT, template=CODE),
    Row("DOT", "421 leaving", S.SENT),
    Row("DOT", "450 busy", S.SENT),
    Row("DOT", "550 spam", S.FAILED, "text 550", 0, 1),
    Row("DOT", STALL, S.SENT, arrives=2),
    Row("DOT", DROP, S.SENT, arrives=2),
    Row("DOT", DROP, S.UNCERTAIN, "text no answer", MOST_UNANSWERED, times=ALWAYS),
    Row("DOT", STALL, S.UNCERTAIN, "text no answer", attempts=1, template=NOTICE),
    Row("DOT", DROP, S.UNCERTAIN, "text no answer", attempts=1, template=NOTICE),
    Row("DOT", STALL, S.UNCERTAIN, "text no answer", attempts=1, template=CODE),
    Row("DOT", DROP, S.UNCERTAIN, "text no answer", attempts=1, template=CODE),
]
#: What everyone is answered for a while, the error noted, how many mails that may cost.
MOODS = [
    ("OPEN", "421 too many", "open 421", 0),
    ("OPEN", "554 no service", "open 554", 0),
    ("OPEN", STALL, "open no answer", 0),
    ("OPEN", DROP, "open no answer", 0),
    ("EHLO", "421 leaving", "open no answer", 0),  # it has left before it is greeted otherwise
    ("MAIL", "550 not from you", "mail 550", 1),
    ("MAIL", STALL, "mail no answer", 1),
    ("MAIL", "452 disk full", "mail 452", TURNED_AWAY),
    ("RCPT", "421 leaving", "rcpt 421", TURNED_AWAY),
    ("RCPT", "554 5.7.1 relay access denied", "rcpt 554 5.7.1", BELIEVED + 1),
]


@pytest.fixture
def server(settings: Any) -> Iterator[MoodyServer]:
    server = MoodyServer()
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    yield server
    server.close()


@pytest.fixture
def loop(server: MoodyServer, tmp_path: Path) -> Iterator[Program]:
    # A busy machine's pauses must not count as a server's silence.
    with running(*LOOP, log=tmp_path / "log", EMAIL_TIMEOUT="2", OUTBOX_CLAIM_SECONDS="4") as loop:
        yield loop
        if loop.is_expected_to_run:
            assert loop.end() == 0


def hurry() -> None:
    """Skips the pauses and waits: they last up to minutes, and are tested elsewhere."""
    now = timezone.now()
    Email.objects.filter(state=S.PENDING, next_attempt_at__gt=now).update(next_attempt_at=now)
    MailChannel.objects.filter(paused_until__gt=now + timedelta(seconds=5)).update(
        paused_since=now, paused_until=now
    )


def settled() -> bool:
    """Only what the server refuses now is left."""
    hurry()
    moving = Email.objects.filter(state__in=[S.PENDING, S.CLAIMED, S.SENDING])
    return not moving.exclude(error="rcpt 450", attempts__gt=2).exists()


def test_table_of_states(server: MoodyServer, post: Callable[..., Email], loop: Program) -> None:
    mails: list[tuple[Row, Email]] = []
    for each in range(EACH):  # the same refusal several times in a row would mean something else
        for number, row in enumerate(TABLE):
            to = f"row{number}.{each}@example.com"
            server.plans[to] = [(row.command, row.answer)] * row.times
            mail = post(
                row.template,
                to=to,
                params=PARAMS[row.template],
                now=timezone.now(),
            )
            mails.append((row, mail))
    # Each silence takes its time, after a final dot the longest.
    wait_for(settled, what="an end of all mails", seconds=scaled(120.0, 400.0))
    assert loop.end() == 0  # otherwise it would try the mail no one accepts while we read
    wrong = []
    for row, mail in mails:
        mail.refresh_from_db()
        attempts = mail.attempts if row.times == 1 else row.attempts
        found = (mail.state, mail.error, server.came[str(mail.pk)], attempts)
        if found != (row.state, row.error, row.arrives, row.attempts):
            wrong.append((row, found))
    assert wrong == []
    refused = {mail.to for row, mail in mails if row.error == "rcpt 550"}
    assert set(SuppressedAddress.objects.values_list("address", flat=True)) == refused
    assert not Email.objects.filter(template__key=CODE).exclude(params={}).exists()
    check(
        f"{len(TABLE)} answers to {EACH} mails each",
        server.came,
        resting=frozenset({S.FAILED, S.UNCERTAIN, S.PENDING}),
        twice=(2 + MOST_UNANSWERED - 1) * EACH,
    )


def test_moods(server: MoodyServer, post_mails: Callable[[int], None], loop: Program) -> None:
    """While the server serves no one it's soon left alone; then all go out."""

    def all_sent() -> bool:
        hurry()
        return not Email.objects.exclude(state=S.SENT).exists()

    def noticed(error: str) -> bool:
        return MailChannel.objects.filter(error=error, paused_until__isnull=False).exists()

    for command, answer, error, cost in MOODS:
        server.leave()  # ends the connection there is, sooner or later
        server.moods = {command: answer}
        server.listen()
        post_mails(AT_ONCE)
        wait_for(lambda e=error: noticed(e), what=f"a pause for “{error}”")
        tried = Email.objects.exclude(state=S.SENT).filter(attempts__gt=0).count()
        assert tried <= cost
        server.moods = {}
        wait_for(all_sent, what=f"the delivery after “{error}”")
    server.leave()
    post_mails(AT_ONCE)
    wait_for(lambda: noticed("open ConnectionRefusedError"), what="a pause while nobody listens")
    server.listen()
    wait_for(all_sent, what="the delivery after the server's return")
    check(f"{len(MOODS) + 1} moods of a mail server", server.came)
