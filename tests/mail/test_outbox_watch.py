"""How someone learns that mail is stuck: command, metrics, header, log."""

from __future__ import annotations

import json
import logging
import uuid
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts.models import User
from cases import actions, tasks
from cases.management.commands.outbox import NEEDS_SOMEBODY
from cases.models import Case
from common import env
from mail.enums import EmailState, SuppressionReason
from mail.inbound import state
from mail.models import Email, MailboxState, MailChannel, SuppressedAddress
from mail.outbound.claim import claim, put_off
from mail.outbound.drain import drain as outbox_drain
from tests.mail.conftest import Clock
from tests.mail.smtp_server import ScriptedServer
from tests.mails import forget

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def outbox(*arguments: str) -> tuple[int, str]:
    """Exit code and what was said."""
    said = StringIO()
    try:
        call_command("outbox", *arguments, stdout=said)
    except SystemExit as end:
        return int(str(end.code)), said.getvalue()
    return 0, said.getvalue()


@pytest.fixture
def late(post: Callable[..., Email]) -> Email:
    mail = post(now=timezone.now() - timedelta(minutes=16))
    MailChannel.objects.create(
        name="smtp",
        paused_since=timezone.now(),
        paused_until=timezone.now() + timedelta(hours=1),
        error="open 421",
        failures=7,
    )
    return mail


def test_command_says_that_all_is_well() -> None:
    code, said = outbox()
    assert code == 0
    assert "waiting" in said


def test_command_tells_what_needs_somebody(late: Email, post: Callable[..., Email]) -> None:
    Email.objects.filter(pk=post().pk).update(state=EmailState.UNCERTAIN)
    SuppressedAddress.objects.create(
        address="dan@example.com", reason=SuppressionReason.BOUNCED, at=timezone.now()
    )
    code, said = outbox()
    assert code == 4
    for words in ("16 min", "! late", "case_opened", "open 421, 7 failures", "delivery unknown"):
        assert words in said
    code, said = outbox("--json")
    found = json.loads(said)
    assert code == 4
    assert found["is_late"] is True
    assert found["oldest_due_seconds"] > 15 * 60
    assert found["states"] == {"pending": 1, "sending": 0, "uncertain": 1, "failed": 0}
    assert (found["suppressed"], found["channels"][0]["failures"]) == (1, 7)
    assert found["kinds"][0]["template"] == "case_opened"


@pytest.mark.requirement("R5")
def test_follow_ups_that_did_not_go_need_somebody(
    open_case: Callable[..., Case], ana: User, sofia: User, sign_in: SignIn, settings: Any
) -> None:
    before = timezone.now() - timedelta(days=10)  # with hours of Carla’s between then and now
    case = open_case(now=before)
    forget()
    for channel in ("email", "phone"):
        actions.set_follow_up(
            case=case, on=before.date() + timedelta(days=1), channel=channel, message="¿Llegó?",
            by=ana, now=before,
        )  # fmt: skip
    code, said = outbox("--json")
    assert (code, json.loads(said)["follow_ups_late"]) == (4, 1)
    assert "late follow-ups" in outbox()[1]
    settings.METRICS_TOKEN = "s3cret"
    metrics = Client().get("/metrics/", headers={"Authorization": "Bearer s3cret"})
    assert "puente_follow_ups_late 1" in metrics.content.decode()
    assert (
        "Hay correos que llevan demasiado tiempo sin salir"
        in sign_in(sofia).get("/cases/").content.decode()
    )


def test_mail_that_waits_for_its_hour_is_not_late(post: Callable[..., Email]) -> None:
    post(now=timezone.now() - timedelta(days=1))
    Email.objects.update(next_attempt_at=timezone.now() + timedelta(hours=1), error="hours")
    assert outbox()[0] == 0


def test_mail_that_is_tried_in_vain_is_late(
    post: Callable[..., Email], server: ScriptedServer, settings: Any
) -> None:
    """However often, and even if its next try is ahead."""
    clock = Clock(timezone.now() - timedelta(days=2))
    post(now=clock.now)
    server.next("RCPT", *["451 not now"] * 100)
    while clock.now < timezone.now():
        outbox_drain(now=clock)
        clock.move(hours=3)
    Email.objects.update(next_attempt_at=timezone.now() + timedelta(hours=1))
    code, said = outbox("--json")
    found = json.loads(said)
    assert (code, found["is_late"], found["due"]) == (4, True, 0)
    assert found["oldest_due_seconds"] >= 2 * 24 * 3600
    settings.METRICS_TOKEN = "s3cret"
    metrics = Client().get("/metrics/", headers={"Authorization": "Bearer s3cret"})
    assert "puente_outbox_oldest_due_seconds 172" in metrics.content.decode()
    server.answers.clear()
    outbox_drain(now=lambda: clock.now + timedelta(hours=3))
    assert outbox()[0] == 0


def test_mail_that_was_tried_and_waits_for_its_hour_is_not_late(
    post: Callable[..., Email], server: ScriptedServer
) -> None:
    day_ago = timezone.now() - timedelta(days=1)
    post(now=day_ago)
    server.next("RCPT", "451 not now")
    outbox_drain(now=lambda: day_ago)
    [claimed] = claim(owner=uuid.uuid4(), size=1, now=timezone.now())
    put_off(claimed, timezone.now() + timedelta(hours=1), error="hours")
    assert outbox()[0] == 0


def test_mail_that_failed_today_needs_somebody(
    post: Callable[..., Email], server: ScriptedServer, settings: Any
) -> None:
    """Today, however old the mail is."""
    clock = Clock(timezone.now())
    post(now=clock.now - timedelta(days=4))
    server.next("DATA", "554 no")
    outbox_drain(now=clock)
    code, said = outbox("--json")
    assert (code, json.loads(said)["failed_last_day"]) == (4, 1)
    assert "1 in the last day" in outbox()[1]
    settings.METRICS_TOKEN = "s3cret"
    metrics = Client().get("/metrics/", headers={"Authorization": "Bearer s3cret"})
    assert "puente_outbox_failed_last_day 1" in metrics.content.decode()
    Email.objects.update(next_attempt_at=clock.move(hours=-25))
    assert outbox()[0] == 0


def test_way_that_is_not_used_any_more_is_not_shown(
    late: Email, sofia: User, sign_in: SignIn, settings: Any
) -> None:
    settings.MAIL_PROVIDER = "postmark"
    assert json.loads(outbox("--json")[1])["channels"] == []
    assert "open 421" not in sign_in(sofia).get("/correspondence/").content.decode()


def test_command_says_when_the_next_one_goes(late: Email, post: Callable[..., Email]) -> None:
    ahead = timezone.now() + timedelta(hours=30)  # a demonstration's clock
    post(now=ahead, template="message_added")
    _, said = outbox()
    assert "next in 29 h" in said
    assert "oldest due for 16 min" in said


def test_metrics_are_for_whoever_has_the_token(late: Email, settings: Any, client: Client) -> None:
    right = {"Authorization": "Bearer s3cret"}
    assert client.get("/metrics/", headers=right).status_code == 404
    settings.METRICS_TOKEN = "s3cret"
    assert client.get("/metrics/").status_code == 404
    assert client.get("/metrics/", headers={"Authorization": "Bearer ñ"}).status_code == 404
    answer = client.get("/metrics/", headers=right)
    assert answer["Content-Type"].startswith("text/plain; version=0.0.4")
    lines = dict(
        line.rsplit(" ", 1) for line in answer.content.decode().splitlines() if line[0] != "#"
    )
    assert int(lines["puente_outbox_oldest_due_seconds"]) >= 16 * 60
    assert lines['puente_outbox_mails{state="pending"}'] == "1"
    assert lines["puente_outbox_channels_paused"] == "1"


def test_header_warns_who_can_do_something(
    late: Email, sofia: User, ana: User, sign_in: SignIn
) -> None:
    warning = "Hay correos que llevan demasiado tiempo sin salir"
    assert warning in sign_in(sofia).get("/cases/").content.decode()
    assert warning not in sign_in(ana).get("/cases/").content.decode()
    overview = sign_in(sofia).get("/correspondence/").content.decode()
    assert "open 421" in overview


@pytest.fixture
def mailbox(settings: Any) -> MailboxState:
    """It has failed for longer than anyone should wait."""
    settings.INBOUND_MAILBOX = env.Mailbox("imap.example.com", 993, True, "u", "p", "INBOX")
    now = timezone.now()
    for minutes, trouble in (
        (40, ""),
        (16, "LoginError imap.example.com:993"),
        (14, "TimeoutError"),
    ):
        state.note_round(trouble, now=now - timedelta(minutes=minutes))
    return MailboxState.objects.get()


def test_whoever_can_do_something_learns_that_nothing_is_fetched(
    mailbox: MailboxState, sofia: User, ana: User, sign_in: SignIn, caplog: pytest.LogCaptureFixture
) -> None:
    code, said = outbox()
    assert code == NEEDS_SOMEBODY
    assert "TimeoutError, last fetched 40 min ago, 2 failures" in said
    found = json.loads(outbox("--json")[1])["inbound"]
    assert (found["is_failing"], found["failures"]) == (True, 2)
    warning = "No se puede recoger el correo entrante"
    assert warning in sign_in(sofia).get("/cases/").content.decode()
    assert warning not in sign_in(ana).get("/cases/").content.decode()
    overview = sign_in(sofia).get("/correspondence/").content.decode()
    assert "TimeoutError" in overview
    assert "TimeoutError" not in sign_in(ana).get("/correspondence/").content.decode()
    tasks.watch_outbox()
    assert "inbound_trouble stuck=0 error=TimeoutError" in caplog.text

    state.note_round("", now=timezone.now())
    assert outbox()[0] == 0
    assert warning not in sign_in(sofia).get("/cases/").content.decode()
    state.note_round("TimeoutError", now=timezone.now())  # once means nothing
    assert outbox()[0] == 0


def test_a_mailbox_nobody_has_ever_fetched_from(mailbox: MailboxState) -> None:
    MailboxState.objects.update(name="another:993/INBOX")
    code, said = outbox()
    assert code == NEEDS_SOMEBODY
    assert "never fetched" in said


def test_mails_that_cannot_be_fetched_need_somebody(
    mailbox: MailboxState, sofia: User, sign_in: SignIn
) -> None:
    state.note_round("", now=timezone.now())
    for _ in range(5):
        assert outbox()[0] == 0
        state.note_left([3], unseen=[3, 4], uid_validity=1, now=timezone.now())
    code, said = outbox()
    assert code == NEEDS_SOMEBODY
    assert "1  emails can’t be fetched" in said
    overview = sign_in(sofia).get("/correspondence/").content.decode()
    assert "Hay 1 correo en el buzón que no se puede recoger" in overview


def test_metrics_tell_of_the_mailbox(mailbox: MailboxState, settings: Any, client: Client) -> None:
    settings.METRICS_TOKEN = "s3cret"
    text = client.get("/metrics/", headers={"Authorization": "Bearer s3cret"}).content.decode()
    assert "puente_inbound_failing 1\n" in text
    assert "puente_inbound_stuck 0\n" in text
    ago = next(line for line in text.splitlines() if line.startswith("puente_inbound_last_fetched"))
    assert 40 * 60 <= int(ago.split()[1]) < 41 * 60


def test_log_warns(late: Email, caplog: pytest.LogCaptureFixture) -> None:
    tasks.watch_outbox()
    assert "outbox_late minutes=16" in caplog.text
    Email.objects.update(state=EmailState.WITHDRAWN)
    caplog.clear()
    with caplog.at_level(logging.INFO):
        tasks.watch_outbox()
    assert caplog.text == ""
