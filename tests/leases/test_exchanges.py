"""Whether an exchange is possible: the lease's status decides, then the merchant's program."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import translation

from accounts.models import User
from leases import actions
from leases.enums import LeaseStatus as S
from leases.exchanges import exchange
from leases.models import Lease, Program
from leases.queries.ledger import exchange_of
from tests import clock
from tests.leases.conftest import Reach

DELIVERED = date(2026, 11, 10)


class Policy(NamedTuple):
    exchange_policy: str
    exchange_days: int


@pytest.mark.requirement("R35")
@pytest.mark.parametrize(
    ("program", "today", "allowed", "words"),
    [
        (None, DELIVERED, False, "El contrato no indica"),
        (Policy("none", 7), DELIVERED, False, "Este programa no admite cambios."),
        (Policy("same_item", 7), date(2026, 11, 17), True, "por el mismo artículo"),
        (Policy("same_item", 7), date(2026, 11, 18), False, "Ya venció el plazo para cambios."),
        (Policy("same_value", 0), date(2027, 11, 18), True, "del mismo valor"),
    ],
)
def test_after_the_delivery_the_merchants_program_decides(
    program: Policy | None, today: date, allowed: bool, words: str
) -> None:
    found = exchange(S.FUNDED, program, DELIVERED, today)

    assert found.allowed is allowed
    with translation.override("es"):
        assert words in str(found.reason)


INVOICE = ("can still send or correct the invoice", "aún puede enviar o corregir la factura")
RETURN = ("Record changes as a return", "se registran como devolución")
UNDECIDED = ("hasn’t been approved", "Todavía no hay aprobación")
EXPIRED = ("expired before delivery", "venció antes de la entrega")
WORDS = {
    S.APPROVED: INVOICE,
    S.CONTRACTS: INVOICE,
    S.CONTRACTS_RECEIVED: RETURN,
    S.LEASE_ACCEPTED: RETURN,
    S.FUNDED: ("Yes, for the same item.", "Sí, por el mismo artículo."),
    S.PRE_APPROVED: UNDECIDED,
    S.PREQUALIFIED: UNDECIDED,
    S.PENDING: UNDECIDED,
    S.IN_PROCESS: UNDECIDED,
    S.DENIED: ("The application was denied", "La solicitud fue denegada"),
    S.APPROVAL_EXPIRED: EXPIRED,
    S.CONTRACTS_EXPIRED: EXPIRED,
}


@pytest.mark.requirement("R35", "R56")
@pytest.mark.parametrize("status", S)
def test_pages_offer_to_change_the_invoice_exactly_where_cart_takes_it(
    reach: Reach, program: Program, now: datetime, status: S
) -> None:
    lease = reach(status)
    program.exchange_policy, program.exchange_days = "same_item", 7
    lease.program = program

    found = exchange_of(lease, now)

    assert WORDS[status][0] in str(found.reason)
    with translation.override("es"):
        assert WORDS[status][1] in str(found.reason)
    assert (WORDS[status] == INVOICE) == takes_invoice(lease, now)


def takes_invoice(lease: Lease, now: datetime) -> bool:
    try:
        actions.submit_invoice(lease=lease, number="F-2", total=Decimal("800.00"), by=None, now=now)
    except ValidationError as refusal:
        return refusal.error_list[0].code != "lease_transition"
    return True


def test_an_approval_past_its_deadline_offers_nothing_before_the_sweep_comes(
    reach: Reach, program: Program, mateo: User, sign_in: Callable[..., Client]
) -> None:
    """The effective status counts, on the page of the lease."""
    lease = reach(S.APPROVED)
    assert lease.expires_at is not None
    Lease.objects.filter(pk=lease.pk).update(program=program)
    lease.refresh_from_db()

    assert EXPIRED[0] in str(exchange_of(lease, lease.expires_at).reason)
    with clock.at(lease.applied_at):
        page = sign_in(mateo).get(f"/leases/{lease.account_number}/").content.decode()
    assert "The store can still send or correct the invoice" in page
