"""The customer is told in writing what a return means, depending on what happened before."""

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
from leases.actions import InvoiceItem, ReturnedItem
from leases.models import Customer, Lease, MerchandiseReturn, Program, Store
from mail.models import Email
from mail.outbound.render import render
from tests.mails import goes_at

pytestmark = pytest.mark.django_db

D = Decimal
DAY = timedelta(days=1)
SOFA = InvoiceItem(1, "SF-1", "Roma", "Sofá", D("700.00"), 1, D("700.00"))
LAMPS = InvoiceItem(2, "LP-9", "", "Lámpara", D("50.00"), 4, D("200.00"))
Return = Callable[..., MerchandiseReturn]


@pytest.fixture
def signed(carla: Customer, luna: Store, program: Program, now: datetime) -> Lease:
    """A sofa and four lamps for $900.00, signed and not delivered."""
    lease = actions.apply(
        account_number="104477312", customer=carla, store=luna, decision="approved",
        approval_limit=D("1500.00"), program=program, merchandise="Sofá", by=None, now=now,
    )  # fmt: skip
    actions.submit_invoice(
        lease=lease, number="F-1", total=D("900.00"), lines=[SOFA, LAMPS], by=None, now=now
    )
    return actions.sign(lease=lease, by=None, now=now)


@pytest.fixture
def funded(signed: Lease, now: datetime) -> Lease:
    return actions.confirm_delivery(lease=signed, tells_customer=False, by=None, now=now)


@pytest.fixture
def give_back(now: datetime) -> Return:
    def given(lease: Lease, *items: ReturnedItem, at: datetime = now) -> MerchandiseReturn:
        return actions.return_merchandise(
            lease=lease, returned_on=business_day(at), items=items, reason="Interno", by=None,
            now=at,
        )  # fmt: skip

    return given


def told(lease: Lease) -> list[Email]:
    mails = Email.objects.filter(leasemail__lease=lease, template__key__startswith="return_")
    return list(mails.order_by("created_at"))


def only(lease: Lease) -> tuple[str, str]:
    [mail] = told(lease)
    return mail.template.key, " ".join(render(mail).text.split(" "))


def test_the_whole_order_before_the_delivery(signed: Lease, give_back: Return) -> None:
    give_back(signed)
    key, text = only(signed)
    assert key == "return_voided"
    for words in (
        "devolvió todo su pedido el 18 de noviembre de 2026:\n\n1 × Sofá\n4 × Lámpara",
        "ya no tiene que hacer ningún pago",
        "vuelve a estar vigente hasta el 16 de febrero de 2027",
    ):
        assert words in text, words
    assert "Interno" not in text


def test_after_the_approval_has_run_out_nothing_is_open(
    signed: Lease, give_back: Return, now: datetime
) -> None:
    Lease.objects.filter(pk=signed.pk).update(approved_at=now - 80 * DAY)
    give_back(signed, at=now + 20 * DAY)
    _key, text = only(signed)
    assert "Su aprobación ya venció. Puede hacer otra solicitud" in text


def test_a_part_before_the_delivery(signed: Lease, give_back: Return) -> None:
    give_back(signed, ReturnedItem(2, 3), ReturnedItem(1, 0, price_each=D("650.00")))
    key, text = only(signed)
    assert key == "return_amended"
    for words in (
        "3 × Lámpara\nSofá, ahora a $650.00", "Precio nuevo: $700.00", "Precio anterior: $900.00",
        "Total de todos los pagos del contrato: $1,400.00",
    ):  # fmt: skip
        assert words in text, words


def test_after_the_delivery_the_payments_go_on(
    funded: Lease, give_back: Return, now: datetime
) -> None:
    give_back(funded, ReturnedItem(1, 1), at=now + 10 * DAY)
    key, text = only(funded)
    assert key == "return_opened"
    for words in (
        "devolución del 28 de noviembre de 2026:\n\n1 × Sofá", "continúe con sus pagos",
        "Saldo vencido: $34.62", "Próximo pago: $34.62 el 2 de diciembre de 2026",
    ):  # fmt: skip
        assert words in text, words


def test_its_end_is_told_without_our_note(
    funded: Lease, give_back: Return, mateo: User, now: datetime
) -> None:
    row = give_back(funded, ReturnedItem(1, 1))
    actions.close_return(row=row, note="Credited, see ticket 12.", by=mateo, now=now + DAY)
    opened, closed = told(funded)
    assert (opened.template.key, closed.template.key) == ("return_opened", "return_closed")
    text = render(closed).text
    assert "Total por pagar de su contrato: $1,800.00" in text
    assert "Credited" not in text


def test_a_return_is_told_at_any_hour_and_its_end_in_the_customers_hours(
    funded: Lease, give_back: Return, mateo: User, now: datetime
) -> None:
    row = give_back(funded, ReturnedItem(1, 1))
    actions.close_return(row=row, note="Credited.", by=mateo, now=now + DAY)
    opened, closed = told(funded)
    night = datetime.combine(date(2026, 11, 20), time(9), UTC)  # three in Carla's morning
    assert goes_at(opened, night) == night
    assert goes_at(closed, night) > night


def by_page(lease: Lease, sign_in: Callable[[User], Client], mateo: User, sent: str) -> None:
    typed = {"returned_on": "2026-11-18", "what": "whole", "reason": "Mancha", "earlier": "0"}
    address = reverse("lease_return", args=[lease.account_number])
    assert sign_in(mateo).post(address, typed).status_code == 302


def by_api(lease: Lease, sign_in: Callable[[User], Client], mateo: User, sent: str) -> None:
    answer = Client(headers={"Authorization": f"Bearer {sent}"}).post(
        "/api/v1/application/return",
        {"applicationId": str(lease.application_id), "dateOfReturn": "2026-11-18"},
        content_type="application/json",
    )
    assert answer.status_code == 200, answer.content


@pytest.mark.parametrize("give", [by_page, by_api])
def test_page_and_api_send_the_same_mail(
    give: Callable[..., None], funded: Lease, sign_in: Callable[[User], Client], mateo: User,
    irene: User, now: datetime, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    _key, sent = actions.create_api_key(
        merchant=funded.store.merchant, store=None, name="Caja 1", by=irene, now=now
    )
    give(funded, sign_in, mateo, sent)
    key, text = only(funded)
    assert key == "return_opened"
    assert "1 × Sofá\n4 × Lámpara" in text
