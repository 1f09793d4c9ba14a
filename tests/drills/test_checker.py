"""The checker finds each of the lies it looks for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from django.utils import timezone

from accounts.models import User
from cases import actions
from cases.models import Case, CaseMail
from mail.enums import EmailState
from mail.models import Email
from tests.drills.checker import check
from tests.drills.web import SAVED, Told

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(open_case: Callable[..., Case], ana: User) -> list[Told]:
    """One message, acknowledged, stored and sent."""
    case = open_case()
    now = timezone.now()
    update = actions.Update(body="Ya quedó.", visibility="public", language="es")
    actions.update_case(case=case, version=case.version, update=update, by=ana, now=now)
    Email.objects.update(state=EmailState.SENT, sent_at=now)
    return [Told(case.number, "Ya quedó.", SAVED, 0.0, 0.1)]


@pytest.fixture
def came(told: list[Told]) -> Counter[str]:
    return Counter(str(pk) for pk in Email.objects.values_list("pk", flat=True))


def test_truth(told: list[Told], came: Counter[str]) -> None:
    figures = check("truth", came, told=told)
    assert (figures.saved, figures.mails, figures.arrived, figures.twice) == (1, 2, 2, 0)


def test_acknowledged_write_that_is_missing(told: list[Told], came: Counter[str]) -> None:
    told.append(told[0]._replace(text="Nunca llegó."))
    with pytest.raises(AssertionError, match="acknowledged and not stored"):
        check("lie", came, told=told)


def test_write_that_nobody_made(told: list[Told], came: Counter[str]) -> None:
    with pytest.raises(AssertionError, match="stored and never written"):
        check("lie", came, told=[told[0]._replace(text="Otra cosa.", status=0)])


def test_unanswered_write_may_be_stored_or_not(told: list[Told], came: Counter[str]) -> None:
    unanswered = [told[0]._replace(status=0), told[0]._replace(text="Quién sabe.", status=0)]
    assert check("truth", came, told=unanswered).saved == 0


def test_mail_that_waits(told: list[Told], came: Counter[str]) -> None:
    Email.objects.filter(pk=next(iter(came))).update(state=EmailState.PENDING, sent_at=None)
    with pytest.raises(AssertionError, match="not sent"):
        check("lie", came, told=told)
    check("truth", came, told=told, resting=frozenset({EmailState.PENDING}))


def test_mail_that_was_lost(told: list[Told], came: Counter[str]) -> None:
    came.popitem()
    with pytest.raises(AssertionError, match="sent and not arrived"):
        check("lie", came, told=told)


def test_mail_of_nobody(told: list[Told], came: Counter[str]) -> None:
    came["00000000-0000-0000-0000-000000000000"] += 1
    with pytest.raises(AssertionError, match="arrived and not stored"):
        check("lie", came, told=told)


def test_mail_that_came_too_often(told: list[Told], came: Counter[str]) -> None:
    came[next(iter(came))] += 2
    with pytest.raises(AssertionError, match="2 once too often"):
        check("lie", came, told=told, twice=1)
    check("truth", came, told=told, twice=2)


def test_message_without_its_mail(told: list[Told], came: Counter[str]) -> None:
    CaseMail.objects.filter(email__template__key="message_added").update(entry=None)
    with pytest.raises(AssertionError, match="messages without their one mail"):
        check("lie", came, told=told)
