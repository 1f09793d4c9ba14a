"""Actions, page and database all follow the table of statuses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction

from accounts.models import User
from leases import actions
from leases.enums import Actor, LeaseStatus, Rule
from leases.lifecycle import DESCRIPTIONS, EXPIRING, GROWING_STALE, INITIAL, allows
from leases.models import Customer, Lease, Merchant, Program, StatusEvent, Store
from tests.leases.conftest import Reach

S = LeaseStatus
HOUR = timedelta(hours=1)

#: The transitions of the source document with its ambiguities settled, written out again.
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
    # only as an approved late report
    ("approval_expired", "funded"), ("contracts_expired", "funded"),
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


DAY = timedelta(days=1)


def invoiced(lease: Lease, now: datetime, total: str = "900.00") -> Lease:
    return actions.submit_invoice(lease=lease, number="F-1", total=Decimal(total), by=None, now=now)


@pytest.mark.requirement("R1", "R70")
@pytest.mark.parametrize("start", S)
def test_the_database_refuses_what_the_table_does_not_allow(reach: Reach, start: S) -> None:
    lease = reach(start)
    for end in set(S) - {start}:
        update = Lease.objects.filter(pk=lease.pk).update
        changes: dict[str, object] = {"expires_at": None, "expires_as": "", "ended_at": None}
        if end in EXPIRING:
            changes = {"expires_at": lease.applied_at, "expires_as": "approval_expired"}
        changes |= {"approval_limit": 1500, "invoice_total": 900, "approved_at": lease.applied_at}
        changes |= {"contracts_at": lease.applied_at, "delivered_at": lease.applied_at}
        if end == S.DENIED:
            changes |= {"approval_limit": None, "invoice_total": None}
        if (start, end) in LEGAL:
            with transaction.atomic():
                assert update(status=end, **changes) == 1
                transaction.set_rollback(True)
        else:
            with pytest.raises(DatabaseError, match="Invalid transition"), transaction.atomic():
                update(status=end, **changes)


class Way(NamedTuple):
    """Something that happens to leases, and where it takes which statuses."""

    starts: set[S]
    end: S
    run: Callable[..., object]
    by_merchant_services: bool = False


def _decided(end: S) -> Callable[..., object]:
    limit = Decimal(700) if end == S.APPROVED else None
    return lambda **given: actions.decide(decision=end, approval_limit=limit, **given)


WAYS = {
    "invoice": Way({S.APPROVED}, S.CONTRACTS, lambda **given: actions.submit_invoice(
        number="F-2", total=Decimal("800.00"), **given)),
    "signature": Way({S.CONTRACTS}, S.LEASE_ACCEPTED, actions.sign),
    "acceptance": Way({S.CONTRACTS_RECEIVED}, S.LEASE_ACCEPTED, actions.accept_signed),
    "delivery": Way({S.LEASE_ACCEPTED}, S.FUNDED, actions.confirm_delivery),
    "review": Way(
        {S.DENIED, S.PRE_APPROVED, S.PREQUALIFIED, S.PENDING}, S.IN_PROCESS,
        lambda **given: actions.place_in_review(reason="Proof", **given), True),
    "overturned": Way({S.IN_PROCESS}, S.APPROVED, lambda **given: actions.end_review(
        approval_limit=Decimal(700), reason="Proof", **given), True),
    "upheld": Way({S.IN_PROCESS}, S.DENIED, lambda **given: actions.end_review(
        approval_limit=None, reason="Proof", **given), True),
    "approved": Way({S.PREQUALIFIED, S.PRE_APPROVED, S.PENDING}, S.APPROVED, _decided(S.APPROVED)),
    "denied": Way({S.PREQUALIFIED, S.PRE_APPROVED, S.PENDING}, S.DENIED, _decided(S.DENIED)),
    "pre-approved": Way({S.PREQUALIFIED, S.PENDING}, S.PRE_APPROVED, _decided(S.PRE_APPROVED)),
    "prequalified": Way({S.PENDING}, S.PREQUALIFIED, _decided(S.PREQUALIFIED)),
    "undecided": Way(set(), S.PENDING, _decided(S.PENDING)),
    "decided funded": Way(set(), S.FUNDED, _decided(S.FUNDED)),
    "decided into a review": Way(set(), S.IN_PROCESS, _decided(S.IN_PROCESS)),
}  # fmt: skip


@pytest.mark.requirement("R57", "R58", "R61", "R62", "R64", "R69")
@pytest.mark.parametrize("start", S)
@pytest.mark.parametrize("name", WAYS)
def test_an_action_moves_where_it_may_and_says_no_everywhere_else(
    reach: Reach, mateo: User, now: datetime, start: S, name: str
) -> None:
    lease, way = reach(start), WAYS[name]
    before = lease.status_events.count()
    given = {"lease": lease, "by": mateo if way.by_merchant_services else None, "now": now}
    if start in way.starts:
        way.run(**given)
        assert Lease.objects.get().status == way.end
        events = lease.status_events.order_by("id")[before:]
        assert (events[0].from_status, list(events)[-1].to_status) == (start, way.end)
        return
    if (start, name) == (S.CONTRACTS, "invoice"):  # sent again: another version, same status
        way.run(**given)
    else:
        with pytest.raises(ValidationError) as error, transaction.atomic():
            way.run(**given)
        assert codes(error) == ["lease_transition"]
    assert lease.status_events.count() == before
    assert Lease.objects.get().status == start


def test_together_they_are_all_the_legal_ways() -> None:
    """Except the clock's (test_expire_due), the return's (test_returns), half of the signature's,
    late reports (test_late_reports).
    """
    taken = {(start.value, way.end.value) for way in WAYS.values() for start in way.starts}
    taken -= {("contracts", "lease_accepted")}  # in two steps
    clock = {pair for pair in LEGAL if pair[1].endswith("_expired")}
    late = {(start, "funded") for start in ("approval_expired", "contracts_expired")}
    void = {("contracts_received", "approved"), ("lease_accepted", "approved")}
    assert taken | clock | late | void | {("contracts", "contracts_received")} == LEGAL


# --- the settled questions of docs/decisions/0002 -------------------------------------------------


@pytest.mark.requirement("R68")
def test_the_sixty_days_run_from_the_first_invoice_and_nothing_restarts_them(
    lease: Lease, now: datetime
) -> None:
    due = now + 60 * DAY
    assert invoiced(lease, now).expires_at == due
    again = invoiced(lease, now + 5 * DAY, "950.00")
    assert (again.status, again.expires_at, again.contracts_at) == (S.CONTRACTS, due, now)
    assert again.invoice_total == Decimal("950.00")
    assert actions.sign(lease=lease, by=None, now=now + 9 * DAY).expires_at == due
    assert lease.status_events.count() == 4


@pytest.mark.requirement("R66", "R68")
@pytest.mark.parametrize(
    ("invoiced_after", "deadline", "status", "rule"),
    [
        (29, 89, S.CONTRACTS_EXPIRED, Rule.CONTRACTS_AGE),
        (30, 90, S.CONTRACTS_EXPIRED, Rule.CONTRACTS_AGE),  # a tie
        (31, 90, S.APPROVAL_EXPIRED, Rule.APPROVAL_AGE),
    ],
)
@pytest.mark.parametrize("signed", [True, False])
def test_the_earlier_of_both_clocks_ends_a_lease_and_is_named(
    lease: Lease, now: datetime, invoiced_after: int, deadline: int, status: S, rule: Rule,
    signed: bool,
) -> None:  # fmt: skip
    at = now + invoiced_after * DAY
    invoiced(lease, at)
    if signed:
        actions.sign(lease=lease, by=None, now=at)
    due = now + deadline * DAY
    assert not actions.expire_due(now=due - timedelta(microseconds=1))
    assert actions.expire_due(now=due)
    event = lease.status_events.last()
    assert event is not None
    assert (event.to_status, event.rule) == (status, rule)
    assert event.clock_started_at == (now if rule == Rule.APPROVAL_AGE else at)


@pytest.mark.requirement("R69")
def test_an_overturned_denial_starts_its_ninety_days_at_the_overturn(
    reach: Reach, mateo: User, now: datetime
) -> None:
    late = now + 200 * DAY
    approved = actions.end_review(
        lease=reach(S.IN_PROCESS), approval_limit=Decimal(700), reason="Ok", by=mateo, now=late
    )
    assert (approved.approved_at, approved.expires_at) == (late, late + 90 * DAY)


@pytest.mark.parametrize("status", sorted(GROWING_STALE))
def test_what_waits_never_expires_but_grows_stale(reach: Reach, now: datetime, status: S) -> None:
    lease = reach(status)
    assert not actions.expire_due(now=now + 4000 * DAY)
    assert lease.status_at(now + 4000 * DAY) == status
    assert not lease.is_stale(now + 90 * DAY - timedelta(seconds=1))
    assert lease.is_stale(now + 90 * DAY)


@pytest.mark.parametrize("status", sorted(set(S) - GROWING_STALE))
def test_nothing_else_grows_stale(reach: Reach, now: datetime, status: S) -> None:
    assert not reach(status).is_stale(now + 4000 * DAY)


@pytest.mark.requirement("R65")
@pytest.mark.parametrize("day", [datetime(2027, 3, 14), datetime(2027, 11, 7)])  # noqa: DTZ001
def test_days_are_calendar_days_at_the_same_hour(
    make_lease: Callable[..., Lease], carla: Customer, day: datetime
) -> None:
    """Across the nights when the clocks change, in spring and in autumn."""
    chicago = ZoneInfo("America/Chicago")
    at = day.replace(hour=17, tzinfo=chicago) - DAY
    lease = make_lease(carla, now=at)
    assert lease.expires_at is not None
    assert lease.expires_at.astimezone(chicago).hour == 17
    assert lease.expires_at.astimezone(chicago).date() == (at + 90 * DAY).date()


@pytest.mark.requirement("R65")
@pytest.mark.parametrize("noticed", [True, False])
def test_nothing_is_done_with_an_expired_lease_whether_the_scheduler_noticed_or_not(
    reach: Reach, now: datetime, noticed: bool
) -> None:
    lease = reach(S.LEASE_ACCEPTED)
    late = now + 60 * DAY
    if noticed:
        actions.expire_due(now=late)
    for run in (actions.sign, actions.confirm_delivery, invoiced):
        with pytest.raises(ValidationError) as error, transaction.atomic():
            run(lease, late) if run is invoiced else run(lease=lease, by=None, now=late)
        assert codes(error) == ["lease_transition"]


def test_an_unusual_account_number_is_taken(
    make_lease: Callable[..., Lease], carla: Customer
) -> None:
    assert make_lease(carla, "A-17").account_number == "A-17"


def test_a_program_has_its_own_windows(
    lease: Lease, luna: Store, carla: Customer, now: datetime
) -> None:
    program = Program.objects.create(
        merchant=luna.merchant, code="short", approval_days=30, contracts_days=10,
        frequencies=["weekly"], name_en="Short", name_es="Corto", terms_en="x", terms_es="x",
        exchange_terms_en="x", exchange_terms_es="x",
    )  # fmt: skip
    short = actions.apply(
        account_number="7700001", customer=carla, store=luna, decision=S.APPROVED,
        approval_limit=Decimal(1500), program=program, by=None, now=now,
    )  # fmt: skip
    assert short.expires_at == now + 30 * DAY
    assert invoiced(short, now).expires_at == now + 10 * DAY


def test_a_program_of_another_merchant_is_refused(
    luna: Store, carla: Customer, now: datetime
) -> None:
    other = Merchant.objects.create(name="Sol")
    program = Program.objects.create(
        merchant=other, code="sol", frequencies=["weekly"], name_en="Sun", name_es="Sol",
        terms_en="x", terms_es="x", exchange_terms_en="x", exchange_terms_es="x",
    )  # fmt: skip
    with pytest.raises(ValidationError) as error:
        actions.apply(
            account_number="7700001", customer=carla, store=luna, decision=S.PENDING,
            program=program, by=None, now=now,
        )  # fmt: skip
    assert codes(error) == ["foreign_program"]


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
