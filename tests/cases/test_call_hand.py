"""Where the hand goes on in a call that is opened again, and in which language the call does."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases import actions
from cases.models import CallDraft
from leases.models import Lease

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


@pytest.fixture
def draft(ana: User, now: datetime) -> CallDraft:
    return actions.start_call(by=ana, now=now)


def focused(page: HttpResponse) -> list[str]:
    """Names of the fields of the call that ask for the focus, in their order."""
    tags = re.findall(r"<(?:input|textarea|select)[^>]* autofocus\b[^>]*>", page.content.decode())
    return [name for tag in tags for name in re.findall(r' name="(\w+)"', tag)]


@pytest.mark.requirement("R7", "R37")
@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ({}, "contract"),
        ({"contract": "Zoraida", "searched": "Zoraida"}, "contract"),
        ({"contract": "carla", "searched": "", "lease": ""}, "contract"),
        ({"lease": ""}, "lease"),
        ({"lease": "", "kind": "other"}, "summary"),
        ({"lease": "", "summary": "Dice que ya pagó."}, "summary"),
        ({"why": "denied", "contact_name": "Rosa"}, "summary"),
    ],
)
def test_a_call_opened_again_goes_on_where_it_was_left(
    draft: CallDraft, lease: Lease, ana: User, sign_in: SignIn, typed: dict[str, Any], place: str
) -> None:
    typed = {**typed, "lease": lease.account_number} if "lease" in typed else typed
    actions.save_draft(draft=draft, typed={"language": "es", **typed}, by=ana)
    page = sign_in(ana).get(reverse("call", args=[draft.number]))
    assert focused(page) == [place]


@pytest.mark.requirement("R7")
def test_taking_over_and_keeping_a_text_lead_to_the_words(
    draft: CallDraft, lease: Lease, ana: User, ben: User, sign_in: SignIn
) -> None:
    typed = {
        "language": "es", "lease": lease.account_number, "kind": "other", "summary": "Pagó ayer.",
    }  # fmt: skip
    actions.save_draft(draft=draft, typed=typed, by=ana)
    client, address = sign_in(ben), reverse("call", args=[draft.number])
    over = client.post(reverse("call_takeover", args=[draft.number]), {"of": ana.pk}, follow=True)
    assert focused(over) == ["summary"]
    assert focused(client.post(address, typed | {"take": "mine"})) == ["summary"]


@pytest.mark.requirement("R3", "R71")
def test_a_call_begun_with_a_search_speaks_the_customers_language(
    dans_lease: Lease, ana: User, sign_in: SignIn
) -> None:
    client = sign_in(ana)
    begun = client.post(reverse("calls"), {"another": "1", "searched": "dan miller"})
    page = client.get(begun.headers["Location"])
    assert page.context["chosen"] == dans_lease.account_number
    assert page.context["form"]["language"].value() == "en"
    assert page.context["follows_whom"] == "Dan Miller"
    assert focused(page) == ["lease"]
    nobody = client.post(reverse("calls"), {"another": "1", "searched": "Zoraida"})
    page = client.get(nobody.headers["Location"])
    assert page.context["form"]["language"].value() == "es"
    assert focused(page) == ["contract"]


def test_the_keys_shown_in_a_call_work_there(draft: CallDraft, ana: User, sign_in: SignIn) -> None:
    client = sign_in(ana)
    elsewhere = "En la página de un caso"
    assert elsewhere not in client.get(reverse("call", args=[draft.number])).content.decode()
    assert elsewhere in client.get(reverse("queue")).content.decode()
