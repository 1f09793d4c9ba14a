"""The pages of a lease's money, for staff."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from accounts.models import User
from common.company_day import business_day
from leases.actions import charge_late_fees
from leases.actions.payments import record_payment
from leases.models import Customer, Lease, LedgerEntry
from leases.queries.ledger import standing_of
from mail.models import Email
from tests.days import days_ago

DAY = timedelta(days=1)
SCHEDULE, STATEMENT = "/leases/104477312/schedule/", "/leases/104477312/statement/"
PAYMENTS = "/leases/104477312/payments/"


@pytest.fixture
def lease(deliver: Callable[..., Lease]) -> Lease:
    """Carla's, delivered forty days ago in California: five weekly payments were due."""
    return deliver(state="CA", at=days_ago(40))


@pytest.fixture
def today() -> date:
    return business_day(timezone.now())


@pytest.fixture
def fee(lease: Lease) -> LedgerEntry:
    charge_late_fees(now=timezone.now())
    found = lease.ledger.filter(kind="fee").first()
    assert found is not None
    return found


@pytest.fixture
def ana_reads(ana: User, sign_in: Callable[..., Client]) -> Client:
    return sign_in(ana)


@pytest.fixture
def sofia_reads(sofia: User, sign_in: Callable[..., Client]) -> Client:
    return sign_in(sofia)


def codes(response: HttpResponse, name: str) -> list[str]:
    form = response.context[name]  # type: ignore[attr-defined]
    return [error.code for errors in form.errors.as_data().values() for error in errors]


def typed(page: str, **fields: str) -> dict[str, str]:
    token = re.search(r'name="token" value="([^"]+)"', page)
    assert token
    return {"token": token[1], "method": "cash", "part": "", "reference": ""} | fields


@pytest.mark.requirement("R22")
def test_the_schedule_says_what_became_of_each_instalment(
    lease: Lease, ana_reads: Client, ana: User, today: date
) -> None:
    record_payment(lease=lease, amount=Decimal("50.00"), on=today, by=ana, now=timezone.now())
    page = ana_reads.get(SCHEDULE).content.decode()
    assert "vencido · 26 días de atraso" in page
    assert "1 pago hecho" in page
    assert page.count("<tr>") == 52 + 2  # two tables with a heading each
    assert "Fecha de corte" in page
    assert "$38.54" in page


def test_without_a_schedule_there_is_none(lease: Lease, make_lease: Callable[..., Lease],
    dan: Customer, ana_reads: Client) -> None:  # fmt: skip
    make_lease(dan, "208855419")
    assert (
        "aún no tiene calendario" in ana_reads.get("/leases/208855419/schedule/").content.decode()
    )
    page = ana_reads.get("/leases/208855419/statement/").content.decode()
    assert "208855419/payments/" not in page
    response = ana_reads.post("/leases/208855419/statement/mail/")
    assert response.status_code == 422
    assert not Email.objects.exists()


@pytest.mark.requirement("R21", "R23", "R36")
def test_the_statement_shows_every_movement_and_explains_every_fee(
    fee: LedgerEntry, ana_reads: Client
) -> None:
    page = ana_reads.get(STATEMENT).content.decode().replace("\u00a0", " ")
    assert page.count('id="movement-') == 10
    assert page.count("el cargo es el 5% del pago ($38.46)") == 5
    assert "1812" in page
    assert "el sistema" in page


def test_a_period_can_be_asked_for(lease: Lease, ana_reads: Client, today: date) -> None:
    since, until = today - 15 * DAY, today - 3 * DAY
    page = ana_reads.get(STATEMENT, {"since": since.isoformat(), "until": until.isoformat()})
    assert page.status_code == 200
    found = page.context["statement"]
    assert (found.since, found.until, found.opening) == (since, until, Decimal("115.38"))
    assert f"since={since}&amp;until={until}&amp;language=en" in page.content.decode()


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("since=never", "invalid"),
        ("since=2026-02-30", "invalid"),
        ("since=9999-12-31", "day_far"),
        ("since=2020-02-01&until=2020-01-01", "period"),
        ("until={tomorrow}", "future_date"),
        ("part=everything", "invalid_choice"),
    ],
)
@pytest.mark.parametrize("kind", ["", "pdf/", "csv/", "mail/"])
def test_a_period_that_cannot_be_is_named_and_the_whole_history_shown(
    lease: Lease, ana_reads: Client, today: date, query: str, code: str, kind: str
) -> None:
    address = f"{STATEMENT}{kind}?{query.format(tomorrow=today + DAY)}"
    response = ana_reads.post(address) if kind == "mail/" else ana_reads.get(address)
    assert response.status_code == 422
    assert code in codes(response, "period")
    assert len(response.context["statement"].movements) == 5
    assert not Email.objects.exists()


def test_as_many_queries_for_one_movement_as_for_many(
    deliver: Callable[..., Lease], ana_reads: Client, ana: User,
    django_assert_num_queries: Callable[[int], Any],
) -> None:  # fmt: skip
    lease = deliver(state="CA", at=days_ago(8))
    ana_reads.get(STATEMENT)
    for count in (1, 31):
        for address, queries in ((STATEMENT, 8), (SCHEDULE, 7)):
            with django_assert_num_queries(queries):
                ana_reads.get(address)
        if count == 1:
            for number in range(30):
                record_payment(
                    lease=lease, amount=Decimal(1 + number), on=business_day(timezone.now()),
                    by=ana, now=timezone.now(),
                )  # fmt: skip


# --- downloads and mail ------------------------------------------------------------------------


@pytest.mark.requirement("R36")
def test_downloads_in_either_language(fee: LedgerEntry, ana_reads: Client) -> None:
    pdf = ana_reads.get(f"{STATEMENT}pdf/?language=en")
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf["Content-Disposition"].startswith('attachment; filename="payment-history-')
    assert pdf.content.startswith(b"%PDF-")
    for language, header in (("", "Fecha"), ("es", "Fecha"), ("en", "Date"), ("xx", "Fecha")):
        table = ana_reads.get(f"{STATEMENT}csv/?language={language}")
        rows = list(csv.reader(StringIO(table.content.decode("utf-8-sig"))))
        assert rows[0][0] == header
        assert table["Content-Language"] == ("en" if header == "Date" else "es")
        assert len(rows) == 12


@pytest.mark.requirement("R21")
def test_the_history_is_mailed_once_while_nothing_is_new(
    lease: Lease, ana_reads: Client, ana: User, today: date
) -> None:
    for _ in range(2):
        assert ana_reads.post(f"{STATEMENT}mail/?since={today - 9 * DAY}").status_code == 302
    mail = Email.objects.get()
    assert (mail.to, mail.language) == ("carla@example.com", "es")
    assert (mail.params["since"], mail.params["arrears"]) == (str(today - 9 * DAY), "192.30")
    assert (mail.params["next_amount"], mail.params["received"]) == ("38.46", "0.00")
    record_payment(lease=lease, amount=Decimal(5), on=today, by=ana, now=timezone.now())
    ana_reads.post(f"{STATEMENT}mail/?since={today - 9 * DAY}")
    assert Email.objects.filter(template__key="payment_history").count() == 2


# --- writing -----------------------------------------------------------------------------------


def test_a_payment_is_recorded_once_however_often_the_form_is_sent(
    lease: Lease, ana_reads: Client, ana: User, today: date
) -> None:
    page = ana_reads.get(STATEMENT).content.decode()
    data = typed(page, amount="$1,050.00", on=today.isoformat(), reference="R-7")
    for _ in range(2):
        response = ana_reads.post(PAYMENTS, data)
        assert (response.status_code, response["Location"]) == (302, STATEMENT)
    entry = lease.ledger.get(kind="payment")
    assert (entry.amount, entry.by, entry.reference) == (Decimal(-1050), ana, "R-7")
    response = ana_reads.post(PAYMENTS, data | {"amount": "2.00"})
    assert codes(response, "payment") == ["recorded_before"]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"amount": ""}, "required"),
        ({"amount": "38,4"}, "amount_format"),
        ({"amount": "1.234,56"}, "amount_format"),
        ({"amount": "1.500"}, "amount_cents"),
        ({"amount": "diez"}, "amount_format"),
        ({"amount": "٣٨"}, "amount_format"),
        ({"amount": "0"}, "amount"),
        ({"amount": "-38.46"}, "amount"),
        ({"amount": "38.465"}, "amount_cents"),
        ({"amount": "9" * 19}, "amount"),
        ({"amount": "2000.01"}, "overpaid"),
        ({"amount": "5", "part": "fees"}, "overpaid"),
        ({"on": "{tomorrow}"}, "future_date"),
        ({"on": "1926-11-01"}, "before_lease"),
        ({"on": "02/30/2026"}, "invalid"),
        ({"method": "bitcoin"}, "invalid_choice"),
        ({"method": ""}, "required"),
        ({"token": "x"}, "invalid"),
        ({"reference": "x" * 81}, "max_length"),
    ],
)
def test_a_payment_that_cannot_be_changes_nothing_and_keeps_what_was_typed(
    lease: Lease, ana_reads: Client, today: date, fields: dict[str, str], code: str
) -> None:
    before = lease.ledger.count()
    page = ana_reads.get(STATEMENT).content.decode()
    data = typed(page, amount="38.46", on=today.isoformat(), reference="Recibo Peña") | {
        name: text.format(tomorrow=today + DAY) for name, text in fields.items()
    }
    response = ana_reads.post(PAYMENTS, data)
    assert response.status_code == 422
    assert codes(response, "payment") == [code]
    assert response.content.decode().count(data["reference"]) == 1
    assert lease.ledger.count() == before


def test_a_supervisor_corrects(
    fee: LedgerEntry, lease: Lease, sofia: User, sofia_reads: Client, today: date
) -> None:
    page = sofia_reads.get(STATEMENT, {"entry": fee.pk}).content.decode()
    assert f"/movements/{fee.pk}/waiver/" in page
    waiver = f"/leases/104477312/movements/{fee.pk}/waiver/"
    refused = sofia_reads.post(waiver, {"amount": "2.01", "reason": "Cortesía de la casa"})
    assert (refused.status_code, codes(refused, "waiver")) == (422, ["waiver_total"])
    assert "Cortesía de la casa" in refused.content.decode()
    assert sofia_reads.post(waiver, {"amount": "2.00", "reason": "Cortesía"}).status_code == 302
    assert standing_of(lease, today).fees == 8
    waived = lease.ledger.get(kind="waiver")
    reversal = f"/leases/104477312/movements/{waived.pk}/reversal/"
    assert codes(sofia_reads.post(reversal, {"r-reason": ""}), "reversal") == ["required"]
    assert sofia_reads.post(reversal, {"r-reason": "Error mío"}).status_code == 302
    again = sofia_reads.post(reversal, {"r-reason": "Otra vez"})
    assert codes(again, "reversal") == ["not_reversible"]
    assert standing_of(lease, today).fees == 10
    adjustments = "/leases/104477312/adjustments/"
    data = {"amount": "-20.00", "part": "rent", "reason": "Cobro de más"}
    assert sofia_reads.post(adjustments, data).status_code == 302
    refused = sofia_reads.post(adjustments, data | {"amount": "-5000"})
    assert codes(refused, "adjustment") == ["adjustment_total"]
    last = lease.ledger.get(kind="adjustment")
    assert (last.amount, last.reason, last.by) == (-20, "Cobro de más", sofia)


def test_another_leases_movement_is_not_there(
    fee: LedgerEntry, deliver: Callable[..., Lease], dan: Customer, sofia_reads: Client
) -> None:
    deliver("208855419", customer=dan, state="CA", at=days_ago(40))
    data = {"amount": "1.00", "reason": "x", "r-reason": "x"}
    for what in ("reversal", "waiver"):
        for address in (
            f"/leases/208855419/movements/{fee.pk}/{what}/",
            f"/leases/104477312/movements/999999999/{what}/",
        ):
            assert sofia_reads.post(address, data).status_code == 404
    page = sofia_reads.get("/leases/208855419/statement/", {"entry": fee.pk})
    assert page.context.get("correcting") is None
    for entry in ("x", "9" * 30, "-1"):
        assert sofia_reads.get(STATEMENT, {"entry": entry}).status_code == 200


def test_an_agent_does_not_correct_and_merchant_services_only_read(
    fee: LedgerEntry, ana_reads: Client, mateo: User, sign_in: Callable[..., Client]
) -> None:
    page = ana_reads.get(STATEMENT, {"entry": fee.pk}).content.decode()
    assert "waiver/" not in page
    assert "adjustments/" not in page
    assert f'{PAYMENTS}"' in page
    page = sign_in(mateo).get(STATEMENT).content.decode()
    assert f'{PAYMENTS}"' not in page
    assert 'id="movement-' in page
