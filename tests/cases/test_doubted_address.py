"""Someone used a customer's identity: the address on the lease may be the thief's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases import actions
from cases.actions import start_call
from cases.models import CallDraft, Case, ConfirmedAddress
from leases.models import Lease
from mail import outbox
from mail.enums import EmailState
from mail.models import Email
from tests.cases.conftest import Inbox
from tests.pages import text

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
    assert "Saving blocks new applications in Rosa Díaz’s name" in words
    assert "own_address" not in words.replace("#id_own_address", "")


@pytest.fixture
def one_clock(at: Callable[[datetime], None], now: datetime) -> None:
    """Pages and mails have one clock."""
    at(now)


def saved_silently(
    draft: CallDraft, said: dict[str, str], client: Client, **typed: str
) -> tuple[Case, Email]:
    """And then something is written to the customer."""
    client.post(reverse("call", args=[draft.number]), said | {"silent": "1"} | typed)
    case = Case.objects.get()
    case = actions.update_case(
        case=case, version=case.version, by=case.opened_by, now=case.opened_at,
        update=actions.Update(
            body="Ya lo estamos revisando.", language="es", visibility="public"
        ),
    )  # fmt: skip
    return case, Email.objects.get(casemail__case=case)


@pytest.mark.usefixtures("one_clock")
def test_later_mails_are_held_until_it_is_confirmed(
    draft: CallDraft, lease: Lease, said: dict[str, str], sign_in: SignIn, ana: User, inbox: Inbox,
    now: datetime,
) -> None:  # fmt: skip
    client, email = sign_in(ana), lease.customer.email
    case, mail = saved_silently(draft, said, client)
    outbox.drain(now=lambda: now)
    mail.refresh_from_db()
    assert (mail.state, mail.error) == (EmailState.FAILED, "doubted")
    page = text(client.get(reverse("case", args=[case.number])))
    assert f"No se envía nada de este caso a {email}" in page

    asked = reverse("case_own_address", args=[case.number])
    client.post(asked, {"email": "another@example.com"})
    assert not ConfirmedAddress.objects.exists()
    client.post(asked, {"email": email})
    client.post(asked, {"email": email})
    outbox.drain(now=lambda: now)
    mail.refresh_from_db()
    assert (mail.state, mail.to) == (EmailState.SENT, email)
    assert len(inbox.messages) == 1
    page = text(client.get(reverse("case", args=[case.number])))
    assert f"lo confirmó {ana.name}" in page


@pytest.mark.usefixtures("one_clock", "inbox")
def test_who_said_so_in_the_call_is_written_to(
    draft: CallDraft, lease: Lease, said: dict[str, str], sign_in: SignIn, ana: User, now: datetime
) -> None:
    _case, mail = saved_silently(draft, said, sign_in(ana), own_address=lease.customer.email)
    outbox.drain(now=lambda: now)
    mail.refresh_from_db()
    assert mail.state == EmailState.SENT


@pytest.mark.usefixtures("one_clock", "inbox")
def test_an_address_that_a_verified_customer_gives_is_theirs(
    draft: CallDraft, lease: Lease, said: dict[str, str], sign_in: SignIn, ana: User, now: datetime
) -> None:
    case, mail = saved_silently(draft, said, sign_in(ana))
    outbox.drain(now=lambda: now)
    actions.verify_caller(
        lease=lease, case=case, factors=["phone", "name"], is_right=True, by=ana, now=now
    )
    case.refresh_from_db()
    shown = actions.details_of(lease.customer)
    actions.correct_contact(
        case=case, version=case.version, shown=shown,
        told=replace(shown, email="own@example.com"), by=ana, now=now,
    )  # fmt: skip
    outbox.drain(now=lambda: now)
    mail.refresh_from_db()
    assert (mail.state, mail.to) == (EmailState.SENT, "own@example.com")
