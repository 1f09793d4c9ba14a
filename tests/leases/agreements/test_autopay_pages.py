"""Automatic payments on the page and in writing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from leases.actions import autopay as autopay_actions
from leases.models import Autopay, Lease
from tests.mails import newest
from tests.pages import text

Page = Callable[..., Any]
AUTOPAY_CHANGED = "autopay_changed"
ENROLLED = {"change": "enrolled", "method": "bank", "overdraft_warned": "on", "reason": ""}


@pytest.mark.requirement("R28")
def test_setting_up_confirms_amount_and_days_in_writing(
    funded: Lease, ben: User, send: Page, visit: Page
) -> None:
    assert send(ben, "lease_autopay_changes", funded, **ENROLLED).status_code == 302
    subject, body = newest(AUTOPAY_CHANGED)
    assert subject == "Sus pagos automáticos"
    for day in ("16 de diciembre", "23 de diciembre", "30 de diciembre", "6 de enero"):
        assert f"{day} de 202" in body
    assert "$38.46" in body
    assert "sobregiro" in body
    page = text(visit(ben, "lease_autopay", funded))
    assert "December 16, 2026" in page
    assert "overdraft warning read aloud" in page


@pytest.mark.requirement("R28")
@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({"overdraft_warned": ""}, "overdraft"),
        ({"method": ""}, "autopay_method"),
        ({"reason": "4111 1111 1111 1111"}, "account_number"),
    ],
)
def test_without_the_warning_or_with_a_number_nothing_is_set_up(
    typed: dict[str, str], code: str, funded: Lease, ben: User, send: Page
) -> None:
    page = send(ben, "lease_autopay_changes", funded, **ENROLLED | typed)
    assert page.status_code == 422
    assert page.context["forms"]["enrolled"].has_error("__all__", code)
    assert not Autopay.objects.exists()


@pytest.mark.requirement("R28")
def test_a_change_inside_the_lead_time_names_the_last_day(
    funded: Lease, ben: User, send: Page, at: Page, later: datetime
) -> None:
    send(ben, "lease_autopay_changes", funded, **ENROLLED)
    at(later + timedelta(days=1))  # Saturday; December 11 was the last day for the 16th
    typed = ENROLLED | {"change": "method_changed", "method": "card"}
    page = send(ben, "lease_autopay_changes", funded, **typed)
    assert page.status_code == 422
    assert page.context["forms"]["method_changed"].has_error("__all__", "lead_time")
    assert "The last day to change it was December 11, 2026" in text(page)


@pytest.mark.requirement("R28")
def test_a_stop_payment_says_until_when_the_bank_had_to_be_asked(
    funded: Lease, ben: User, sign_in: Callable[[User], Client], at: Page, later: datetime
) -> None:
    client = sign_in(ben)
    address = reverse("lease_autopay_changes", args=[funded.account_number])
    client.post(address, ENROLLED)
    page = client.post(address, {"change": "stop_payment"}, follow=True)
    assert "to stop the payment on December 16, 2026, ask the bank by December 11, 2026" in text(
        page
    )
    assert "Nothing is charged during a stop payment." in text(page)
    client.post(address, {"change": "stop_lifted"})
    at(later + timedelta(days=3))  # Monday
    page = sign_in(ben).post(address, {"change": "stop_payment"}, follow=True)
    assert "it may not be able to stop the payment on December 16, 2026" in text(page)


@pytest.mark.requirement("R28")
def test_stopping_tells_of_the_charge_on_its_way(
    funded: Lease, ben: User, sign_in: Callable[[User], Client], at: Page, later: datetime
) -> None:
    address = reverse("lease_autopay_changes", args=[funded.account_number])
    sign_in(ben).post(address, ENROLLED)
    at(later + timedelta(days=3))
    page = sign_in(ben).post(address, {"change": "stopped"}, follow=True)
    assert "the payment on December 16, 2026 is on its way" in text(page)
    body = newest(AUTOPAY_CHANGED)[1]
    assert "16 de diciembre de 2026" in body
    assert "16 de diciembre de 2026: $38.46" not in body  # charged, not for the customer to pay
    assert "23 de diciembre de 2026: $38.46" in body


@pytest.mark.requirement("R28")
def test_another_card_during_a_stop_payment_is_noted_and_nothing_charged(
    funded: Lease, ben: User, later: datetime
) -> None:
    autopay_actions.set_up(lease=funded, method="bank", overdraft_warned=True, by=ben, now=later)
    autopay_actions.flag_stop_payment(lease=funded, by=ben, now=later + timedelta(minutes=1))
    on = later + timedelta(days=3)  # Monday: the payment of the 16th can no longer be charged
    autopay_actions.change_method(
        lease=funded, method="card", overdraft_warned=True, by=ben, now=on
    )
    body = newest(AUTOPAY_CHANGED)[1]
    assert "cuando nos avise que se quitó la suspensión" in body
    assert "16 de diciembre de 2026: $38.46" in body  # for the customer to pay, like those after it
    assert "sobregiro" not in body
    autopay_actions.lift_stop(lease=funded, by=ben, now=on + timedelta(minutes=1))
    assert "sobregiro" in newest(AUTOPAY_CHANGED)[1]


def test_an_unknown_change_changes_nothing(funded: Lease, ben: User, send: Page) -> None:
    assert send(ben, "lease_autopay_changes", funded, change="x").status_code == 422
    assert send(ben, "lease_autopay_changes", funded).status_code == 422
    assert not Autopay.objects.exists()


def test_merchant_services_reads_and_changes_nothing(
    funded: Lease, mateo: User, visit: Page, send: Page
) -> None:
    page = visit(mateo, "lease_autopay", funded)
    assert page.status_code == 200
    assert "<form" not in text(page).split('id="content"')[1].split("</main>")[0]
    assert send(mateo, "lease_autopay_changes", funded, **ENROLLED).status_code == 404
