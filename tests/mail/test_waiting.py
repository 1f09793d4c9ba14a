"""What waits under Correspondence can be seen from every page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from cases import actions
from cases.enums import InboundSource
from cases.models import Case
from cases.queries.waiting import CAP, capped, waiting
from common.company_day import business_day
from mail.enums import EmailState, SuppressionReason
from mail.models import Email, SuppressedAddress
from tests.mail.conftest import LEASE_MAILS
from tests.mail.letters import letter

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def header(client: Client) -> str:
    return client.get("/leases/").content.decode().partition("</nav>")[0]


def test_what_waits_is_counted_for_whom_it_concerns(
    open_case: Callable[..., Case],
    post: Callable[..., Email],
    ana: User,
    ben: User,
    sofia: User,
    sign_in: SignIn,
    django_assert_num_queries: Any,
) -> None:
    now = timezone.now()
    assert "en espera" not in header(sign_in(ana))
    case = open_case(now=now)
    actions.receive_mail(
        actions.Arrived(raw=letter("Ya pagué."), source=InboundSource.MAILBOX, now=now)
    )
    mail = post("plan_cancelled", params=LEASE_MAILS["plan_cancelled"])
    Email.objects.filter(pk=mail.pk).update(state=EmailState.UNCERTAIN)
    SuppressedAddress.objects.bulk_create(
        SuppressedAddress(address=f"{each}@example.com", reason=SuppressionReason.BOUNCED, at=now)
        for each in range(CAP + 3)
    )
    actions.set_follow_up(
        case=case, rule="business_days", days=1, channel="phone", message="¿Llegó?", by=ana, now=now
    )
    case.follow_ups.update(on=business_day(now), send_at=now)
    with django_assert_num_queries(1):
        assert waiting(ana, now) == {"parked": 1, "addresses": CAP + 1, "follow_ups": 1}
    assert waiting(ben, now) == {"parked": 1, "addresses": CAP + 1}
    assert waiting(sofia, now)["uncertain"] == 1
    SuppressedAddress.objects.all().delete()
    assert '<span aria-hidden="true">2</span>' in header(sign_in(ana))
    assert "2 en espera" in header(sign_in(sofia))


def test_a_long_list_is_not_counted_to_its_end() -> None:
    assert [capped(count) for count in (0, 1, CAP, CAP + 1, 300)] == ["", "1", "99", "99+", "99+"]
