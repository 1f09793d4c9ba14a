"""Whoever looks something up during a call sees on every page that it runs, and the way back."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from cases import actions
from cases.models import CallDraft
from tests.conftest import PASSWORD
from tests.pages import text

SignIn = Callable[[User], Client]
Queries = Any
SIGN_OUT = re.compile(r'id="sign-out".*?name="next" value="([^"]+)"', re.DOTALL)


@pytest.fixture
def draft(ana: User, now: datetime) -> CallDraft:
    return actions.start_call(by=ana, now=now)


@pytest.fixture
def agent(sign_in: SignIn, ana: User, draft: CallDraft) -> Client:
    client = sign_in(ana)
    client.get(reverse("call", args=[draft.number]))
    return client


def is_told(client: Client, draft: CallDraft, path: str = "/calls/") -> bool:
    return "Volver a su llamada" in text(client.get(path)) and (
        f'href="{reverse("call", args=[draft.number])}" data-key="l"' in text(client.get(path))
    )


def test_every_other_page_leads_back_to_it(agent: Client, draft: CallDraft) -> None:
    for path in ("/cases/", "/calls/", "/leases/", "/help/"):
        assert is_told(agent, draft, path)
    assert not is_told(agent, draft, reverse("call", args=[draft.number]))


def test_once_it_ended_no_page_leads_there(
    agent: Client, draft: CallDraft, ana: User, now: datetime
) -> None:
    actions.discard_call(draft=draft, reason="Número equivocado.", by=ana, now=now)
    assert not is_told(agent, draft)


def test_a_call_that_someone_took_over_is_theirs(
    agent: Client, draft: CallDraft, ana: User, ben: User, now: datetime
) -> None:
    actions.take_over_call(draft=draft, of=ana, by=ben, now=now)
    assert not is_told(agent, draft)


def test_a_colleagues_call_is_not_ones_own(sign_in: SignIn, ben: User, draft: CallDraft) -> None:
    client = sign_in(ben)
    client.get(reverse("call", args=[draft.number]))
    assert not is_told(client, draft)


def test_only_who_is_in_a_call_pays_for_it(
    agent: Client, sign_in: SignIn, ben: User, django_assert_num_queries: Queries
) -> None:
    colleague = sign_in(ben)
    colleague.get("/calls/")
    with django_assert_num_queries(5):
        colleague.get("/calls/")
    with django_assert_num_queries(6):
        agent.get("/calls/")


def test_who_signs_out_of_a_call_reads_that_its_kept_and_gets_back_to_it(
    ana: User, ben: User
) -> None:
    client = Client(headers={"accept-language": "es"})
    password = {"login": ana.email, "password": PASSWORD}
    client.post(reverse("account_login"), password)
    draft = actions.start_call(by=ana, now=timezone.now())
    told = f"La llamada {' '.join(draft.spoken_number.split())} quedó sin terminar."
    for path in (reverse("call", args=[draft.number]), "/cases/"):
        client.post(reverse("account_login"), password)
        form = SIGN_OUT.search(client.get(path).content.decode())
        assert form
        gone = client.post(reverse("account_logout"), {"next": form[1]}, follow=True)
        assert told in text(gone)
        client.post(reverse("account_login"), password)
        assert is_told(client, draft, "/cases/")
        client.post(reverse("account_logout"))
    client.post(reverse("account_login"), password | {"login": ben.email})
    assert not is_told(client, draft, "/cases/"), "only its own agent is led there"


def test_a_call_of_another_workday_is_left_to_the_list(ana: User) -> None:
    client = Client(headers={"accept-language": "es"})
    draft = actions.start_call(by=ana, now=timezone.now() - timedelta(days=2))
    client.post(reverse("account_login"), {"login": ana.email, "password": PASSWORD})
    assert not is_told(client, draft, "/cases/")


@pytest.mark.parametrize("number", ["26000001", "<b>", "260000019/", ""])
def test_the_page_to_sign_in_repeats_nothing_but_numbers(number: str) -> None:
    page = Client().get(reverse("account_login"), {"call": number})
    assert "isn’t finished" not in text(page)
