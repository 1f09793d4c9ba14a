"""Calls that have no lease, and one that nobody finished."""

from __future__ import annotations

from datetime import datetime, timedelta

from accounts.models import User
from cases import actions
from leases import actions as lease_actions
from leases.models import Lease

ROSA = actions.Contact(
    why="identity",
    name="Rosa Ibáñez",
    phone="+12105550188",
    known="Le cobran un refrigerador que no pidió. Tienda: Luna, San Antonio.",
)
TOM = actions.Contact(
    why="not_found",
    name="Tom Becker",
    phone="+13125550147",
    email="tom.becker@example.com",
    known="Leased a washer in 2024, maybe under his wife’s name.",
)


def call_without_lease(*, ana: User, ben: User, now: datetime) -> None:
    stories = (
        (ROSA, "fraud", "es", "Alguien usó sus datos para un arrendamiento.", ana, 26),
        (
            TOM,
            "other",
            "en",
            "Asks what’s left to pay. We couldn’t find the lease.",
            ben,
            3,
        ),
    )
    for contact, kind, language, summary, by, hours in stories:
        at = now - timedelta(hours=hours)
        told = actions.Call(
            contact=contact, kind=kind, channel="phone", language=language, summary=summary
        )
        draft = actions.start_call(by=by, now=at)
        actions.open_case(draft=draft, call=told, by=by, now=at)
    begun = actions.start_call(by=ben, now=now - timedelta(minutes=50))
    typed = {"language": "en", "contract": "Dan", "summary": "The line was cut. Asked about"}
    actions.save_draft(draft=begun, typed=typed, by=ben)


def asked_for_ssn(leases: list[Lease]) -> None:
    """Their applications did; the digits are 1234."""
    for lease in leases:
        lease_actions.keep_ssn_digits(lease=lease, data={"ssnLast4": "1234"})
