"""The letter that a lease is paid off: by itself, once, void again, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import ProgrammingError, transaction
from django.test import Client
from pypdf import PdfReader

from accounts.models import User
from leases.actions import corrections
from leases.actions.buy_out import buy_out
from leases.actions.paid_off import letter_of
from leases.actions.payments import record_payment
from leases.actions.quote_buyout import quote_buyout
from leases.documents.paid_off_letter import paid_off_letter_pdf
from leases.models import Customer, Lease, LedgerEntry, PaidOffLetter
from leases.queries.ledger import standing_of
from mail.models import Email
from mail.outbound.render import render

pytestmark = [pytest.mark.requirement("R80"), pytest.mark.django_db]

D = Decimal
DAY = timedelta(days=1)
PDF = "/portal/leases/104477312/paid-off-letter/pdf/"


@pytest.fixture
def lease(deliver: Callable[..., Lease], now: datetime) -> Lease:
    return deliver(at=now - 20 * DAY)


def pay_off(lease: Lease, now: datetime, **fields: Any) -> list[LedgerEntry]:
    left = standing_of(lease, now.date()).balance
    return record_payment(lease=lease, amount=left, on=now.date(), by=None, now=now, **fields)


def words(letter: PaidOffLetter) -> str:
    file = paid_off_letter_pdf(letter, "en")
    return " ".join(PdfReader(BytesIO(file.content)).pages[0].extract_text().split())


def mails() -> list[Email]:
    return list(Email.objects.filter(template__key="paid_off").order_by("created_at"))


def test_the_last_payment_brings_the_letter_and_one_mail(lease: Lease, now: datetime) -> None:
    record_payment(lease=lease, amount=D("40.00"), on=now.date(), by=None, now=now)
    assert not PaidOffLetter.objects.exists()
    pay_off(lease, now)
    letter = PaidOffLetter.objects.get()
    assert (letter.paid_on, letter.received) == (now.date(), D("2000.00"))
    assert not letter.is_purchase
    [mail] = mails()
    text = render(mail).text.replace("\u00a0", " ")
    assert "Ya no nos debe nada de su contrato" in text
    assert "Pagos recibidos: $2,000.00" in text


def test_an_early_purchase_brings_it_too(lease: Lease, sofia: User, now: datetime) -> None:
    quote = quote_buyout(lease=lease, by=sofia, now=now)
    buy_out(lease=lease, quote_id=quote.pk, by=sofia, now=now)
    assert PaidOffLetter.objects.get().is_purchase
    assert len(mails()) == 1


def write_off(lease: Lease, by: User, now: datetime) -> None:
    left = standing_of(lease, now.date()).balance
    corrections.adjust(lease=lease, amount=-left, reason="Devolvió todo", by=by, now=now)


def test_what_nobody_paid_brings_none_even_if_asked_for(
    lease: Lease, sofia: User, now: datetime
) -> None:
    write_off(lease, sofia, now)
    assert not PaidOffLetter.objects.exists()
    assert not mails()
    with pytest.raises(ValidationError) as error:
        letter_of(lease, now=now)
    assert error.value.code == "nothing_paid"


def test_a_rest_that_was_written_off_is_not_called_paid_in_full(
    lease: Lease, sofia: User, now: datetime
) -> None:
    record_payment(lease=lease, amount=D("500.00"), on=now.date(), by=None, now=now)
    write_off(lease, sofia, now)
    assert not PaidOffLetter.objects.exists()
    text = words(letter_of(lease, now=now))
    assert "Nothing more is owed on this lease" in text
    assert "in full" not in text
    assert "$500.00" in text


def test_the_last_payment_after_a_correction_brings_one_that_says_no_more(
    lease: Lease, sofia: User, now: datetime
) -> None:
    corrections.adjust(lease=lease, amount=D("-900.00"), reason="Acuerdo", by=sofia, now=now)
    pay_off(lease, now)
    assert "in full" not in words(PaidOffLetter.objects.get())
    assert len(mails()) == 1


def test_a_correction_on_what_is_paid_in_full_brings_it(
    lease: Lease, sofia: User, now: datetime
) -> None:
    more = corrections.adjust(lease=lease, amount=D("9.00"), reason="Error", by=sofia, now=now)
    record_payment(lease=lease, amount=D("2000.00"), on=now.date(), by=None, now=now)
    assert not PaidOffLetter.objects.exists()
    corrections.reverse(lease=lease, entry_id=more.pk, reason="Error", by=sofia, now=now)
    assert "has paid this lease in full" in words(PaidOffLetter.objects.get())
    assert len(mails()) == 1


def test_a_payment_that_comes_back_voids_it_and_the_mail_stays_behind(
    lease: Lease, sofia: User, now: datetime
) -> None:
    [paid] = pay_off(lease, now)
    corrections.reverse(lease=lease, entry_id=paid.pk, reason="Devuelto", by=sofia, now=now)
    assert PaidOffLetter.objects.get().voided_at == now
    [mail] = mails()
    assert not mail.kind.is_still_true(mail, now)
    pay_off(lease, now + DAY)
    assert PaidOffLetter.objects.in_force().count() == 1
    assert len(mails()) == 2


def test_an_import_gives_none_until_someone_asks(lease: Lease, now: datetime) -> None:
    pay_off(lease, now, tells_customer=False)
    assert not PaidOffLetter.objects.exists()
    assert letter_of(lease, now=now) == letter_of(lease, now=now)
    assert not mails()


def test_who_asks_too_early_hears_what_is_missing(
    lease: Lease, make_lease: Callable[..., Lease], dan: Customer, now: datetime
) -> None:
    with pytest.raises(ValidationError) as error:
        letter_of(lease, now=now)
    assert error.value.code == "not_paid_off"
    told = error.value.messages[0].replace("\u00a0", " ")
    assert "$2,000.00 left to pay, $76.92 past due" in told
    assert "Buying it today would cost $" in told
    with pytest.raises(ValidationError) as error:
        letter_of(make_lease(dan, "208855419"), now=now)
    assert error.value.code == "no_schedule"


def test_customers_download_it_in_either_language(
    lease: Lease, carla: Customer, dan: Customer, sign_in: Callable[[User], Client], now: datetime
) -> None:
    client = sign_in(carla.user)
    assert client.get(PDF).status_code == 404
    pay_off(lease, now)
    page = client.get("/portal/leases/104477312/").content.decode()
    assert f"{PDF}?language=en" in page
    assert f"{PDF}?language=es" in page
    for language, words in (("es", "pagado y cerrado"), ("en", "paid off and closed")):
        answer = client.get(PDF, {"language": language})
        assert answer.headers["Content-Language"] == language
        text = PdfReader(BytesIO(answer.content)).pages[0].extract_text()
        assert words in text
        assert "Carla Peña" in text
    assert sign_in(dan.user).get(PDF).status_code == 404


def test_staff_find_it_on_the_statement(
    lease: Lease, ana: User, visit: Callable[..., Any], now: datetime
) -> None:
    pay_off(lease, now)
    assert "/paid-off-letter/pdf/" in visit(ana, "lease_statement", lease).content.decode()
    assert visit(ana, "lease_paid_off_letter_pdf", lease).status_code == 200


def test_the_database_keeps_what_was_given(lease: Lease, now: datetime) -> None:
    pay_off(lease, now)
    letters = PaidOffLetter.objects.all()
    for change in (lambda: letters.delete(), lambda: letters.update(received=1)):
        with pytest.raises(ProgrammingError), transaction.atomic():
            change()
