"""Someone used a customer's identity: the address on the lease may be the thief's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases.actions import start_call
from cases.models import CallDraft, Case
from leases.models import Lease
from mail.models import Email

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R16", "R37", "R43")]

SignIn = Callable[[User], Client]


@pytest.fixture
def draft(ana: User, now: datetime) -> CallDraft:
    return start_call(by=ana, now=now)


@pytest.fixture
def said(lease: Lease) -> dict[str, str]:
    return {
        "lease": lease.account_number, "kind": "identity_theft", "language": "es",
        "channel": "phone", "summary": "Dice que no firmó nada.", "visibility": "internal",
    }  # fmt: skip


def test_nothing_is_sent_to_it_until_the_caller_says_that_it_is_theirs(
    draft: CallDraft, lease: Lease, said: dict[str, str], sign_in: SignIn, ana: User
) -> None:
    client, address = sign_in(ana), reverse("call", args=[draft.number])
    email = lease.customer.email
    for answer in ({}, {"own_address": "another@example.com"}):
        refused = client.post(address, said | answer)
        assert refused.status_code == 422
        [error] = refused.context["form"].errors.as_data()["own_address"]
        assert error.code == "address_doubted"
        assert not Case.objects.exists()
    assert client.post(address, said | {"own_address": email}).status_code == 302
    assert Email.objects.get(casemail__case__number=draft.number).to == email


def test_it_can_be_saved_without_sending(
    draft: CallDraft, said: dict[str, str], sign_in: SignIn, ana: User
) -> None:
    address = reverse("call", args=[draft.number])
    assert sign_in(ana).post(address, said | {"silent": "1"}).status_code == 302
    assert Case.objects.get().number == draft.number
    assert not Email.objects.exists()


@pytest.mark.parametrize(
    ("language", "asks", "blocks"),
    [
        ("es", "Es el correo de quien llama", "Al guardar se bloquean las solicitudes nuevas"),
        ("en", "It’s the caller’s own address", "Saving blocks new applications"),
    ],
)
def test_the_page_asks_whose_it_is_and_says_what_saving_blocks(
    language: str,
    asks: str,
    blocks: str,
    draft: CallDraft,
    lease: Lease,
    said: dict[str, str],
    sign_in: SignIn,
    ana: User,
    ben: User,
) -> None:
    client = sign_in(ana if language == "es" else ben)
    address, htmx = reverse("call", args=[draft.number]), {"HX-Request": "true"}
    shown = client.post(address, said | {"preview": "1"}, headers=htmx)
    words = shown.content.decode()
    assert asks in words
    assert blocks in words
    assert f'value="{lease.customer.email}"' in words
    needed = {each.at: each.is_missing for each in shown.context["needed"]}
    assert needed["id_own_address"]

    other = client.post(address, said | {"preview": "1", "kind": "other"}, headers=htmx)
    assert asks not in other.content.decode()
    assert blocks not in other.content.decode()


def test_an_applicant_hears_it_too(
    draft: CallDraft, said: dict[str, str], sign_in: SignIn, ben: User
) -> None:
    """Theirs is the address that the mail goes to: no one else gave it to us."""
    told = {
        "lease": "", "why": "identity", "contact_name": "Rosa Díaz",
        "contact_email": "rosa@example.com", "preview": "1",
    }  # fmt: skip
    address = reverse("call", args=[draft.number])
    shown = sign_in(ben).post(address, said | told, headers={"HX-Request": "true"})
    words = shown.content.decode()
    assert "Saving blocks new applications of Rosa Díaz" in words
    assert "own_address" not in words.replace("#id_own_address", "")
