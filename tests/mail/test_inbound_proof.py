"""What it takes for a mail to speak for a customer: a good address, and a server's word."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from accounts.models import User
from cases import actions
from cases.actions.receive_mail import Arrived, receive_mail
from cases.enums import InboundSource, InboundState
from cases.models import Case, InboundMail
from leases.models import Customer
from mail import reply_address
from mail.enums import ParkReason
from mail.models import Email
from tests.mail.letters import FAIL, MX, PASS, letter
from tests.mail.test_receive_mail import answer

pytestmark = pytest.mark.django_db
NO_THREAD = {"In_Reply_To": None, "References": None}
EVIL = {"Authentication_Results": f"evil.example; dmarc=pass header.from=example.com; {MX}"}


@pytest.fixture(autouse=True)
def _read(settings: Any) -> None:
    settings.INBOUND_ADDRESS = "respuestas@puente.example"
    settings.INBOUND_AUTHSERV_IDS = [MX]
    settings.INBOUND_ADDRESS_DAYS, settings.INBOUND_THREAD_DAYS = 180, 90


@pytest.fixture
def case(open_case: Callable[..., Case]) -> Case:
    """Carla's."""
    return open_case()


@pytest.fixture
def told(case: Case) -> Email:
    return Email.objects.get(casemail__case=case)


@pytest.fixture
def receive(now: datetime) -> Callable[..., InboundMail]:
    def received(raw: bytes, *, days: int = 0) -> InboundMail:
        later = now + timedelta(days=days)
        return receive_mail(Arrived(raw=raw, source=InboundSource.MAILBOX, now=later))

    return received


Receive = Callable[..., InboundMail]
ENTERED = ""


@pytest.mark.parametrize(
    ("fields", "days", "reason"),
    [
        ({}, 0, ENTERED),  # in a thread, no one vouches: as in the demo
        ({}, 90, ENTERED),
        ({}, 91, ParkReason.UNVERIFIED),
        (PASS, 91, ENTERED),
        (PASS, 180, ENTERED),
        (PASS, 181, ParkReason.EXPIRED),
        ({}, 181, ParkReason.EXPIRED),
        (NO_THREAD, 0, ParkReason.UNVERIFIED),
        (NO_THREAD | PASS, 0, ENTERED),
        (NO_THREAD | PASS, 180, ENTERED),
        (NO_THREAD | PASS, 181, ParkReason.EXPIRED),
        (NO_THREAD | EVIL, 0, ParkReason.UNVERIFIED),
        (NO_THREAD | {"Authentication_Results": f"{MX}; dmarc=(x) fail"}, 0, ParkReason.STRANGER),
        (NO_THREAD | {"Received_SPF": f"fail (x) receiver={MX}"}, 0, ParkReason.STRANGER),
        (FAIL, 0, ParkReason.STRANGER),  # a thread does not outweigh a "fail"
        ({"To": "support@puente.example"}, 90, ENTERED),  # by the thread alone
        ({"To": "support@puente.example"}, 91, ParkReason.UNVERIFIED),
        ({"To": "support@puente.example"} | PASS, 400, ENTERED),
    ],
)
def test_an_address_speaks_with_somebodys_word_or_in_a_thread(
    receive: Receive, told: Email, fields: dict[str, Any], days: int, reason: str
) -> None:
    mail = receive(answer(told, **fields), days=days)
    assert mail.reason == reason
    assert mail.state == (InboundState.PARKED if reason else InboundState.ENTERED)
    assert mail.case == told.casemail.case  # proposed, where it waits


def test_what_lies_below_our_servers_line_counts_for_nothing(receive: Receive, told: Email) -> None:
    """They came in with the mail."""
    ours = f"Authentication-Results: {MX}; spf=pass\n".encode()
    theirs = answer(told, **NO_THREAD, **PASS)
    assert receive(ours + theirs).reason == ParkReason.UNVERIFIED
    other = answer(told, Message_ID="<2@example.com>", **NO_THREAD, **FAIL)
    above = f"Authentication-Results: {MX}; dmarc=pass header.from=example.com\n".encode()
    assert receive(above + other).state == InboundState.ENTERED


def test_where_no_server_is_trusted_only_threads_speak(
    receive: Receive, told: Email, settings: Any
) -> None:
    settings.INBOUND_AUTHSERV_IDS = []
    assert receive(answer(told, **PASS, **NO_THREAD)).reason == ParkReason.UNVERIFIED
    assert receive(answer(told, Message_ID="<2@example.com>")).state == InboundState.ENTERED


def test_a_thread_vouches_for_the_customer_it_was_sent_to(
    receive: Receive, told: Email, case: Case, open_case: Callable[..., Case], dan: Customer
) -> None:
    """Of another case of hers; not a mail to us about it, nor one to someone else."""
    other = open_case()
    address = reply_address.make(other.number, now=told.created_at)
    mail = receive(answer(told, To=address))
    assert (mail.state, mail.case, mail.answers) == (InboundState.ENTERED, other, None)
    Email.objects.filter(pk=told.pk).update(to="sofia@puente.example")
    second = receive(answer(told, Message_ID="<2@example.com>"))
    assert second.reason == ParkReason.UNVERIFIED
    Email.objects.filter(pk=told.pk).update(to=dan.email)
    assert receive(answer(told, Message_ID="<3@example.com>")).reason == ParkReason.UNVERIFIED


def test_of_two_addresses_of_a_case_the_newer_counts(
    receive: Receive, case: Case, now: datetime
) -> None:
    old, new = (
        reply_address.make(case.number, now=now - timedelta(days=days)) for days in (200, 20)
    )
    both = letter(To=f"<{old}>, <{new}>", **PASS)
    assert receive(both).state == InboundState.ENTERED
    alone = letter(To=old, Message_ID="<2@example.com>", **PASS)
    assert receive(alone).reason == ParkReason.EXPIRED


@pytest.mark.parametrize(
    ("reason", "en", "es"),
    [
        ("unverified", "Sender not confirmed", "Remitente sin confirmar"),
        (
            "expired",
            "Sent to an address that has expired",
            "Se envió a una dirección que ya venció",
        ),
    ],
)
def test_why_it_waits_is_said_in_both_languages_and_a_person_decides(
    receive: Receive,
    told: Email,
    case: Case,
    ana: User,
    ben: User,
    sign_in: Callable[[User], Client],
    now: datetime,
    reason: str,
    en: str,
    es: str,
) -> None:
    fields = NO_THREAD if reason == "unverified" else NO_THREAD | PASS
    mail = receive(answer(told, **fields), days=0 if reason == "unverified" else 200)
    assert mail.reason == reason
    path = f"/correspondence/parked/{mail.pk}/"
    assert en in sign_in(ben).get(path).content.decode()
    assert es in sign_in(ana).get(path).content.decode()
    with translation.override("es"):
        assert mail.get_reason_display() == es
    entry = actions.put_into_case(mail=mail, case=case, by=ana, now=now)
    assert (entry.visibility, entry.author) == ("public", case.lease.customer.user)
