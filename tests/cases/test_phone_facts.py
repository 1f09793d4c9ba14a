"""What the telephone told of a call, on its page and in its case; and one's own extension."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from html import unescape
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from cases import actions
from cases.models import CallDraft, Case
from cases.queries.phone_calls import phone_calls_of
from leases.models import Lease
from telephone.actions import set_lines
from telephone.models import PhoneCall, PhoneLine
from tests.threads import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R85")]
SignIn = Callable[[User], Client]
FACTS = (
    "(210) 555-0134", "to (800) 555-0100", "extension 101", "rang at 10:00",
    "answered by Ben Wright", "lasted 4:05",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _telephone(settings: Any) -> None:
    settings.TELEPHONE_SECRETS = ["cable-submarino-de-pruebas"]


@pytest.fixture
def draft(ben: User, lease: Lease, now: datetime) -> CallDraft:
    """Ben answered Carla."""
    answered = now + timedelta(seconds=12)
    call = PhoneCall.objects.create(
        call_id="1", direction="in", from_number="+12105550134", to_number="+18005550100",
        extension="101", agent=ben, rang_at=now, answered_at=answered,
        ended_at=answered + timedelta(seconds=245), end_cause="normalClearing",
    )  # fmt: skip
    begun = actions.start_call(by=ben, now=now, lease=lease)
    begun.phone_call = call
    begun.save()
    return begun


def shown(client: Client, name: str, number: str) -> str:
    return " ".join(unescape(client.get(reverse(name, args=[number])).content.decode()).split())


def test_the_page_of_a_call_and_its_case_say_what_the_telephone_told(
    draft: CallDraft, ben: User, lease: Lease, now: datetime, sign_in: SignIn
) -> None:
    client = sign_in(ben)
    page = shown(client, "call", draft.number)
    assert [each for each in FACTS if each not in page] == []
    call = actions.Call(lease=lease, kind="other", channel="phone", language="en", summary="Hi")
    case = actions.open_case(draft=draft, call=call, by=ben, now=now)
    page = shown(client, "case", case.number)
    assert [each for each in FACTS if each not in page] == []


def test_a_call_added_to_a_case_stands_beside_its_own_entry(
    draft: CallDraft, ben: User, open_case: Callable[..., Case]
) -> None:
    case = open_case()
    CallDraft.objects.filter(pk=draft.pk).update(case=case)
    assert phone_calls_of(case, user=ben) == {draft.number: draft.phone_call}


def test_without_a_telephone_there_is_nothing_to_say(
    open_case: Callable[..., Case], ben: User, mateo: User, draft: CallDraft, settings: Any,
    sign_in: SignIn,
) -> None:  # fmt: skip
    case = open_case()
    assert "rang at" not in shown(sign_in(ben), "case", case.number)
    CallDraft.objects.filter(pk=draft.pk).update(case=case)
    assert phone_calls_of(case, user=mateo) == {}
    settings.TELEPHONE_SECRETS = []
    with CaptureQueriesContext(connection) as queries:
        assert phone_calls_of(case, user=ben) == {}
    assert len(queries) == 0


def extensions(user: User) -> list[str]:
    return list(PhoneLine.objects.filter(agent=user).values_list("extension", flat=True))


def test_an_agent_enters_and_changes_their_own(ben: User, sign_in: SignIn) -> None:
    client, address = sign_in(ben), reverse("phone_lines")
    assert f'href="{address}"' in client.get(reverse("queue")).content.decode()
    assert client.post(address, {"extensions": " W0, (210) 555-0100 ,w0"}).status_code == 302
    assert extensions(ben) == ["+12105550100", "w0"]
    assert 'value="+12105550100, w0"' in client.get(address).content.decode()
    client.post(address, {"extensions": "w0, 102"})
    assert extensions(ben) == ["102", "w0"]
    client.post(address, {"extensions": ""})
    assert extensions(ben) == []


def test_an_extension_has_one_person(ana: User, ben: User, sign_in: SignIn) -> None:
    set_lines(extensions=["101"], by=ana)
    refused = sign_in(ben).post(reverse("phone_lines"), {"extensions": "103, 101"})
    assert refused.status_code == 422
    assert refused.context["form"].has_error("extensions", "extension_taken")
    page = unescape(refused.content.decode())
    assert "Extension 101 belongs to Ana Torres." in page
    assert 'value="103, 101"' in page  # what was typed stays
    assert extensions(ben) == []


def test_what_is_refused(ben: User, mateo: User) -> None:
    with pytest.raises(ValidationError) as error:
        set_lines(extensions=["1", "2", "3", "4"], by=ben)
    assert error.value.code == "extensions_many"
    with pytest.raises(PermissionDenied):
        set_lines(extensions=["1"], by=mateo)


@pytest.mark.django_db(transaction=True)
def test_two_agents_at_once_get_one_each(ana: User, ben: User) -> None:
    done = at_once(*(partial(set_lines, extensions=["101"], by=each) for each in (ana, ben)))
    [refused] = [each for each in done if isinstance(each, ValidationError)]
    assert refused.code == "extension_taken"
    assert PhoneLine.objects.filter(extension="101").count() == 1
