"""What a customer sees of the money of a lease."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from accounts.models import User
from common.company_day import business_day
from leases.actions import charge_late_fees, corrections, disputed_charges
from leases.actions.payments import record_payment
from leases.models import Customer, Lease
from tests.days import days_ago

LEASE, PDF = "/portal/leases/104477312/", "/portal/leases/104477312/statement/pdf/"


@pytest.fixture
def lease(deliver: Callable[..., Lease], ana: User, sofia: User) -> Lease:
    """Carla's: one payment, one late fee waived in part, all with internal notes."""
    lease = deliver(state="CA", at=days_ago(19))
    now = timezone.now()
    charge_late_fees(now=now)
    record_payment(
        lease=lease, amount=Decimal("40.00"), on=business_day(now), method="cash",
        reference="Recibo 7", by=ana, now=now,
    )  # fmt: skip
    fee = lease.ledger.filter(kind="fee").first()
    assert fee is not None
    corrections.waive(
        lease=lease, entry_id=fee.pk, amount=Decimal("0.50"), reason="Clienta molesta", by=sofia,
        now=now,
    )  # fmt: skip
    return lease


@pytest.mark.requirement("R21", "R22", "R23")
def test_a_customer_reads_what_was_paid_what_is_due_and_why_each_fee(
    lease: Lease, carla: Customer, sign_in: Callable[..., Client]
) -> None:
    page = sign_in(carla.user).get(LEASE).content.decode().replace("\u00a0", " ")
    for words in (
        "Fecha de corte", "Pagado hasta ahora", "$40.00", "$1,963.50", "Recibo 7",
        "el cargo es el 5% del pago ($38.46)", "5 días de atraso",
    ):  # fmt: skip
        assert words in page
    for words in ("Ana Torres", "Sofía", "Clienta molesta", "-$40.00"):
        assert words not in page


@pytest.mark.requirement("R77")
def test_a_customer_sees_what_is_under_review(
    lease: Lease, carla: Customer, ana: User, sign_in: Callable[..., Client],
    visit: Callable[..., Any],
) -> None:  # fmt: skip
    fee = lease.ledger.filter(kind="fee").first()
    assert fee is not None
    disputed_charges.dispute_charges(
        lease, {fee.pk: Decimal("1.25")}, pauses_fees=True, by=ana, now=timezone.now()
    )
    page = sign_in(carla.user).get(LEASE).content.decode().replace("\u00a0", " ")
    for words in ("En revisión", "$1.25", "Le diremos qué decidimos."):
        assert words in page
    assert "en revisión" in visit(ana, "lease_statement", lease).content.decode()


def test_a_customer_who_owes_nothing_reads_nothing_of_a_past_due_amount(
    deliver: Callable[..., Lease], carla: Customer, sign_in: Callable[..., Client]
) -> None:
    deliver(at=days_ago(1))
    page = sign_in(carla.user).get(LEASE).content.decode()
    assert "Próximo pago" in page
    assert "Fecha de corte" not in page
    assert "vencido" not in page


@pytest.mark.requirement("R21")
def test_a_customers_payment_history_in_either_language(
    lease: Lease, carla: Customer, sign_in: Callable[..., Client]
) -> None:
    carla_reads = sign_in(carla.user)
    for language, words in (("es", "Historial de pagos"), ("en", "Payment history")):
        response = carla_reads.get(PDF, {"language": language})
        assert response["Content-Type"] == "application/pdf"
        pages = PdfReader(BytesIO(response.content)).pages
        text = "\n".join(page.extract_text() for page in pages)
        assert words in text
        assert "Carla Peña" in text
        for internal in ("Ana Torres", "Sofía", "molesta"):
            assert internal not in text


def test_another_customers_is_not_there(
    lease: Lease, dan: Customer, sign_in: Callable[..., Client]
) -> None:
    assert sign_in(dan.user).get(PDF).status_code == 404


def test_before_the_delivery_nothing_is_said_of_payments(
    make_lease: Callable[..., Lease], carla: Customer, sign_in: Callable[..., Client]
) -> None:
    make_lease(carla)
    carla_reads = sign_in(carla.user)
    assert "Mis pagos" not in carla_reads.get(LEASE).content.decode()
    assert carla_reads.get(PDF).content.startswith(b"%PDF-")
