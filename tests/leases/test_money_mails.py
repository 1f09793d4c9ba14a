"""What is received or corrected is told to the customer in writing, each act once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from common.company_day import business_day
from leases.actions.buy_out import buy_out
from leases.actions.corrections import adjust, waive
from leases.actions.corrections import reverse as take_back
from leases.actions.payments import record_payment
from leases.actions.quote_buyout import quote_buyout
from leases.enums import LedgerKind, Part
from leases.models import Lease, LedgerEntry
from mail.models import Email
from mail.outbound.render import render
from tests.mails import goes_at, install

pytestmark = pytest.mark.django_db

D = Decimal
WEEK = timedelta(weeks=1)
KINDS = ("payment_received", "payment_reversed", "purchase_confirmed", "account_corrected")


@pytest.fixture
def funded(deliver: Callable[..., Lease]) -> Lease:
    """Carla's: 51 payments of 38.46 and one of 38.54, the first on November 25, 2026."""
    return deliver()


@pytest.fixture
def later(now: datetime) -> datetime:
    """Two payments are past due: those of November 25 and December 2."""
    return now + 3 * WEEK - timedelta(days=2)


@pytest.fixture
def pay(funded: Lease, ana: User, later: datetime) -> Callable[..., list[LedgerEntry]]:
    def paid(amount: str, **fields: Any) -> list[LedgerEntry]:
        given: dict[str, Any] = {"on": business_day(later), "by": ana, "now": later} | fields
        return record_payment(lease=funded, amount=D(amount), **given)

    return paid


def fee(lease: Lease, amount: str, at: datetime) -> LedgerEntry:
    first = lease.instalments.get(number=1)
    breakdown = {"due_on": first.due_on.isoformat(), "grace_days": 5}
    return LedgerEntry.objects.create(
        lease=lease, kind=LedgerKind.FEE, part=Part.FEES, amount=D(amount), breakdown=breakdown,
        effective_on=business_day(at), instalment=first, at=at,
    )  # fmt: skip


def told(lease: Lease) -> list[Email]:
    mails = Email.objects.filter(leasemail__lease=lease, template__key__in=KINDS)
    return list(mails.order_by("created_at", "leasemail__email"))


def text_of(mail: Email) -> str:
    return " ".join(render(mail).text.split(" "))


def only(lease: Lease) -> tuple[str, str]:
    [mail] = told(lease)
    return mail.template.key, text_of(mail)


# --- payments -------------------------------------------------------------------------------------


def test_a_payment_is_one_mail_with_what_it_paid_and_what_is_left(
    funded: Lease, pay: Callable[..., Any], later: datetime
) -> None:
    fee(funded, "11.00", later)
    pay("80.00")
    key, text = only(funded)
    assert key == "payment_received"
    for words in (
        "Monto: $80.00", "Fecha del pago: 7 de diciembre de 2026",
        "Para los pagos de su contrato: $76.92", "Para cargos por mora: $3.08",
        "Saldo vencido: $7.92", "Próximo pago: $38.46 el 9 de diciembre de 2026",
    ):  # fmt: skip
        assert words in text, words


def test_a_payment_on_time_that_is_entered_late_says_which_fee_is_gone(
    funded: Lease, pay: Callable[..., Any], later: datetime
) -> None:
    fee(funded, "11.00", later - WEEK)
    pay("38.46", on=funded.instalments.get(number=1).due_on)
    _key, text = only(funded)
    assert "Cargos por mora que quitamos porque este pago se hizo a tiempo: $11.00" in text
    assert "Saldo vencido: $38.46" in text


def test_the_last_payment_says_that_the_lease_is_paid(
    funded: Lease, pay: Callable[..., Any]
) -> None:
    pay("2000.00")
    _key, text = only(funded)
    assert "Próximo pago: ninguno. Su contrato está pagado por completo." in text
    assert "Saldo vencido: $0.00" in text


def test_it_goes_at_once_at_any_hour(
    funded: Lease, pay: Callable[..., Any], later: datetime
) -> None:
    pay("38.46")
    [mail] = told(funded)
    for hours in range(24):
        moment = later + timedelta(hours=hours)
        assert goes_at(mail, moment) == moment


def test_the_same_payment_again_is_no_second_mail(funded: Lease, pay: Callable[..., Any]) -> None:
    for _again in range(2):
        pay("38.46", external_id="form-1")
    assert len(told(funded)) == 1
    pay("38.46", external_id="form-2")
    assert len(told(funded)) == 2


def test_a_past_that_is_loaded_tells_nobody(funded: Lease, pay: Callable[..., Any]) -> None:
    pay("38.46", tells_customer=False)
    assert not told(funded)


def test_the_page_sends_it(
    funded: Lease, ana: User, sign_in: Callable[[User], Client], later: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    client, address = sign_in(ana), reverse("lease_statement", args=[funded.account_number])
    form = client.get(address).context["payment"]
    typed = {each.html_name: each.value() or "" for each in form}
    typed |= {"amount": "38.46", "on": business_day(later).isoformat(), "method": "card"}
    page = reverse("lease_payments", args=[funded.account_number])
    for _twice in range(2):
        assert client.post(page, typed).status_code == 302
    assert [mail.template.key for mail in told(funded)] == ["payment_received"]


@pytest.mark.parametrize("made", [1, 30])
def test_it_costs_the_same_statements_after_many_payments(
    made: int, funded: Lease, pay: Callable[..., Any], later: datetime,
    django_assert_num_queries: Any,
) -> None:  # fmt: skip
    install(now=later)
    for _each in range(made):
        pay("1.00", tells_customer=False)
    with django_assert_num_queries(15):
        pay("1.00")


# --- purchases ------------------------------------------------------------------------------------


def test_a_purchase_is_confirmed(funded: Lease, ana: User, later: datetime) -> None:
    quote = quote_buyout(lease=funded, by=ana, now=later)
    buy_out(lease=funded, quote_id=quote.pk, by=ana, now=later)
    key, text = only(funded)
    assert key == "purchase_confirmed"
    assert f"Monto: ${quote.total:,}" in text
    assert "Fecha del pago: 7 de diciembre de 2026" in text
    assert "ya no debe nada de este contrato" in text


# --- corrections ----------------------------------------------------------------------------------


def test_a_payment_that_is_reversed_is_due_again(
    funded: Lease, pay: Callable[..., Any], sofia: User, later: datetime
) -> None:
    [line] = pay("38.46", tells_customer=False)
    take_back(lease=funded, entry_id=line.pk, reason="Interno", by=sofia, now=later)
    key, text = only(funded)
    assert key == "payment_reversed"
    assert "Monto: $38.46\nFecha del pago: 7 de diciembre de 2026" in text
    assert "Saldo vencido: $76.92" in text
    assert "Interno" not in text


def test_a_purchase_that_is_reversed_brings_the_payments_back(
    funded: Lease, ana: User, sofia: User, later: datetime
) -> None:
    quote = quote_buyout(lease=funded, by=ana, now=later)
    lines = buy_out(lease=funded, quote_id=quote.pk, by=ana, now=later)
    take_back(lease=funded, entry_id=lines[0].pk, reason="Cheque", by=sofia, now=later)
    _purchase, mail = sorted(told(funded), key=lambda each: each.template.key, reverse=True)
    assert mail.template.key == "payment_reversed"
    text = text_of(mail)
    assert f"Monto: ${quote.total:,}" in text
    assert "Esa compra ya no cuenta y los pagos de su contrato vuelven a estar pendientes." in text
    assert "Saldo vencido: $76.92" in text


def test_fees_and_balances_that_a_person_corrects_are_told(
    funded: Lease, sofia: User, later: datetime
) -> None:
    given: Any = {"lease": funded, "reason": "Interno", "by": sofia, "now": later}
    line = fee(funded, "11.00", later)
    waiver = waive(entry_id=line.pk, amount=D("5.00"), **given)
    take_back(entry_id=waiver.pk, **given)
    take_back(entry_id=line.pk, **given)
    adjust(amount=D("10.00"), **given)
    lower = adjust(amount=D("-4.00"), **given)
    take_back(entry_id=lower.pk, **given)
    mails = Email.objects.filter(template__key="account_corrected").order_by("key")
    texts = [text_of(mail) for mail in sorted(mails, key=lambda each: int(each.key[18:]))]
    assert [words for text in texts for words in SAID if words in text] == SAID
    assert "Saldo vencido: $76.92" in texts[2]
    assert "Saldo vencido: $86.92" in texts[3]
    assert not any("Interno" in text for text in texts)


SAID = [
    "Le condonamos $5.00 de cargos por mora.",
    "Le habíamos condonado $5.00 de cargos por mora. Ahora los debe otra vez.",
    "Quitamos un cargo por mora de $11.00.",
    "Ahora debe $10.00 más que antes.",
    "Ahora debe $4.00 menos que antes.",
    "Ahora debe $4.00 más que antes.",
]
