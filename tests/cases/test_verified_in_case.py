"""A caller is verified on the page of a case, as during a call."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases import actions
from cases.models import Case, Verification
from leases import actions as lease_actions
from leases.models import Lease

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R73")]
ALL = "You can talk about everything in their leases and cases."
FIRST = "Verify first."
NOTHING = "Tell them nothing about the account"


@pytest.fixture
def case(open_case: Callable[..., Case]) -> Case:
    return open_case()


@pytest.fixture
def page(
    case: Case, ben: User, now: datetime, at: Callable[[datetime], None],
    sign_in: Callable[[User], Client],
) -> Callable[..., tuple[int, str]]:  # fmt: skip
    """Ben verifies, and looks."""
    at(now + timedelta(minutes=1))
    client = sign_in(ben)

    def sent(**data: object) -> tuple[int, str]:
        address = reverse("case_verifications", args=[case.number])
        answer = client.post(address, data, follow=True) if data else client.get(case_page(case))
        return answer.status_code, " ".join(unescape(answer.content.decode()).split())

    return sent


def case_page(case: Case) -> str:
    return reverse("case", args=[case.number])


def test_what_was_right_opens_this_conversation_and_is_in_the_timeline(
    page: Callable[..., tuple[int, str]], case: Case, ben: User
) -> None:
    assert FIRST in page()[1]
    status, shown = page(factors=["phone", "email"], verify="right")
    assert (status, ALL in shown) == (200, True)
    assert "verified in this conversation" in shown
    assert "Identity verified: phone, email" in shown
    done = Verification.objects.get()
    assert (done.case, done.by, done.passed, done.draft) == (case, ben, True, None)


def test_the_next_conversation_may_be_with_someone_else(
    page: Callable[..., tuple[int, str]], case: Case, ben: User, lease: Lease, now: datetime
) -> None:
    earlier = now - timedelta(minutes=30)
    told = {"lease": lease, "factors": ["phone", "email"], "is_right": True}
    actions.verify_caller(case=case, by=ben, now=earlier, **told)
    shown = page()[1]
    assert "verified in an earlier call" in shown
    assert FIRST in shown


def test_what_a_colleague_or_a_call_verified_opens_nothing_here(
    page: Callable[..., tuple[int, str]], case: Case, ana: User, ben: User, lease: Lease,
    now: datetime,
) -> None:  # fmt: skip
    told = {"lease": lease, "factors": ["phone", "email"], "is_right": True, "now": now}
    actions.verify_caller(case=case, by=ana, **told)
    assert FIRST in page()[1]
    draft = actions.start_call(by=ben, now=now)
    actions.verify_caller(draft=draft, by=ben, **told)
    shown = page()[1]
    assert "verified in an earlier call" in shown
    added = actions.AddedCall(channel="phone", language="es", summary="Llamó otra vez.")
    actions.add_call_to_case(draft=draft, case=case, call=added, by=ben, now=now)
    shown = page()[1]
    assert "verified in this case’s call" in shown
    assert f"It counted for that call only; a new one starts unverified. {FIRST}" in shown
    assert "verified in an earlier call" not in shown
    assert FIRST in page()[1]


def test_a_failure_is_recorded_too(page: Callable[..., tuple[int, str]], case: Case) -> None:
    shown = page(factors=["phone"], verify="wrong")[1]
    assert NOTHING in shown
    assert "Identity not verified: phone" in shown


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"factors": ["phone"], "verify": "right"}, "Ask for at least 2 things."),
        ({"verify": "right"}, "Check what you asked for."),
    ],
)
def test_too_little_is_refused_and_keeps_what_was_checked(
    page: Callable[..., tuple[int, str]], data: dict[str, object], said: str
) -> None:
    status, shown = page(**data)
    assert (status, said in shown) == (422, True)
    assert not Verification.objects.exists()


def test_the_digits_of_the_ssn_are_compared_here_too(
    page: Callable[..., tuple[int, str]], case: Case, lease: Lease
) -> None:
    assert "ssn_last4" not in page()[1]
    lease_actions.keep_ssn_digits(lease=lease, data={"ssnLast4": "1120"})
    shown = page(factors=["phone"], ssn_last4="9999", verify="right")[1]
    assert NOTHING in shown
    assert "9999" not in shown


def test_without_a_lease_there_is_nothing_to_compare(
    open_case: Callable[..., Case], ben: User, sign_in: Callable[[User], Client]
) -> None:
    contact = actions.Contact(why="no_lease", name="Rosa Ibáñez")
    alone = open_case(lease=None, contact=contact)
    client = sign_in(ben)
    assert "verification-title" not in client.get(case_page(alone)).content.decode()
    sent = client.post(reverse("case_verifications", args=[alone.number]), {"verify": "right"})
    assert sent.status_code == 404
