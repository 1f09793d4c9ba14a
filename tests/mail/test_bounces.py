"""What follows if an address can't receive email, whoever reports it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases import actions, events
from cases.enums import Event, Visibility
from cases.models import Case, Entry
from mail.enums import EmailState, SuppressionReason
from mail.models import Email, SuppressedAddress
from mail.outbound.claim import begin, claim, finish
from mail.outbound.send import send_mail
from tests.mail.conftest import Clock
from tests.mail.smtp_server import ScriptedServer

pytestmark = pytest.mark.django_db


def come_back(email: Email | None, now: datetime, reason: str = "bounced") -> None:
    """`reason` empty: the address is good."""
    actions.came_back(
        address="Carla@Example.com",
        reason=SuppressionReason(reason) if reason else None,
        error="5.1.1",
        email=email,
        now=now,
    )


@pytest.fixture
def sent(open_case: Callable[..., Case], now: datetime) -> Email:
    """The confirmation of Carla's case, accepted by her provider."""
    open_case()
    Email.objects.update(state=EmailState.SENT, sent_at=now)
    return Email.objects.get()


def test_case_says_that_a_mail_came_back(sent: Email, now: datetime) -> None:
    assert sent.casemail.case is not None
    version = sent.casemail.case.version
    come_back(sent, now)
    sent.refresh_from_db()
    assert (sent.state, sent.error, sent.sent_at) == (EmailState.FAILED, "5.1.1", None)
    entry = Entry.objects.get(event=Event.MAIL_BOUNCED)
    assert entry.visibility == Visibility.INTERNAL
    assert "can’t receive email" in events.describe(entry, for_customer=False)
    assert Case.objects.get().version == version + 1
    address = SuppressedAddress.objects.in_force().get()
    assert (address.address, address.email) == ("carla@example.com", sent)


def test_same_report_again_changes_nothing(sent: Email, now: datetime) -> None:
    come_back(sent, now)
    come_back(sent, now)
    assert Entry.objects.filter(event=Event.MAIL_BOUNCED).count() == 1
    assert SuppressedAddress.objects.count() == 1


def test_complaint_says_that_the_mail_did_arrive(sent: Email, now: datetime) -> None:
    come_back(sent, now, "complained")
    sent.refresh_from_db()
    assert sent.state == EmailState.SENT
    entry = Entry.objects.get(event=Event.MAIL_BOUNCED)
    assert "reported as spam" in events.describe(entry, for_customer=False)


def test_mail_may_come_back_from_a_good_address(sent: Email, now: datetime) -> None:
    come_back(sent, now, "")
    sent.refresh_from_db()
    assert sent.state == EmailState.FAILED
    entry = Entry.objects.get(event=Event.MAIL_BOUNCED)
    assert "wasn’t delivered" in events.describe(entry, for_customer=False)
    assert not SuppressedAddress.objects.exists()


@pytest.mark.parametrize("reason", ["bounced", ""])
def test_report_that_overtakes_the_end_of_the_delivery_is_not_lost(
    reason: str, open_case: Callable[..., Case], now: datetime
) -> None:
    open_case()
    [mail] = claim(owner=uuid.uuid4(), size=1, now=now)
    assert begin(mail, now=now)
    come_back(mail, now, reason)
    assert not finish(mail, EmailState.SENT, now=now, error="", wait=timedelta())
    mail.refresh_from_db()
    assert (mail.state, mail.error) == (EmailState.FAILED, "5.1.1")
    assert Entry.objects.filter(event=Event.MAIL_BOUNCED).count() == 1


def test_code_that_came_back_is_erased(post_code: Callable[..., Email], now: datetime) -> None:
    post_code()
    [mail] = claim(owner=uuid.uuid4(), size=1, now=now)
    begin(mail, now=now)
    come_back(mail, now)
    mail.refresh_from_db()
    assert (mail.state, mail.params) == (EmailState.FAILED, {})


IDN = "ana@münchen.example"


@pytest.mark.parametrize("told", ["ana@xn--mnchen-3ya.example", "Ana@MÜNCHEN.example", IDN])
def test_one_address_in_any_spelling(
    told: str, post: Callable[..., Email], server: ScriptedServer, clock: Clock
) -> None:
    post(to=IDN)
    actions.came_back(
        address=told, reason=SuppressionReason.BOUNCED, error="x", email=None, now=clock.now
    )
    assert send_mail(now=clock).failed == 1
    assert Email.objects.get().error == "suppressed"
    assert not server.stored


def test_report_about_no_mail_of_ours_still_counts(db: None, now: datetime) -> None:
    come_back(None, now)
    assert SuppressedAddress.objects.in_force().get().reason == SuppressionReason.BOUNCED


def test_the_agent_sees_where_no_mail_arrives(
    sent: Email, now: datetime, ben: User, sign_in: Callable[[User], Client]
) -> None:
    assert sent.casemail.case is not None
    page, warning = (
        reverse("case", args=[sent.casemail.case.number]),
        "This address can’t receive email.",
    )
    client = sign_in(ben)
    assert warning not in client.get(page).content.decode()
    come_back(sent, now)
    shown = client.get(page).content.decode()
    assert shown.count(warning) == 2  # next to the customer and where one writes
    assert "Not delivered · The email bounced" in shown
