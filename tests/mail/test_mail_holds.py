"""Mails that wait although the server would accept them: limits, hours, suppressed addresses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.sign_in.answer import answer_sign_ins
from cases.enums import Event
from cases.models import Case, Entry
from leases import actions as lease_actions
from leases.models import Customer, Lease
from mail import outbox
from mail.enums import EmailState, SuppressionReason
from mail.models import Email, SuppressedAddress
from mail.outbound.send import send_mail
from tests.mail.conftest import Clock
from tests.mail.smtp_server import DROP, ScriptedServer

pytestmark = pytest.mark.django_db
S = EmailState


def test_what_is_over_the_cap_waits_its_hour(
    settings: Any, server: ScriptedServer, post: Callable[..., Email], clock: Clock
) -> None:
    settings.MAIL_CAP_PER_HOUR = 2
    for _ in range(3):
        post()
    post(to="dan@example.com")
    assert outbox.drain(now=clock).sent == 3
    [held] = Email.objects.filter(state=S.PENDING)
    assert (held.error, held.attempts) == ("cap", 0)
    assert held.next_attempt_at == clock.now + timedelta(hours=1)
    post(now=clock.move(minutes=30))
    assert outbox.drain(now=clock).tried == 0
    clock.move(minutes=30)
    assert outbox.drain(now=clock).sent == 2
    assert len(server.stored) == 5


def test_what_may_have_arrived_counts(
    settings: Any, server: ScriptedServer, post: Callable[..., Email], clock: Clock
) -> None:
    settings.MAIL_CAP_PER_HOUR = 2
    post(), post()
    server.next("DOT", DROP)
    outbox.drain(now=clock)
    clock.move(minutes=2)
    assert outbox.drain(now=clock).sent == 1
    assert len(server.stored) == 2
    [held] = Email.objects.filter(state=S.PENDING)
    assert held.error == "cap"
    clock.move(hours=1)
    assert outbox.drain(now=clock).sent == 1


def test_what_a_clock_far_ahead_has_dated_does_not_count(
    settings: Any, server: ScriptedServer, post: Callable[..., Email], clock: Clock
) -> None:
    settings.MAIL_CAP_PER_HOUR = 1
    post()
    outbox.drain(now=lambda: clock.now + timedelta(days=365))
    post()
    assert outbox.drain(now=clock).sent == 1


def test_code_is_not_counted(
    settings: Any,
    server: ScriptedServer,
    post: Callable[..., Email],
    post_code: Callable[..., Email],
    clock: Clock,
) -> None:
    settings.MAIL_CAP_PER_HOUR = 1
    post(), post_code(), post_code()
    assert outbox.drain(now=clock).sent == 3


def test_mail_nobody_asked_for_is_not_sent_at_night_after_an_outage(
    make_lease: Callable[..., Lease], carla: Customer, server: ScriptedServer, clock: Clock
) -> None:
    """Carla's hours are five to eight; the server came back at ten in the evening."""
    make_lease(carla, now=clock.now - timedelta(days=91))
    assert lease_actions.expire_leases(now=clock.now) == 1
    mail = Email.objects.get()
    clock.move(hours=12)
    assert outbox.drain(now=clock).tried == 0
    mail.refresh_from_db()
    assert (mail.state, mail.error) == (S.PENDING, "hours")
    assert mail.next_attempt_at == datetime(2026, 11, 19, 23, 0, tzinfo=UTC)
    clock.now = mail.next_attempt_at
    assert outbox.drain(now=clock).sent == 1


def test_refused_recipient_is_a_task_for_an_agent(
    open_case: Callable[..., Case], server: ScriptedServer, clock: Clock
) -> None:
    case = open_case()
    server.next("RCPT", "550 5.1.1 nobody here")
    assert send_mail(now=clock).failed == 1
    mail = Email.objects.get()
    assert (mail.state, mail.error) == (S.FAILED, "rcpt 550 5.1.1")
    address = SuppressedAddress.objects.in_force().get()
    assert (address.address, address.error) == (mail.to, "rcpt 550 5.1.1")
    assert Entry.objects.get(event=Event.MAIL_BOUNCED).case == case


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("RCPT", "450 4.2.2 full"),
        ("RCPT", "550 5.7.1 your network is on our list"),
        ("DATA", "554 no"),
        ("DOT", "554 5.6.0 looks like spam"),
        ("MAIL", "550 not from you"),
    ],
)
def test_what_is_not_about_the_address_does_not_suppress_it(
    command: str, answer: str, server: ScriptedServer, post: Callable[..., Email], clock: Clock
) -> None:
    post()
    server.next(command, answer)
    send_mail(now=clock)
    assert not SuppressedAddress.objects.exists()


def test_suppressed_address_is_not_tried(
    server: ScriptedServer,
    post: Callable[..., Email],
    post_code: Callable[..., Email],
    clock: Clock,
) -> None:
    SuppressedAddress.objects.create(
        address="carla@example.com", reason=SuppressionReason.BOUNCED, at=clock.now
    )
    mail, code, other = post(to="Carla@example.com"), post_code(), post(to="dan@example.com")
    assert outbox.drain(now=clock).failed == 2
    for each in (mail, code, other):
        each.refresh_from_db()
    assert (mail.state, mail.error) == (S.FAILED, "suppressed")
    assert (code.state, code.params) == (S.FAILED, {})
    assert other.state == S.SENT
    assert len(server.stored) == 1


def test_whoever_asks_for_a_code_is_answered_as_always(
    carla: Customer, server: ScriptedServer, now: datetime
) -> None:
    """No one learns from the page which addresses are registered, or reached."""

    def ask(address: str) -> tuple[int, str]:
        answer = Client().post(reverse("account_request_login_code"), {"email": address})
        return answer.status_code, answer["Location"]

    before = ask("dan@example.com"), ask(carla.email)
    SuppressedAddress.objects.create(address=carla.email, reason=SuppressionReason.BOUNCED, at=now)
    assert (ask("dan@example.com"), ask(carla.email)) == before
    assert answer_sign_ins(now=timezone.now()) == 2  # hers
    outbox.drain()
    assert set(Email.objects.values_list("error", flat=True)) == {"suppressed"}
    assert server.connections == 0


def test_trouble_with_the_case_does_not_keep_the_mail_in_hand(
    server: ScriptedServer, post: Callable[..., Email], clock: Clock
) -> None:
    def broken(**told: object) -> None:
        raise RuntimeError

    mail = post()
    server.next("RCPT", "550 nobody")
    assert outbox.drain(now=clock, bounced=broken).failed == 1
    mail.refresh_from_db()
    assert (mail.state, mail.owner) == (S.FAILED, None)


def test_second_mail_of_the_same_batch_is_not_tried_either(
    server: ScriptedServer, post: Callable[..., Email], clock: Clock
) -> None:
    post(), post()
    server.next("RCPT", "550 nobody")
    assert outbox.drain(now=clock).failed == 2
    assert sum(command.startswith("RCPT") for command in server.commands) == 1
