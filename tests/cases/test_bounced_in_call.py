"""The caller's address takes no email: told while they're on the line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases.actions import start_call
from cases.models import CallDraft
from leases.models import Lease
from mail.enums import SuppressionReason
from mail.models import SuppressedAddress

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R16", "R37", "R43")]

SignIn = Callable[[User], Client]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def draft(ana: User, now: datetime) -> CallDraft:
    return start_call(by=ana, now=now)


@pytest.mark.parametrize(
    ("language", "words"),
    [("es", "Pida otra dirección antes de colgar"), ("en", "Ask for another address")],
)
def test_the_goodbye_asks_for_another_address(
    language: str,
    words: str,
    draft: CallDraft,
    lease: Lease,
    sign_in: SignIn,
    ana: User,
    ben: User,
    now: datetime,
) -> None:
    client = sign_in(ana if language == "es" else ben)
    address = reverse("call", args=[draft.number])
    said = {"lease": lease.account_number, "kind": "other", "language": "es", "preview": "1"}
    assert words not in client.post(address, said, headers=HTMX).content.decode()

    SuppressedAddress.objects.create(
        address=lease.customer.email, reason=SuppressionReason.BOUNCED, at=now
    )
    shown = client.post(address, said, headers=HTMX).content.decode()
    assert words in shown
    assert reverse("call_contact", args=[draft.number, lease.account_number]) in shown


def test_it_is_said_of_someone_without_a_lease_too(
    draft: CallDraft, sign_in: SignIn, ben: User, now: datetime
) -> None:
    SuppressedAddress.objects.create(
        address="rosa@example.com", reason=SuppressionReason.BOUNCED, at=now
    )
    said = {
        "why": "denied", "contact_name": "Rosa Díaz", "contact_email": "Rosa@example.com",
        "language": "en", "preview": "1",
    }  # fmt: skip
    address = reverse("call", args=[draft.number])
    shown = sign_in(ben).post(address, said, headers=HTMX).content.decode()
    assert "Ask for another address" in shown
    assert "Correct the details" not in shown
