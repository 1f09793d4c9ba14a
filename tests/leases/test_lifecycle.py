"""The table of statuses is what the actions, the page and the database all follow."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

import pgtrigger
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction

from accounts.models import User
from leases import actions
from leases.enums import Actor, LeaseStatus, Rule
from leases.lifecycle import DESCRIPTIONS, EXPIRING, INITIAL, allows
from leases.models import Customer, Lease, StatusEvent

S = LeaseStatus
HOUR = timedelta(hours=1)

#: The transitions of the source document with its ambiguities settled, written out once more.
LEGAL = {
    ("approved", "contracts"), ("approved", "approval_expired"),
    ("contracts", "contracts_received"), ("contracts", "contracts_expired"),
    ("contracts", "approval_expired"),
    ("contracts_received", "lease_accepted"), ("contracts_received", "approved"),
    ("contracts_received", "contracts_expired"), ("contracts_received", "approval_expired"),
    ("lease_accepted", "funded"), ("lease_accepted", "approved"),
    ("lease_accepted", "contracts_expired"), ("lease_accepted", "approval_expired"),
    ("denied", "in_process"), ("pre_approved", "in_process"), ("prequalified", "in_process"),
    ("pending", "in_process"),
    ("in_process", "approved"), ("in_process", "denied"),
    ("prequalified", "approved"), ("prequalified", "denied"), ("prequalified", "pre_approved"),
    ("pre_approved", "approved"), ("pre_approved", "denied"),
    ("pending", "approved"), ("pending", "pre_approved"), ("pending", "prequalified"),
    ("pending", "denied"),
}  # fmt: skip


def codes(error: pytest.ExceptionInfo[ValidationError]) -> list[str | None]:
    return [each.code for each in error.value.error_list]


@pytest.mark.parametrize("start", S)
@pytest.mark.parametrize("end", S)
def test_exactly_the_legal_transitions_are_allowed(start: S, end: S) -> None:
    assert allows(start, end) == ((start.value, end.value) in LEGAL)


@pytest.mark.requirement("R55")
def test_every_status_is_described_once() -> None:
    assert [row.status for row in DESCRIPTIONS] == list(
        dict.fromkeys(row.status for row in DESCRIPTIONS)
    )
    assert {row.status for row in DESCRIPTIONS} == set(S)


def _force(lease: Lease, status: S) -> None:
    """Put a lease in any status past its trigger, as a restored backup would."""
    runs = status in EXPIRING
    with pgtrigger.ignore("leases.Lease:lease_status_table"):
        Lease.objects.filter(pk=lease.pk).update(
            status=status,
            approval_limit=None if status == S.DENIED else Decimal(1500),
            contracts_at=lease.applied_at,
            invoice_total=None if status == S.DENIED else Decimal(900),
            delivered_at=lease.applied_at,
            expires_at=lease.applied_at + timedelta(days=60) if runs else None,
            expires_as=S.CONTRACTS_EXPIRED if runs else "",
        )


@pytest.mark.requirement("R1", "R70")
@pytest.mark.parametrize("start", S)
def test_the_database_refuses_what_the_table_does_not_allow(lease: Lease, start: S) -> None:
    _force(lease, start)
    for end in set(S) - {start}:
        update = Lease.objects.filter(pk=lease.pk).update
        changes = {"expires_at": None, "expires_as": ""} if end not in EXPIRING else {}
        if end in EXPIRING and start not in EXPIRING:
            changes = {"expires_at": lease.applied_at, "expires_as": "approval_expired"}
        if end == S.DENIED:
            changes |= {"approval_limit": None, "invoice_total": None}
        elif start == S.DENIED:
            changes |= {"approval_limit": Decimal(1500), "invoice_total": Decimal(900)}
        if allows(start, end):
            with transaction.atomic():
                assert update(status=end, **changes) == 1
                transaction.set_rollback(True)
        else:
            with pytest.raises(DatabaseError, match="Invalid transition"), transaction.atomic():
                update(status=end, **changes)


@pytest.mark.requirement("R61", "R62", "R64", "R70")
def test_a_lease_from_application_to_delivery(lease: Lease, now: datetime) -> None:
    actions.submit_invoice(
        lease=lease, number="F-1", total=Decimal("899.99"), by=None, now=now + HOUR
    )
    actions.sign(lease=lease, by=None, now=now + 2 * HOUR)
    funded = actions.confirm_delivery(lease=lease, by=None, now=now + 3 * HOUR)
    assert funded.status == S.FUNDED
    assert funded.expires_at is None
    history = list(lease.status_events.values_list("from_status", "to_status", "rule", "actor"))
    assert history == [
        ("", "approved", Rule.APPLICATION, Actor.MERCHANT),
        ("approved", "contracts", Rule.INVOICE, Actor.MERCHANT),
        ("contracts", "contracts_received", Rule.SIGNATURE, Actor.MERCHANT),
        ("contracts_received", "lease_accepted", Rule.ACCEPTANCE, Actor.MERCHANT),
        ("lease_accepted", "funded", Rule.DELIVERY, Actor.MERCHANT),
    ]


@pytest.mark.requirement("R59")
@pytest.mark.parametrize("decision", sorted(INITIAL))
def test_an_application_gets_an_account_number_whatever_the_answer(
    decision: S, make_lease: Callable[..., Lease], carla: Customer
) -> None:
    lease = make_lease(carla, "7700001", decision=decision)
    assert lease.account_number == "7700001"
    assert (lease.approval_limit is not None) == (decision == S.APPROVED)


@pytest.mark.parametrize("decision", sorted(set(S) - INITIAL))
def test_an_application_is_not_answered_with_a_later_status(
    decision: S, make_lease: Callable[..., Lease], carla: Customer
) -> None:
    with pytest.raises(ValidationError) as error:
        make_lease(carla, decision=decision)
    assert codes(error) == ["lease_decision"]
    assert not Lease.objects.exists()


@pytest.mark.parametrize("total", ["0", "-5", "1500.01"])
def test_an_invoice_keeps_within_the_limit(lease: Lease, now: datetime, total: str) -> None:
    with pytest.raises(ValidationError) as error:
        actions.submit_invoice(lease=lease, number="F-1", total=Decimal(total), by=None, now=now)
    assert codes(error) == ["invoice_total"]
    assert lease.status_events.count() == 1


def test_delivery_before_signing_is_refused_with_both_names(lease: Lease, now: datetime) -> None:
    with pytest.raises(ValidationError) as error:
        actions.confirm_delivery(lease=lease, by=None, now=now)
    assert codes(error) == ["lease_transition"]
    assert "Approved" in error.value.messages[0]
    assert "Funded" in error.value.messages[0]


@pytest.mark.requirement("R69")
def test_merchant_services_overturns_a_denial(
    make_lease: Callable[..., Lease], carla: Customer, mateo: User, ana: User, now: datetime
) -> None:
    lease = make_lease(carla, decision=S.DENIED)
    with pytest.raises(PermissionDenied):
        actions.place_in_review(lease=lease, reason="New proof", by=ana, now=now)
    with pytest.raises(ValidationError) as error:
        actions.place_in_review(lease=lease, reason=" ", by=mateo, now=now)
    assert codes(error) == ["reason"]
    later = now + timedelta(days=10)
    actions.place_in_review(lease=lease, reason="New proof", by=mateo, now=now)
    approved = actions.end_review(
        lease=lease, approval_limit=Decimal(700), reason="Income verified", by=mateo, now=later
    )
    assert approved.approved_at == later
    assert approved.expires_as == S.APPROVAL_EXPIRED
    assert list(lease.status_events.values_list("reason", "by__name")) == [
        ("", None),
        ("New proof", "Mateo Cruz"),
        ("Income verified", "Mateo Cruz"),
    ]


@pytest.mark.requirement("R69")
@pytest.mark.parametrize("limit", [Decimal(700), None])
def test_only_a_review_that_was_begun_is_ended(
    make_lease: Callable[..., Lease],
    carla: Customer,
    mateo: User,
    now: datetime,
    limit: Decimal | None,
) -> None:
    """More information may approve or deny a pre-approved lease; merchant services may not."""
    lease = make_lease(carla, decision=S.PRE_APPROVED)
    with pytest.raises(ValidationError) as error:
        actions.end_review(lease=lease, approval_limit=limit, reason="Ok", by=mateo, now=now)
    assert codes(error) == ["lease_transition"]
    lease.refresh_from_db()
    assert lease.status == S.PRE_APPROVED


@pytest.mark.requirement("R70")
@pytest.mark.parametrize(
    "statement", ["UPDATE leases_statusevent SET reason = 'x'", "DELETE FROM leases_statusevent"]
)
def test_history_is_only_ever_added_to(lease: Lease, statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match="Cannot update or delete"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert StatusEvent.objects.get(lease=lease).reason == ""
