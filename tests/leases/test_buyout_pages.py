"""Buying early on the pages: the figure explained, quotes in writing, the purchase, the portal."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from accounts.models import User
from common.company_day import business_day, company_zone
from leases.actions.quote_buyout import quote_buyout
from leases.actions.send_quote import send_quote
from leases.clocks import add_days
from leases.models import BuyoutQuote, Customer, Lease
from leases.queries.ledger import standing_of
from mail.models import Email
from mail.outbound.render import render
from tests.leases.contracts import deliver, pay

D = Decimal
SignIn = Callable[[User], Client]
MakeLease = Callable[..., Lease]


@pytest.fixture
def today() -> datetime:
    """Pages read the real clock."""
    return timezone.now()


@pytest.fixture
def running(make_lease: MakeLease, carla: Customer, today: datetime) -> Callable[..., Lease]:
    """Carla's, 20 of 52 weekly payments made, the 20th due today."""

    def made(customer: Customer = carla, number: str = "104499001", **terms: Any) -> Lease:
        delivered = add_days(today, -140, company_zone())
        lease = deliver(make_lease(customer, number, now=delivered), delivered, **terms)
        pay(lease, 20, today)
        return lease

    return made


def page(client: Client, name: str, *args: object) -> str:
    return client.get(reverse(name, args=args)).content.decode()


def quote_of(lease: Lease, now: datetime) -> BuyoutQuote:
    return quote_buyout(lease=lease, by=None, now=now)


# --- the page ------------------------------------------------------------------------------------
@pytest.mark.requirement("R26", "R27")
def test_the_page_explains_todays_figure_in_both_languages(
    sign_in: SignIn, ben: User, running: Callable[..., Lease]
) -> None:
    """Ben reads English; Carla is answered in Spanish."""
    lease = running(state="NY")
    shown = page(sign_in(ben), "lease_buyout", lease.account_number)
    for words in (
        "$615.38", "$1,230.80", "state limit",
        "Cash price $1,000.00 × 32 of 52 payments = $615.38.",
        "Under the contract alone, it would be $923.10",
        "no more payments will be due",
        '<div class="stack" lang="es">',
        "Precio al contado $1,000.00 × 32 de 52 pagos = $615.38.",
        "ya no habrá más pagos por hacer",
    ):  # fmt: skip
        assert words in shown
    assert not BuyoutQuote.objects.exists()  # looking stores nothing


def test_a_reader_of_the_customers_language_reads_it_once(
    sign_in: SignIn, ana: User, running: Callable[..., Lease]
) -> None:
    shown = page(sign_in(ana), "lease_buyout", running().account_number)
    assert shown.count("75% de los pagos por vencer") == 1


@pytest.mark.parametrize(
    ("paid_off", "words"),
    [(False, "once the merchandise has been delivered"), (True, "Nothing is left to pay")],
)
def test_where_there_is_no_figure_the_page_says_why(
    paid_off: bool,
    words: str,
    sign_in: SignIn,
    ben: User,
    running: Callable[..., Lease],
    dans_lease: Lease,
    today: datetime,
) -> None:
    lease = dans_lease
    if paid_off:
        lease = running()
        pay(lease, 31, today)
        pay(lease, 1, today, "38.54")
    client = sign_in(ben)
    assert words in page(client, "lease_buyout", lease.account_number)
    refused = client.post(reverse("lease_quotes", args=[lease.account_number]))
    assert refused.status_code == 422
    assert words in refused.content.decode()
    assert not Email.objects.exists()


def queries_of(client: Client, name: str, *args: object) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(reverse(name, args=args)).status_code == 200
    return len(queries)


def test_the_page_costs_the_same_for_one_quote_and_many(
    sign_in: SignIn, ana: User, running: Callable[..., Lease], today: datetime
) -> None:
    lease = running()
    client = sign_in(ana)
    client.get("/cases/")  # the session's first write is not part of a page's cost
    quote_of(lease, today)
    one = queries_of(client, "lease_buyout", lease.account_number)
    for _each in range(19):
        quote_of(lease, today)
    assert queries_of(client, "lease_buyout", lease.account_number) == one
    assert page(client, "lease_buyout", lease.account_number).count(">Vigente<") == 20


# --- in writing ----------------------------------------------------------------------------------
@pytest.mark.requirement("R26", "R27")
def test_a_quote_in_writing_is_kept_and_mailed_in_the_customers_language(
    sign_in: SignIn, ben: User, running: Callable[..., Lease]
) -> None:
    lease = running()
    client = sign_in(ben)
    response = client.post(reverse("lease_quotes", args=[lease.account_number]), follow=True)
    quote = BuyoutQuote.objects.get()
    assert response.redirect_chain[-1][0] == reverse(
        "lease_quote", args=[lease.account_number, quote.pk]
    )
    assert (quote.by, quote.total) == (ben, D("923.10"))
    mail = Email.objects.get()
    assert (mail.template.key, mail.language, mail.to) == (
        "buyout_quote", "es", "carla@example.com",
    )  # fmt: skip
    words = render(mail).text
    for part in (
        "$923.10", "$307.70", "$1,230.80", "75% de los pagos por vencer ($1,230.80) = $923.10.",
        "ya no habrá más pagos por hacer",
    ):  # fmt: skip
        assert part in words


def test_asked_for_twice_it_is_the_same_quote_and_one_mail(
    running: Callable[..., Lease], ana: User, today: datetime
) -> None:
    lease = running()
    first = send_quote(lease=lease, by=ana, now=today)
    again = send_quote(lease=lease, by=ana, now=today + timedelta(seconds=1))
    assert first[1]
    assert again == (first[0], False)
    assert Email.objects.count() == 1
    pay(lease, 1, today)
    newer, is_new = send_quote(lease=lease, by=ana, now=today)
    assert is_new
    assert newer.total < first[0].total
    assert Email.objects.count() == 2


def text_of(content: bytes) -> str:
    pages = PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(each.extract_text().split()) for each in pages)


@pytest.mark.requirement("R27")
@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("", "La compra anticipada le ahorra $307.70 en comparación con seguir hasta el final."),
        ("es", "Precio al contado"),
        ("en", "Buying early saves you $307.70 compared with finishing the lease."),
        ("xx", "Costo del contrato"),
    ],
)
def test_the_quote_as_pdf_in_either_language(
    asked: str,
    words: str,
    sign_in: SignIn,
    mateo: User,
    carla: Customer,
    running: Callable[..., Lease],
    today: datetime,
) -> None:
    """For staff and for the customer; without a language, the customer's."""
    lease = running()
    quote = quote_of(lease, today)
    for user, name in ((mateo, "lease_quote_pdf"), (carla.user, "portal_quote_pdf")):
        address = reverse(name, args=[lease.account_number, quote.pk])
        response = sign_in(user).get(address, {"language": asked})
        assert response["Content-Type"] == "application/pdf"
        assert response["Content-Language"] == (asked if asked == "en" else "es")
        named = "quote-104499001" if asked == "en" else "cotizaci%C3%B3n-104499001"
        assert named in response["Content-Disposition"]
        text = text_of(response.content)
        for part in (words, "Carla Peña", "104499001", "$923.10", "$1,230.80"):
            assert part in text


def test_a_quote_of_another_lease_is_not_there(
    sign_in: SignIn,
    ana: User,
    carla: Customer,
    dan: Customer,
    running: Callable[..., Lease],
    today: datetime,
) -> None:
    carlas, dans = running(), running(dan, "208855419")
    foreign = quote_of(dans, today)
    for user, names in (
        (ana, ("lease_quote", "lease_quote_pdf")),
        (carla.user, ("portal_quote_pdf",)),
    ):
        for name in names:
            address = reverse(name, args=[carlas.account_number, foreign.pk])
            assert sign_in(user).get(address).status_code == 404
    address = reverse("lease_purchase", args=[carlas.account_number, foreign.pk])
    assert sign_in(ana).post(address, {}).status_code == 404
    address = reverse("portal_quote_pdf", args=[dans.account_number, foreign.pk])
    assert sign_in(carla.user).get(address).status_code == 404


# --- the purchase --------------------------------------------------------------------------------
def typed(now: datetime, **fields: str) -> dict[str, str]:
    return {
        "on": business_day(now).isoformat(), "method": "check", "reference": "991",
        "received": "on",
    } | fields  # fmt: skip


@pytest.mark.requirement("R27")
def test_recording_the_purchase_settles_the_lease(
    sign_in: SignIn, ana: User, running: Callable[..., Lease], today: datetime
) -> None:
    lease = running(tax_rate=D("8.25"))
    quote = quote_of(lease, today)
    client = sign_in(ana)
    address = reverse("lease_purchase", args=[lease.account_number, quote.pk])
    response = client.post(address, typed(today), follow=True)
    assert "Se usó para la compra" in response.content.decode()
    assert standing_of(lease, business_day(today)).balance == 0
    payments = lease.ledger.filter(kind="payment", method="check", reference="991", by=ana)
    assert -sum(line.amount for line in payments) == quote.total == D("999.26")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"received": ""}, {"received": ["required"]}),
        ({"on": "pronto"}, {"on": ["invalid"]}),
        ({"method": "gold"}, {"method": ["invalid_choice"]}),
        ({"method": ""}, {"method": ["required"]}),
        ({"on": "2020-01-01"}, {"__all__": ["payment_day"]}),
    ],
)
def test_a_refused_purchase_changes_nothing_and_keeps_what_was_typed(
    fields: dict[str, str],
    code: dict[str, list[str]],
    sign_in: SignIn,
    ana: User,
    running: Callable[..., Lease],
    today: datetime,
) -> None:
    lease = running()
    quote = quote_of(lease, today)
    before = lease.ledger.count()
    address = reverse("lease_purchase", args=[lease.account_number, quote.pk])
    response = sign_in(ana).post(address, typed(today, **fields))
    assert response.status_code == 422
    found = response.context["form"].errors.as_data()
    assert {field: [each.code for each in errors] for field, errors in found.items()} == code
    assert 'value="991"' in response.content.decode()
    assert lease.ledger.count() == before


def test_an_overtaken_quote_says_so_and_cannot_be_paid(
    sign_in: SignIn, ana: User, running: Callable[..., Lease], today: datetime
) -> None:
    lease = running()
    quote = quote_of(lease, today)
    pay(lease, 1, today)
    client = sign_in(ana)
    shown = page(client, "lease_quote", lease.account_number, quote.pk)
    assert "Ya no vale: cambió el saldo" in shown
    address = reverse("lease_purchase", args=[lease.account_number, quote.pk])
    assert address not in shown
    assert client.post(address, typed(today)).status_code == 422


def test_merchant_services_read_and_do_not_sell(
    sign_in: SignIn, mateo: User, running: Callable[..., Lease], today: datetime
) -> None:
    lease = running()
    quote = quote_of(lease, today)
    client = sign_in(mateo)
    quotes = reverse("lease_quotes", args=[lease.account_number])
    assert f'action="{quotes}"' not in page(client, "lease_buyout", lease.account_number)
    bought = reverse("lease_purchase", args=[lease.account_number, quote.pk])
    assert bought not in page(client, "lease_quote", lease.account_number, quote.pk)
    for name, args in (("lease_quotes", []), ("lease_purchase", [quote.pk])):
        address = reverse(name, args=[lease.account_number, *args])
        assert client.post(address, typed(today)).status_code == 404


# --- the customer --------------------------------------------------------------------------------
@pytest.mark.requirement("R26", "R27")
def test_the_customer_sees_the_figure_and_the_saving(
    sign_in: SignIn, carla: Customer, running: Callable[..., Lease], today: datetime
) -> None:
    lease = running()
    client = sign_in(carla.user)
    shown = page(client, "portal_lease", lease.account_number)
    for words in ("Compra anticipada", "$923.10", "$307.70", "75% de los pagos por vencer"):
        assert words in shown
    assert "/quotes/" not in shown
    quote = quote_of(lease, today)
    pdf = reverse("portal_quote_pdf", args=[lease.account_number, quote.pk])
    assert pdf in page(client, "portal_lease", lease.account_number)
    pay(lease, 1, today)
    assert pdf not in page(client, "portal_lease", lease.account_number)


def test_before_delivery_the_customer_is_offered_nothing(
    sign_in: SignIn, carla: Customer, lease: Lease
) -> None:
    assert "Compra anticipada" not in page(
        sign_in(carla.user), "portal_lease", lease.account_number
    )
