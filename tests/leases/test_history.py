"""A lease's status and its history change together or not at all, however it's tried."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from accounts.models import User
from leases import actions
from leases.enums import Actor, LeaseStatus, Rule
from leases.models import ApiKey, Customer, Lease, StatusEvent, Store
from tests.patience import PATIENCE

S = LeaseStatus
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.requirement("R70")]

UNTOLD = "is not that of its newest event"
BROKEN = "does not continue"
INVOICED = (
    "UPDATE leases_lease SET status = 'contracts', contracts_at = now(), invoice_total = 900"
    " WHERE account_number = '104477312'"
)


def run(*statements: str) -> None:
    """In one transaction, by hand."""
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def event(lease: Lease, start: str, end: str, rule: str, at: datetime) -> StatusEvent:
    return StatusEvent(
        lease=lease, from_status=start, to_status=end, rule=rule, actor=Actor.MERCHANT, at=at
    )


@pytest.fixture
def approved(lease: Lease) -> Lease:
    lease.refresh_from_db()
    return lease


@pytest.fixture
def api_key(irene: User, luna: Store, now: datetime) -> ApiKey:
    key, _secret = actions.create_api_key(
        merchant=luna.merchant, store=None, name="Caja", by=irene, now=now
    )
    return key


def untouched(lease: Lease) -> bool:
    told = StatusEvent.objects.filter(lease=lease).values_list("from_status", "to_status")
    return list(told) == [("", "approved")] and Lease.objects.get(pk=lease.pk).status == S.APPROVED


def test_a_status_changed_by_sql_without_its_event_does_not_get_in(approved: Lease) -> None:
    with pytest.raises(DatabaseError, match=UNTOLD):
        run(INVOICED)
    assert untouched(approved)


def test_nor_one_changed_by_update(approved: Lease, now: datetime) -> None:
    with pytest.raises(DatabaseError, match=UNTOLD):
        Lease.objects.filter(pk=approved.pk).update(
            status=S.CONTRACTS, contracts_at=now, invoice_total=900
        )
    assert untouched(approved)


def test_nor_one_changed_by_save_or_bulk_update(approved: Lease, now: datetime) -> None:
    approved.status, approved.expires_at, approved.expires_as = S.APPROVAL_EXPIRED, None, ""
    with pytest.raises(DatabaseError, match=UNTOLD):
        approved.save()
    with pytest.raises(DatabaseError, match=UNTOLD):
        Lease.objects.bulk_update([approved], ["status", "expires_at", "expires_as"])
    assert untouched(approved)


def test_two_legal_steps_at_once_need_both_events(approved: Lease, now: datetime) -> None:
    steps = (
        INVOICED,
        "UPDATE leases_lease SET status = 'contracts_received'",
    )
    told = (
        "INSERT INTO leases_statusevent (lease_id, from_status, to_status, rule, actor, reason, at)"
        " SELECT id, {}, 'merchant', '', now() FROM leases_lease"
    )
    with pytest.raises(DatabaseError, match="status_event_is_a_step"):
        run(*steps, told.format("'approved', 'contracts_received', 'signature'"))
    with pytest.raises(DatabaseError, match=BROKEN):
        run(*steps, told.format("'contracts', 'contracts_received', 'signature'"))
    with pytest.raises(DatabaseError, match=UNTOLD):
        run(*steps, told.format("'approved', 'contracts', 'invoice'"))
    assert untouched(approved)
    run(
        *steps,
        told.format("'approved', 'contracts', 'invoice'"),
        told.format("'contracts', 'contracts_received', 'signature'"),
    )
    assert not untouched(approved)


def test_a_lease_without_history_does_not_get_in(approved: Lease) -> None:
    approved.pk = None
    approved.account_number, approved.application_id = "7700001", uuid.uuid4()
    with pytest.raises(DatabaseError, match=UNTOLD):
        Lease.objects.bulk_create([approved])
    assert Lease.objects.count() == 1


def test_an_event_that_did_not_happen_does_not_get_in(approved: Lease, now: datetime) -> None:
    with pytest.raises(DatabaseError, match=UNTOLD):
        event(approved, "approved", "contracts", Rule.INVOICE, now).save()
    assert untouched(approved)


@pytest.mark.parametrize(
    ("start", "end", "rule"),
    [("approved", "contracts", Rule.DELIVERY), ("approved", "funded", Rule.DELIVERY),
     ("", "funded", Rule.APPLICATION), ("", "approved", Rule.REVIEW)],
)  # fmt: skip
def test_an_event_is_a_step_of_the_table(
    approved: Lease, now: datetime, start: str, end: str, rule: str
) -> None:
    with pytest.raises(DatabaseError, match="status_event_is_a_step"):
        StatusEvent.objects.bulk_create([event(approved, start, end, rule, now)])


def test_a_history_does_not_begin_twice_or_branch(approved: Lease, now: datetime) -> None:
    for events in (
        [event(approved, "", "approved", Rule.APPLICATION, now)],
        [event(approved, "contracts", "contracts_received", Rule.SIGNATURE, now)],
        [
            event(approved, "approved", "contracts", Rule.INVOICE, now),
            event(approved, "approved", "contracts", Rule.INVOICE, now),
        ],
    ):
        with pytest.raises(DatabaseError, match=BROKEN):
            StatusEvent.objects.bulk_create(events)
    assert untouched(approved)


def test_an_event_cannot_be_slipped_in_before_another(approved: Lease, now: datetime) -> None:
    actions.submit_invoice(lease=approved, number="F-1", total=Decimal(900), by=None, now=now)
    early = event(approved, "approved", "contracts", Rule.INVOICE, now)
    early.pk = StatusEvent.objects.order_by("id")[0].pk - 1
    with pytest.raises(DatabaseError, match=BROKEN):
        early.save(force_insert=True)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE leases_statusevent SET reason = 'x'",
        "DELETE FROM leases_statusevent",
        "TRUNCATE leases_statusevent CASCADE",
        "TRUNCATE leases_lease CASCADE",
        "TRUNCATE leases_customer CASCADE",
    ],
)
def test_history_is_never_changed_nor_emptied(approved: Lease, statement: str) -> None:
    with pytest.raises(DatabaseError, match="Cannot"):
        run(statement)
    assert untouched(approved)


def test_a_lease_with_its_history_cannot_be_deleted(approved: Lease) -> None:
    with pytest.raises(DatabaseError):
        run("DELETE FROM leases_lease")
    assert untouched(approved)


def test_two_sessions_do_not_branch_a_history(approved: Lease, now: datetime) -> None:
    """Both see an approval; the second waits for the first and is then refused."""
    told = (
        "INSERT INTO leases_statusevent (lease_id, from_status, to_status, rule, actor, reason, at)"
        " SELECT id, 'approved', 'contracts', 'invoice', 'merchant', '', now() FROM leases_lease"
    )
    errors: list[str] = []

    def second(waits: threading.Event) -> None:
        parameters: dict[str, Any] = connection.get_connection_params()
        parameters.pop("cursor_factory", None), parameters.pop("context", None)
        with psycopg.connect(**parameters) as other:
            waits.set()
            try:
                other.execute(INVOICED)
                other.execute(told)
                other.commit()
            except psycopg.Error as error:
                errors.append(str(error))

    waits = threading.Event()
    thread = threading.Thread(target=second, args=[waits])
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(INVOICED)
        thread.start()
        assert waits.wait(PATIENCE)
        cursor.execute(told)
    thread.join()
    assert len(errors) == 1
    assert BROKEN in errors[0]
    assert approved.status_events.count() == 2


def test_every_event_says_who_and_by_which_rule(
    approved: Lease, api_key: ApiKey, mateo: User, now: datetime, make_lease: Callable[..., Lease],
    carla: Customer,
) -> None:  # fmt: skip
    """A merchant's system by its key, a person by name, the clock with its start."""
    hour = timedelta(hours=1)
    actions.submit_invoice(
        lease=approved, number="F-1", total=Decimal(900), by=api_key, now=now + hour
    )
    actions.sign(lease=approved, by=None, now=now + 2 * hour)
    actions.expire_due(now=now + timedelta(days=60, hours=1))
    denied = make_lease(carla, "7700001", decision=S.DENIED)
    actions.place_in_review(lease=denied, reason="New proof", by=mateo, now=now)
    told = StatusEvent.objects.order_by("id").values_list(
        "rule", "actor", "by", "api_key", "clock_started_at", "reason"
    )
    nobody = (None, None, None, "")
    assert list(told) == [
        ("application", "merchant", *nobody),
        ("invoice", "merchant", None, api_key.pk, None, ""),
        ("signature", "merchant", *nobody),
        ("acceptance", "merchant", *nobody),
        ("contracts_age", "clock", None, None, now + hour, ""),
        ("application", "merchant", *nobody),
        ("review", "person", mateo.pk, None, None, "New proof"),
    ]
