"""What is stored besides is there after an upgrade, for the rows there were."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from accounts.models import User
from common.company_day import business_day
from leases.actions import charge_late_fees
from leases.actions.corrections import reverse
from leases.actions.payments import record_payment
from leases.actions.plans import agree_recovery, cancel_plan, close_fulfilled_plans, reschedule
from leases.models import Lease, Plan, Program, Terms
from leases.plan_terms import proposed
from tests.upgrades import before

D = Decimal
DAY = timedelta(days=1)
Deliver = Callable[..., Lease]


def pay(lease: Lease, amount: str, by: User, now: datetime) -> int:
    on = business_day(now)
    return record_payment(lease=lease, amount=D(amount), on=on, by=by, now=now)[0].pk


def test_plans_there_are_know_the_day_they_were_missed(
    deliver: Deliver, program: Program, now: datetime, ana: User, sofia: User
) -> None:
    """Three promises of 38.46 a week apart, from December 11."""
    Program.objects.filter(pk=program.pk).update(recovery_payments=4)
    later = now + 23 * DAY
    first = business_day(later)
    promises = proposed(D("115.38"), 3, first, "weekly")

    def agreed(number: str) -> Plan:
        lease = deliver(number)
        return agree_recovery(lease=lease, promises=promises, by=ana, now=later).plan

    unpaid, partly, bounced, kept, broken, gone = (
        agreed(f"10447731{place}") for place in range(6)
    )  # fmt: skip
    pay(partly.lease, "38.47", ana, later)
    taken = pay(bounced.lease, "80.00", ana, later)
    reverse(lease=bounced.lease, entry_id=taken, reason="Rebotó.", by=sofia, now=later)
    pay(bounced.lease, "38.46", ana, later)
    pay(kept.lease, "115.38", ana, later)
    paid = pay(broken.lease, "115.38", ana, later)
    close_fulfilled_plans(now=later + 30 * DAY)
    evening = datetime(2027, 1, 20, 4, tzinfo=UTC)  # of the 19th where the company is
    reverse(lease=broken.lease, entry_id=paid, reason="Rebotó.", by=sofia, now=evening)
    cancel_plan(plan=gone, reason="Se equivocó.", by=ana, now=later)

    with before("leases", "0023_missed_days") as models:
        fields = {field.name for field in models.get_model("leases", "Plan")._meta.get_fields()}
        assert "missed_on" not in fields

    found = dict(Plan.objects.values_list("pk", "missed_on"))
    assert [found[plan.pk] for plan in (unpaid, partly, bounced)] == [
        first, first + 7 * DAY, first + 7 * DAY,
    ]  # fmt: skip
    assert found[broken.pk] == date(2027, 1, 19)
    assert found[kept.pk] is None
    pay(unpaid.lease, "38.46", ana, evening)
    unpaid.refresh_from_db()
    assert unpaid.missed_on == first + 7 * DAY, "and it is kept from then on"


def test_contracts_there_are_know_from_when_a_late_fee_may_come(
    deliver: Deliver, program: Program, now: datetime, ana: User
) -> None:
    Program.objects.filter(pk=program.pk).update(rescheduling_days=30)
    first, late = business_day(now) + 7 * DAY, now + 13 * DAY
    unpaid, charged, paid, moved, whole = (
        deliver(f"10447731{place}", state="CA") for place in range(5)
    )
    pay(paid, "38.46", ana, now)
    reschedule(lease=moved, number=1, to=first + 3 * DAY, note="Cobra.", by=ana, now=now)
    pay(whole, "2000.00", ana, now)
    Terms.objects.filter(lease=unpaid).update(state="TX")
    charge_late_fees(now=late)
    expected = {
        unpaid.pk: first, charged.pk: first + 7 * DAY, paid.pk: first + 7 * DAY,
        moved.pk: first + 7 * DAY, whole.pk: None,
    }  # fmt: skip
    assert dict(Terms.objects.values_list("lease", "late_from")) == expected

    with before("leases", "0024_late_from"):
        pass

    assert dict(Terms.objects.values_list("lease", "late_from")) == expected
    pay(charged, "100.00", ana, late)
    assert Terms.objects.get(lease=charged).late_from == first + 14 * DAY, "and kept from then on"
