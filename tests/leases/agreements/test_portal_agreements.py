"""What a customer reads about plans and automatic payments."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from accounts.models import User
from common.company_day import business_day
from leases.actions import autopay as autopay_actions
from leases.actions import plans as plan_actions
from leases.models import Customer, Lease
from leases.plan_terms import proposed
from leases.queries.ledger import standing_of
from tests.pages import text

Page = Callable[..., Any]


@pytest.mark.requirement("R24", "R28")
def test_customers_read_their_promises_and_charges_in_plain_words(
    funded: Lease, carla: Customer, ben: User, visit: Page, later: datetime, at: Page
) -> None:
    plan_actions.agree_recovery(
        lease=funded, promises=proposed(
            standing_of(funded, business_day(later)).arrears, 3, date(2026, 12, 18), "weekly"
        ),
        note="Solo para nosotros.", by=ben, now=later,
    )  # fmt: skip
    autopay_actions.set_up(lease=funded, method="bank", overdraft_warned=True, by=ben, now=later)
    page = text(visit(carla.user, "portal_lease", funded))
    assert "18 de diciembre de 2026" in page
    assert "16 de diciembre de 2026" in page
    assert "Solo para nosotros." not in page
    at(later + timedelta(days=8))
    late = visit(carla.user, "portal_lease", funded)
    assert [each.state.value for each in late.context["agreed"]["promises"]] == [
        "missed", "upcoming", "upcoming",
    ]  # fmt: skip


@pytest.mark.requirement("R25")
def test_customers_read_which_payment_is_on_another_day(
    funded: Lease, carla: Customer, ben: User, visit: Page, later: datetime, at: Page
) -> None:
    assert "Cambios en sus pagos" not in text(visit(carla.user, "portal_lease", funded))
    plan, _promises, _moves = plan_actions.reschedule(
        lease=funded, number=4, to=date(2026, 12, 21), note="Cobra el lunes.", by=ben, now=later
    )
    page = text(visit(carla.user, "portal_lease", funded))
    assert (
        "Pago 4 ($38.46): ahora vence el 21 de diciembre de 2026"
        " en lugar del 16 de diciembre de 2026" in page
    )
    assert "Cobra el lunes." not in page
    at(later + timedelta(days=11))  # the day after it
    assert not visit(carla.user, "portal_lease", funded).context["changed"]
    at(later)
    plan_actions.cancel_plan(plan=plan, reason="Ya no.", by=ben, now=later)
    assert not visit(carla.user, "portal_lease", funded).context["changed"]


@pytest.mark.requirement("R25")
@pytest.mark.parametrize(
    ("spread", "rest"),
    [
        ("later", "Pagos 6 a 52, desde el 30 de diciembre de 2026: hasta $0.82 más cada uno"),
        ("end", "Pago 53, agregado: $38.46 el 24 de noviembre de 2027"),
    ],
)
def test_customers_read_which_payments_are_lowered(
    spread: str, rest: str, funded: Lease, carla: Customer, ben: User, visit: Page, later: datetime
) -> None:
    plan_actions.restructure(
        lease=funded, count=2, percent=50, spread=spread, note="Menos horas.", by=ben, now=later
    )
    page = text(visit(carla.user, "portal_lease", funded))
    assert "Pago 4 del 16 de diciembre de 2026: $19.23, es decir, $19.23 menos" in page
    assert "Pago 5 del 23 de diciembre de 2026: $19.23, es decir, $19.23 menos" in page
    assert rest in page
    assert "Menos horas." not in page
