"""A customer asks for the paid-off letter: one action sends it and resolves the case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases import actions
from cases.models import Case
from leases.actions.payments import record_payment
from leases.models import Lease, PaidOffLetter
from leases.queries.ledger import standing_of
from mail.models import Email

pytestmark = [pytest.mark.requirement("R80"), pytest.mark.django_db]


@pytest.fixture
def lease(deliver: Callable[..., Lease], now: datetime) -> Lease:
    return deliver(at=now - timedelta(days=20))


@pytest.fixture
def case(open_case: Callable[..., Case], lease: Lease) -> Case:
    return open_case(lease=lease, kind="paid_off_letter")


def pay_off(lease: Lease, now: datetime) -> None:
    left = standing_of(lease, now.date()).balance
    record_payment(lease=lease, amount=left, on=now.date(), tells_customer=False, by=None, now=now)


def test_one_button_sends_it_and_resolves(
    case: Case, lease: Lease, ana: User, sign_in: Callable[[User], Client], now: datetime
) -> None:
    pay_off(lease, now)
    client, page = sign_in(ana), reverse("case", args=[case.number])
    assert "Enviar la carta y resolver" in client.get(page).content.decode()
    before = Email.objects.count()
    sent = client.post(reverse("case_letter", args=[case.number]), {"version": case.version})
    assert sent.status_code == 302
    case.refresh_from_db()
    assert case.status == "resolved"
    assert case.entries.latest("pk").params["outcome"] == "letter_sent"
    assert Email.objects.count() == before + 1
    mail = Email.objects.latest("created_at")
    assert (mail.template.key, mail.thread, mail.casemail.case) == ("paid_off", case.number, case)
    assert PaidOffLetter.objects.count() == 1


def test_it_goes_to_the_customer_also_if_an_attorney_speaks_for_them(
    case: Case, lease: Lease, ana: User, sign_in: Callable[[User], Client], now: datetime
) -> None:
    pay_off(lease, now)
    marta = actions.Attorney(
        name="Marta Ruiz", firm="Ruiz & Vega", phone="(210) 555-0171", email=""
    )
    actions.flag_case(case=case, kind="attorney", attorney=marta, by=ana, now=now)
    case.refresh_from_db()
    address = reverse("case_letter", args=[case.number])
    page = sign_in(ana).post(address, {"version": case.version}, follow=True)
    assert "Carla Peña recibirá la carta" in page.content.decode()
    assert Email.objects.latest("created_at").to == "carla@example.com"


def test_not_paid_off_says_what_is_missing_and_nothing_is_sent(
    case: Case, ana: User, sign_in: Callable[[User], Client]
) -> None:
    before = Email.objects.count()
    answer = sign_in(ana).post(
        reverse("case_letter", args=[case.number]), {"version": case.version}
    )
    assert answer.status_code == 422
    assert "quedan $2,000.00 por pagar" in answer.content.decode().replace("\u00a0", " ")
    assert Case.objects.get().is_active
    assert Email.objects.count() == before


def test_a_page_from_before_is_stale(
    case: Case, lease: Lease, ana: User, sign_in: Callable[[User], Client], now: datetime
) -> None:
    pay_off(lease, now)
    actions.assign(case=case, to=None, by=ana, now=now)
    answer = sign_in(ana).post(
        reverse("case_letter", args=[case.number]), {"version": case.version}
    )
    assert answer.status_code == 409


def test_other_reasons_have_no_letter(
    open_case: Callable[..., Case], lease: Lease, ana: User, now: datetime
) -> None:
    pay_off(lease, now)
    case = open_case(lease=lease)
    with pytest.raises(ValidationError) as error:
        actions.send_letter(case=case, version=case.version, by=ana, now=now)
    assert error.value.code == "no_letter"


def test_a_supervisor_decides_in_an_escalated_case(
    case: Case, lease: Lease, ana: User, sofia: User, now: datetime
) -> None:
    pay_off(lease, now)
    actions.escalate(case=case, reason="Urge.", by=ana, now=now)
    version = Case.objects.get().version
    with pytest.raises(ValidationError) as error:
        actions.send_letter(case=case, version=version, by=ana, now=now)
    assert error.value.code == "escalated"
    actions.send_letter(case=case, version=version, by=sofia, now=now)
    assert not Case.objects.get().is_active
