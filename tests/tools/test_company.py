"""What `make demo` shows: leases in every status, money that adds up."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.management import call_command

from accounts.models import User
from cases.enums import Event, PromiseOutcome
from cases.models import Case, Entry, OutsideDeadline, Promise, StoreComplaint
from common.company_day import business_day
from leases.enums import ChargeDecision, LeaseStatus
from leases.models import (
    Autopay,
    BlockedApplication,
    DisputedCharge,
    LateReport,
    Lease,
    PaidOffLetter,
    Plan,
    Program,
    Refund,
)
from leases.queries.ledger import standing_of
from leases.queries.monitoring import Worklist, count_refunds, count_returns, count_worklist
from mail.enums import EmailState
from mail.models import Email, SuppressedAddress
from tools.company.load import is_loaded, load

pytestmark = pytest.mark.django_db


@pytest.mark.django_db(transaction=True)
def test_an_interrupted_load_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise the next start would take half of it for the whole."""

    def interrupted(**given: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("tools.company.worklists.bring_back", interrupted)
    with pytest.raises(KeyboardInterrupt):
        call_command("load_demo")
    assert not is_loaded()
    assert not Lease.objects.exists()


def test_the_demo_shows_every_side() -> None:
    now = datetime(2026, 11, 18, 16, 0, tzinfo=UTC)

    for _step in load(now=now):
        pass

    statuses = {each.status_at(now) for each in Lease.objects.all()}
    assert statuses == set(LeaseStatus)
    assert Case.objects.count() > 10
    assert Case.objects.active().filter(assignee=None).count() == 3
    assert Case.objects.snoozed().count() == 1
    assert Program.objects.count() == 3
    funded = list(Lease.objects.filter(status=LeaseStatus.FUNDED))
    money = [standing_of(each, business_day(now)) for each in funded]
    assert all(each.rows for each in money)
    assert {bool(each.arrears) for each in money} == {True, False}
    assert all(each.received > 0 for each in money)
    assert Plan.objects.exists()
    assert set(Promise.objects.values_list("outcome", flat=True)) == {"", PromiseOutcome.BROKEN}
    assert Email.objects.filter(state=EmailState.UNCERTAIN).count() == 1
    assert SuppressedAddress.objects.in_force().count() == 1
    assert OutsideDeadline.objects.exists()
    assert Entry.objects.filter(event=Event.PLAN_AGREED).exists()
    assert Autopay.objects.count() == 2
    assert any(each.fees for each in money)
    sofia = User.objects.get(email__startswith="sofia@")
    waiting = {each: count_worklist(each, user=sofia, now=now) for each in Worklist}
    assert all(waiting.values()), waiting
    assert count_returns(user=sofia) == 2
    assert count_refunds(user=sofia) == 3
    assert set(LateReport.objects.values_list("approved", flat=True)) == {None, True}
    assert set(DisputedCharge.objects.values_list("decision", flat=True)) == {
        "",
        ChargeDecision.UPHELD,
        ChargeDecision.REJECTED,
        ChargeDecision.REFUND,
    }
    alone = Refund.objects.filter(charge__isnull=True)
    assert {each.is_paid for each in alone} == {True, False}
    letters = Entry.objects.filter(params__outcome="letter_sent")
    assert letters.count() == PaidOffLetter.objects.in_force().count() == 2
    assert StoreComplaint.objects.exists()
    assert BlockedApplication.objects.exists()
    assert OutsideDeadline.objects.filter(extended_on__isnull=False).exists()
