"""Identities are locked before customers, customers before leases, and leases before cases: no one
waits for someone who waits for them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction

from accounts.models import User
from cases import actions
from cases.enums import FlagKind
from cases.models import Case, CaseMerge
from leases import actions as lease_actions
from leases.engine import Decision
from leases.models import Customer, IdentityBlock, Lease, Store
from leases.queries.identity_blocks import Identity
from tests.patience import PATIENCE, wait_for
from tests.threads import Meanwhile, at_once, waiting_for_locks

APPROVED = Decision("approved", Decimal("1500.00"))

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.requirement("R78")]


@pytest.fixture
def theft(open_case: Callable[..., Case]) -> Callable[..., Case]:
    def reported(**fields: Any) -> Case:
        return open_case(**{"kind": "identity_theft", "summary": "No fue ella."} | fields)

    return reported


@pytest.fixture
def applies(luna: Store, carla: Customer, now: datetime) -> Callable[..., Lease]:
    """Carla, again; the decision system has answered."""

    def applied(moment: datetime = now) -> Lease:
        lease: Lease = lease_actions.record_application(
            applicant=lease_actions.Applicant(carla.name, carla.email, carla.phone, "es"),
            store=luna, decision=APPROVED, by=None, now=moment,
        )  # fmt: skip
        return lease

    return applied


def hers(carla: Customer) -> Identity:
    return Identity(carla.name, carla.email, carla.phone, customer=carla.pk)


def test_a_language_asked_for_in_a_call_and_an_application(
    theft: Callable[..., Case], lease: Lease, carla: Customer, applies: Callable[..., Lease],
    meanwhile: Meanwhile,
) -> None:  # fmt: skip
    with transaction.atomic():
        lease_actions.lock_identities(hers(carla))
        opened = meanwhile(lambda: theft(language="en", remember_language=True))
        wait_for(waiting_for_locks, what="the case waiting for the application")
        applies()
    assert opened.result(PATIENCE).kind_id == "identity_theft"
    carla.refresh_from_db()
    assert carla.language == "en"


def test_a_lease_that_is_attached_and_replaced(
    theft: Callable[..., Case], lease: Lease, carla: Customer, applies: Callable[..., Lease],
    ana: User, now: datetime, meanwhile: Meanwhile,
) -> None:  # fmt: skip
    contact = actions.Contact(name="Rosa Díaz", email="rosa@example.com", why="identity")
    later = now + timedelta(days=120)
    case = theft(lease=None, contact=contact, now=later)
    with transaction.atomic():
        lease_actions.lock_identities(hers(carla))
        attached = meanwhile(
            lambda: actions.attach_lease(case=case, lease=lease, is_certain=True, by=ana, now=later)
        )
        wait_for(waiting_for_locks, what="the case waiting for the application")
        assert applies(later).supersedes == lease
    assert attached.result(PATIENCE).lease == lease


def test_a_block_that_is_lifted_while_its_case_gets_a_lease(
    theft: Callable[..., Case], lease: Lease, ana: User, sofia: User, now: datetime,
    meanwhile: Meanwhile,
) -> None:  # fmt: skip
    contact = actions.Contact(name="Rosa Díaz", email="rosa@example.com", why="identity")
    case = theft(lease=None, contact=contact)
    block = IdentityBlock.objects.get()
    with transaction.atomic():
        lease_actions.lock_block(block)
        lifted = meanwhile(
            lambda: actions.lift_block(
                case=case, block=block, reason="Era ella.", by=sofia, now=now
            )
        )
        wait_for(waiting_for_locks, what="the supervisor waiting for the case")
        actions.attach_lease(case=case, lease=lease, is_certain=True, by=ana, now=now)
    assert lifted.result(PATIENCE)


def test_details_corrected_and_an_attorney_who_speaks_for_the_customer(
    open_case: Callable[..., Case], carla: Customer, ana: User, now: datetime,
    meanwhile: Meanwhile,
) -> None:  # fmt: skip
    case, shown = open_case(), actions.details_of(carla)
    with transaction.atomic():
        # as wishes do, and the language of a call
        Customer.objects.select_for_update(no_key=True).get(pk=carla.pk)
        corrected = meanwhile(
            lambda: actions.correct_contact(
                case=case, version=case.version, shown=shown, told=shown, by=ana, now=now
            )
        )
        wait_for(waiting_for_locks, what="the correction waiting for the customer")
        actions.flag_case(
            case=case, kind=FlagKind.ATTORNEY, attorney=actions.Attorney(name="Rita Solano"),
            by=ana, now=now,
        )  # fmt: skip
    assert isinstance(corrected.exception(PATIENCE), actions.StaleCase)


@pytest.mark.requirement("R72")
def test_crossed_merges_end_with_one(
    open_case: Callable[..., Case], ana: User, ben: User, now: datetime
) -> None:
    first, second = open_case(), open_case()
    done = at_once(
        lambda: actions.merge_case(case=first, into=second, by=ana, now=now),
        lambda: actions.merge_case(case=second, into=first, by=ben, now=now),
    )
    refused = [each for each in done if isinstance(each, Exception)]
    assert [getattr(each, "code", each) for each in refused] == ["merge_over"]
    assert CaseMerge.objects.count() == Case.objects.active().count() == 1
