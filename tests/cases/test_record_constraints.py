"""What belongs together in agreements and outside deadlines is tied by the database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from accounts.models import User
from cases import actions
from cases.models import Case, OutsideDeadline, Promise
from tests.cases.test_constraints import refused


def test_an_agreement_says_what_and_is_settled_by_somebody(
    open_case: Callable[..., Case], ana: User, now: datetime
) -> None:
    agreed = actions.Agreed(party="store", what="Llama.", language="es", due_on=now.date())
    made = actions.make_promise(case=open_case(), agreed=agreed, by=ana, now=now)
    rows = Promise.objects.filter(pk=made.pk)
    refused("promise_of_somebody", lambda: rows.update(party="nobody"))
    refused("promise_says_what", lambda: rows.update(what=""))
    refused("promise_says_what", lambda: rows.update(language=""))
    refused("promise_amount_positive", lambda: rows.update(amount=0))
    refused("promise_settled_by_somebody", lambda: rows.update(outcome="kept"))
    refused("promise_settled_by_somebody", lambda: rows.update(settled_at=now, settled_by=ana))
    forgotten = {"outcome": "forgotten", "settled_at": now, "settled_by": ana}
    refused("promise_settled_by_somebody", lambda: rows.update(**forgotten))


def test_an_outside_deadline_is_answered_by_somebody(
    open_case: Callable[..., Case], ana: User, now: datetime
) -> None:
    day = now.date()
    opened = actions.open_outside_deadline(
        case=open_case(), body="cfpb", received_on=day, by=ana, now=now
    )
    rows = OutsideDeadline.objects.filter(pk=opened.pk)
    refused("outside_body_known", lambda: rows.update(body="neighbour"))
    refused("outside_due_after_receipt", lambda: rows.update(due_on=day - timedelta(days=1)))
    refused("outside_answered_by_somebody", lambda: rows.update(answered_on=day))
    refused("outside_answered_by_somebody", lambda: rows.update(answered_by=ana))
