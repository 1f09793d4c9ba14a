"""Carla's payments, three of them missed, on the pages about what can be agreed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from leases.models import Lease, Program


@pytest.fixture(autouse=True)
def _program(program: Program) -> None:
    Program.objects.filter(pk=program.pk).update(
        recovery_payments=4, rescheduling_days=14, restructuring_payments=3
    )


@pytest.fixture
def funded(deliver: Callable[..., Lease], now: datetime, at: Callable[[datetime], None]) -> Lease:
    """Carla's, three payments behind: those of November 25, December 2 and 9."""
    lease = deliver()
    at(now + timedelta(days=23))
    return lease


@pytest.fixture
def later(now: datetime) -> datetime:
    return now + timedelta(days=23)  # Friday, December 11
