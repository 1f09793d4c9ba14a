"""Leases against a simple model of them: any actions in any order, at any time, including the
clock.

`make test` runs a few examples, `make nightly` thousands. The model is written from the words of
docs/decisions/0002: it imports neither the table of transitions nor the clocks.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from hypothesis.stateful import run_state_machine_as_test as run

from accounts.models import User
from leases import actions
from leases.actions.move import locked, move
from leases.enums import LeaseStatus
from leases.models import Customer, Lease, StatusEvent, Store

CHICAGO = ZoneInfo("America/Chicago")
NIGHTLY = bool(os.environ.get("PUENTE_NIGHTLY"))
RUNS = int(os.environ.get("PUENTE_NIGHTLY_RUNS", "2000")) if NIGHTLY else 100
SETTINGS = settings(
    max_examples=RUNS,
    stateful_step_count=50 if NIGHTLY else 30,
    derandomize=not NIGHTLY,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)

WAITING = {"prequalified", "pre_approved", "pending", "denied", "in_process"}
DECISIONS = {
    "prequalified": {"approved", "denied", "pre_approved"},
    "pre_approved": {"approved", "denied"},
    "pending": {"approved", "denied", "pre_approved", "prequalified"},
}
RUNNING = {"approved", "contracts", "contracts_received", "lease_accepted"}
LIMIT = Decimal("1000.00")

#: Days with traps for clocks: both changes of 2027, and the leap day.
STUMBLING = [date(2027, 3, 14), date(2027, 11, 7), date(2028, 2, 29)]


def later(moment: datetime, days: int) -> datetime:
    """The same local time in Chicago, `days` calendar days later.

    Tried with both UTC offsets that exist there. A time that occurs twice means the first; one that
    is skipped is as long after the gap as it would have been without it.
    """
    wall = moment.astimezone(CHICAGO).replace(tzinfo=None)
    wanted = datetime.combine(wall.date() + timedelta(days=days), wall.time())
    tries = [(wanted + timedelta(hours=hours)).replace(tzinfo=UTC) for hours in (5, 6)]
    true = [each for each in tries if each.astimezone(CHICAGO).replace(tzinfo=None) == wanted]
    return min(true) if true else tries[1]


class Model:
    """What a lease should be, with nothing but words, dates and ifs."""

    def __init__(self, status: str, now: datetime) -> None:
        self.status = status
        self.applied = now
        self.approved = now if status == "approved" else None
        self.contracts: datetime | None = None
        self.signed: datetime | None = None
        self.total: Decimal | None = None
        self.superseded = False
        self.returned = False
        self.history = [("", status)]
        self.ended: tuple[datetime, str] | None = None

    def become(self, status: str) -> None:
        self.ended = self.deadline() if status.endswith("_expired") else None
        self.history.append((self.status, status))
        self.status = status

    def deadline(self) -> tuple[datetime, str] | None:
        if self.status not in RUNNING or self.approved is None:
            return None
        ninety = later(self.approved, 90)
        if self.contracts is not None and later(self.contracts, 60) <= ninety:
            return later(self.contracts, 60), "contracts_expired"
        return ninety, "approval_expired"

    def at(self, now: datetime) -> str:
        due = self.deadline()
        return due[1] if due and now >= due[0] else self.status

    def stale(self, now: datetime) -> bool:
        return self.status in WAITING and now >= later(self.applied, 90)


class Leases(RuleBasedStateMachine):
    customer: Customer
    store: Store
    mateo: User

    def __init__(self) -> None:
        super().__init__()
        self.run = transaction.atomic()
        self.run.__enter__()
        self.now = datetime(2026, 11, 18, 16, tzinfo=UTC)
        self.pairs: list[tuple[Lease, Model]] = []

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.run.__exit__(None, None, None)

    # --- helpers ----------------------------------------------------------------------------------

    def tries(self, expected: str | None, action: Callable[..., Any], **given: Any) -> None:
        """The action ends as the model says: with that code, or without one."""
        code = None
        try:
            action(now=self.now, **given)
        except ValidationError as error:
            code = error.error_list[0].code
        assert code == expected, (action.__name__, code, expected)

    def pick(self, number: int) -> tuple[Lease, Model]:
        return self.pairs[number % len(self.pairs)]

    def applies(self, status: str, supersedes: Lease | None = None) -> Lease:
        return actions.apply(
            account_number=f"77{len(self.pairs):07d}",
            customer=self.customer,
            store=self.store,
            decision=LeaseStatus(status),
            approval_limit=LIMIT if status == "approved" else None,
            supersedes=supersedes,
            by=None,
            now=self.now,
        )

    ONE = st.integers(0, 2)
    ANSWERS = st.sampled_from(
        ["approved", "approved", "approved", *sorted(WAITING - {"in_process"})]
    )

    # --- time -------------------------------------------------------------------------------------

    @initialize(
        day=st.sampled_from(STUMBLING),
        before=st.sampled_from([0, 1, 30, 59, 60, 61, 89, 90, 91, 150]),
        hour=st.integers(0, 23),
        minute=st.sampled_from([0, 1, 30, 59]),
        answer=ANSWERS,
    )
    def begins(self, day: date, before: int, hour: int, minute: int, answer: str) -> None:
        """So that 60 and 90 days later it's on or near one of the days with a clock change."""
        wall = datetime.combine(day - timedelta(days=before), time(hour, minute), CHICAGO)
        self.now = wall.astimezone(UTC)
        self.applies_anew(answer)

    @rule(hours=st.sampled_from([0, 1, 23, 24, 25, 24 * 7, 24 * 30, 24 * 59, 24 * 89]))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(one=ONE, seconds=st.sampled_from([-1, 0, 1]))
    def a_deadline_comes(self, one: int, seconds: int) -> None:
        """To the second before, at or after it."""
        due = self.pick(one)[1].deadline()
        if due is not None:
            self.now = max(self.now, due[0] + timedelta(seconds=seconds))

    @rule(one=ONE, seconds=st.sampled_from([-1, 0, 1]))
    def an_application_grows_old(self, one: int, seconds: int) -> None:
        due = later(self.pick(one)[1].applied, 90)
        self.now = max(self.now, due + timedelta(seconds=seconds))

    @rule(twice=st.booleans())
    def the_scheduler_runs(self, twice: bool) -> None:
        due = [model for _lease, model in self.pairs if model.at(self.now) != model.status]
        assert len(actions.expire_due(now=self.now)) == len(due)
        if twice:
            assert not actions.expire_due(now=self.now)
        for model in due:
            model.become(model.at(self.now))

    # --- what people and merchants do -------------------------------------------------------------

    @rule(answer=ANSWERS)
    def applies_anew(self, answer: str) -> None:
        if len(self.pairs) < 3:
            self.pairs.append((self.applies(answer), Model(answer, self.now)))

    @rule(one=ONE, answer=ANSWERS, old=st.booleans())
    def reapplies(self, one: int, answer: str, old: bool) -> None:
        if old:
            self.an_application_grows_old(one, 0)
        if len(self.pairs) == 3:
            return
        lease, model = self.pick(one)
        expected = None
        if model.superseded:
            expected = "superseded"
        elif not (model.at(self.now).endswith("_expired") or model.stale(self.now)):
            expected = "supersedes_status"

        def reapply(now: datetime) -> None:
            self.pairs.append((self.applies(answer, lease), Model(answer, now)))

        self.tries(expected, reapply)
        if expected is None:
            model.superseded = True

    @rule(one=ONE, answer=st.sampled_from(["approved", *sorted(WAITING), "funded"]))
    def is_decided(self, one: int, answer: str) -> None:
        lease, model = self.pick(one)
        expected = None
        if answer not in DECISIONS.get(model.status, set()):
            expected = "lease_transition"
        elif model.superseded:
            expected = "superseded"
        limit = LIMIT if answer == "approved" else None
        decision = LeaseStatus(answer)
        self.tries(
            expected, actions.decide, lease=lease, decision=decision, approval_limit=limit, by=None
        )
        if expected is None:
            model.become(answer)
            model.approved = self.now if answer == "approved" else model.approved

    @rule(one=ONE)
    def is_reviewed(self, one: int) -> None:
        lease, model = self.pick(one)
        expected = None
        if model.status not in WAITING - {"in_process"}:
            expected = "lease_transition"
        elif model.superseded:
            expected = "superseded"
        self.tries(expected, actions.place_in_review, lease=lease, reason="Proof", by=self.mateo)
        if expected is None:
            model.become("in_process")

    @rule(one=ONE, overturned=st.booleans())
    def a_review_ends(self, one: int, overturned: bool) -> None:
        lease, model = self.pick(one)
        expected = None
        if model.status != "in_process":
            expected = "lease_transition"
        elif model.superseded:
            expected = "superseded"
        limit = LIMIT if overturned else None
        given = {"lease": lease, "approval_limit": limit, "reason": "Proof", "by": self.mateo}
        self.tries(expected, actions.end_review, **given)
        if expected is None:
            model.become("approved" if overturned else "denied")
            model.approved = self.now if overturned else model.approved

    @rule(one=ONE, total=st.sampled_from(["0.01", "500.00", "1000.00", "1000.01", "0", "9.999"]))
    def is_invoiced(self, one: int, total: str) -> None:
        lease, model = self.pick(one)
        expected = {"1000.01": "invoice_total", "0": "invoice_total", "9.999": "amount_cents"}.get(
            total
        )
        status = model.at(self.now)
        if status not in {"approved", "contracts"}:
            expected = "lease_transition"
        given = {"lease": lease, "number": "F-1", "total": Decimal(total), "by": None}
        self.tries(expected, actions.submit_invoice, **given)
        if expected is None:
            model.total = Decimal(total)
            if status == "approved":
                model.become("contracts")
                model.contracts = self.now

    @rule(one=ONE, seconds=st.sampled_from([-1, 0, 0, 1]))
    def is_invoiced_where_both_clocks_end_together(self, one: int, seconds: int) -> None:
        approved = self.pick(one)[1].approved
        if approved is not None:
            self.now = max(self.now, later(approved, 30) + timedelta(seconds=seconds))
            self.is_invoiced(one, "500.00")

    @rule(one=ONE, half=st.booleans())
    def is_signed(self, one: int, half: bool) -> None:
        """Both steps, or only the first, as if the second were lost."""
        lease, model = self.pick(one)
        expected = None if model.at(self.now) == "contracts" else "lease_transition"

        def first_half(lease: Lease, by: None, now: datetime) -> None:
            move(locked(lease), LeaseStatus.CONTRACTS_RECEIVED, by=by, now=now, signed_at=now)

        self.tries(expected, first_half if half else actions.sign, lease=lease, by=None)
        if expected is None:
            model.become("contracts_received")
            model.signed = self.now
            if not half:
                model.become("lease_accepted")

    @rule(one=ONE)
    def is_accepted(self, one: int) -> None:
        lease, model = self.pick(one)
        expected = None if model.at(self.now) == "contracts_received" else "lease_transition"
        self.tries(expected, actions.accept_signed, lease=lease, by=None)
        if expected is None:
            model.become("lease_accepted")

    @rule(one=ONE, days=st.sampled_from([None, -40, -1, 0, 1]))
    def is_delivered(self, one: int, days: int | None) -> None:
        lease, model = self.pick(one)
        today = self.now.astimezone(CHICAGO).date()
        on = None if days is None else today + timedelta(days=days)
        expected = None
        status, due = model.at(self.now), model.deadline() or model.ended
        if on and status.endswith("_expired") and model.contracts and due:
            since = (model.signed or model.contracts).astimezone(CHICAGO).date()
            in_time = since <= on <= due[0].astimezone(CHICAGO).date()
            expected = "needs_approval" if in_time else "lease_transition"
        elif status != "lease_accepted" or model.signed is None:
            expected = "lease_transition"
        elif on and on > today:
            expected = "future_date"
        elif on and on < model.signed.astimezone(CHICAGO).date():
            expected = "delivered_before_signing"
        self.tries(expected, actions.confirm_delivery, lease=lease, delivered_on=on, by=None)
        if expected is None:
            model.become("funded")

    @rule(one=ONE, new_total=st.sampled_from([None, None, "0.01", "400.00", "1000.00"]))
    def comes_back(self, one: int, new_total: str | None) -> None:
        """Merchandise: the whole order, or enough of it to leave a smaller total."""
        lease, model = self.pick(one)
        status, total = model.at(self.now), new_total and Decimal(new_total)
        expected = None
        if status == "contracts":
            expected = "return_before_signing"
        elif status.endswith("_expired"):
            expected = "lease_expired"
        elif status not in {"contracts_received", "lease_accepted", "funded"}:
            expected = "nothing_to_return"
        elif model.returned:
            expected = "already_returned"
        elif total and model.total and total > model.total:
            expected = "price_increase"
        elif total == model.total:
            expected = "nothing_returned"
        on = self.now.astimezone(CHICAGO).date()
        given = {"lease": lease, "returned_on": on, "invoice_total": total or None, "by": None}
        self.tries(expected, actions.return_merchandise, **given)
        if expected is not None:
            return
        if status == "funded":
            model.returned = total is None
        elif total is None:
            model.become("approved")
            model.contracts = model.signed = model.total = None
        else:
            model.total = Decimal(total)

    @rule(one=ONE, steps=st.integers(1, 3), hours=st.sampled_from([0, 1, 26]))
    def goes_its_way(self, one: int, steps: int, hours: int) -> None:
        """The next steps of most leases, so that runs get far."""
        for _step in range(steps):
            self.now += timedelta(hours=hours)
            self.takes_a_step(one)

    def takes_a_step(self, one: int) -> None:
        status = self.pick(one)[1].status  # tried also where its time is over
        if status == "approved":
            self.is_invoiced(one, "500.00")
        elif status == "contracts":
            self.is_signed(one, half=False)
        elif status == "lease_accepted":
            self.is_delivered(one, None)
        elif status in DECISIONS:
            self.is_decided(one, "approved")

    # --- what must hold after every step ----------------------------------------------------------

    @invariant()
    def leases_are_what_the_model_says(self) -> None:
        with connection.cursor() as cursor:  # what a commit would check
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        found = Lease.objects.in_bulk([lease.pk for lease, _model in self.pairs])
        told: dict[int, list[tuple[str, str]]] = {}
        events = StatusEvent.objects.filter(lease__in=found).order_by("id")
        for pk, start, end in events.values_list("lease_id", "from_status", "to_status"):
            told.setdefault(pk, []).append((start, end))
        for lease, model in self.pairs:
            stored = found[lease.pk]
            assert told[lease.pk] == model.history
            assert stored.status == model.status
            assert stored.status_at(self.now) == model.at(self.now)
            assert stored.is_stale(self.now) == model.stale(self.now)
            due = model.deadline()
            assert (stored.expires_at, stored.expires_as) == (due or (None, ""))
            assert stored.ended_at == (model.ended and model.ended[0])
            assert (stored.contracts_at, stored.signed_at) == (model.contracts, model.signed)
            assert (stored.approved_at, stored.invoice_total) == (model.approved, model.total)


@pytest.mark.requirement("R65", "R66", "R68", "R70")
def test_leases_behave_like_the_model(luna: Store, carla: Customer, mateo: User) -> None:
    Leases.store, Leases.customer, Leases.mateo = luna, carla, mateo
    run(Leases, settings=SETTINGS)
