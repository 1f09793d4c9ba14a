"""A delivery is confirmed to the customer in writing, whoever reported it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from common.company_day import business_day
from leases import actions
from leases.enums import LeaseStatus as S
from leases.models import Customer, Lease, Terms
from mail.models import Email
from mail.outbound.render import render
from tests.leases.conftest import Reach
from tests.mails import goes_at

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
D = Decimal


@pytest.fixture
def signed(reach: Reach) -> Lease:
    """52 weekly payments of $38.46, from a week after the delivery on."""
    lease = reach(S.LEASE_ACCEPTED)
    Terms.objects.create(
        lease=lease, cash_price=1000, total=2000, payments=52, frequency="weekly", state="TX",
        buyout_rule="option",
    )  # fmt: skip
    return Lease.objects.get(pk=lease.pk)


def told(lease: Lease) -> list[Email]:
    return list(
        Email.objects.filter(
            leasemail__lease=lease, template__key__in=["delivery_confirmed", "payments_set_up"]
        ).order_by("created_at")
    )


def by_page(lease: Lease, sign_in: Callable[[User], Client], mateo: User, key: str) -> None:
    address = reverse("lease_delivery", args=[lease.account_number])
    typed = {"delivered_on": business_day(lease.signed_at).isoformat()} if lease.signed_at else {}
    assert sign_in(mateo).post(address, typed).status_code == 302


def by_api(lease: Lease, sign_in: Callable[[User], Client], mateo: User, key: str) -> None:
    answer = Client(headers={"Authorization": f"Bearer {key}"}).post(
        "/api/v1/cart/delivery",
        {"applicationId": str(lease.application_id)},
        content_type="application/json",
    )
    assert answer.status_code == 200, answer.content


@pytest.mark.parametrize("confirm", [by_page, by_api])
def test_page_and_api_send_the_same_mail(
    confirm: Callable[..., None], signed: Lease, sign_in: Callable[[User], Client], mateo: User,
    irene: User, now: datetime, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    _key, sent = actions.create_api_key(
        merchant=signed.store.merchant, store=None, name="Caja 1", by=irene, now=now
    )
    confirm(signed, sign_in, mateo, sent)
    [mail] = told(signed)
    assert (mail.template.key, mail.to, mail.language) == (
        "delivery_confirmed", "carla@example.com", "es",
    )  # fmt: skip
    text = render(mail).text
    assert "recibió su artículo el 18 de noviembre de 2026" in text
    assert "Próximo pago: $38.46 el 25 de noviembre de 2026" in text
    assert "Por pagar" not in text


def test_at_three_in_the_morning_it_waits_for_the_customers_hours(
    signed: Lease, carla: Customer, now: datetime
) -> None:
    actions.confirm_delivery(lease=signed, by=None, now=now)
    [mail] = told(signed)
    night = datetime.combine(date(2026, 11, 20), time(9), UTC)  # three in Carla's morning
    opens = goes_at(mail, night)
    assert opens > night
    assert goes_at(mail, opens) == opens


def test_told_days_later_it_says_what_is_due_already(signed: Lease, now: datetime) -> None:
    later = now + 16 * DAY
    actions.confirm_delivery(
        lease=signed, delivered_on=business_day(now), reason="Avisaron tarde.", by=None, now=later
    )
    [mail] = told(signed)
    text = render(mail).text
    for words in (
        "recibió su artículo el 18 de noviembre de 2026",
        "Por pagar hasta el 4 de diciembre de 2026: $76.92",
        "25 de noviembre de 2026: $38.46\n2 de diciembre de 2026: $38.46",
        "Próximo pago: $38.46 el 9 de diciembre de 2026",
        "ningún cargo por mora",
    ):
        assert words in text


def test_terms_entered_after_the_delivery_are_told_with_what_is_due(
    reach: Reach, mateo: User, now: datetime
) -> None:
    lease = reach(S.FUNDED)
    [mail] = told(lease)
    assert "Todavía estamos preparando sus fechas de pago." in render(mail).text
    agreed = actions.AgreedTerms(
        cash_price=D("1000"), total=D("2000"), payments=52, frequency="weekly", state="TX",
        buyout_rule="option",
    )  # fmt: skip
    actions.enter_terms(lease=lease, agreed=agreed, by=mateo, now=now + 9 * DAY)
    _first, mail = told(lease)
    assert mail.template.key == "payments_set_up"
    text = render(mail).text
    assert "Por pagar hasta el 27 de noviembre de 2026: $38.46" in text
    assert "Próximo pago: $38.46 el 2 de diciembre de 2026" in text


def test_terms_entered_before_it_are_not_told(reach: Reach, mateo: User, now: datetime) -> None:
    lease = reach(S.LEASE_ACCEPTED)
    agreed = actions.AgreedTerms(
        cash_price=D("1000"), total=D("2000"), payments=52, frequency="weekly", state="TX",
        buyout_rule="option",
    )  # fmt: skip
    actions.enter_terms(lease=lease, agreed=agreed, by=mateo, now=now)
    assert not told(lease)


def test_a_past_that_is_loaded_tells_nobody(signed: Lease, now: datetime) -> None:
    actions.confirm_delivery(lease=signed, tells_customer=False, by=None, now=now)
    assert not told(signed)
