"""Cases that come with a deadline of their own: a dispute about a credit report, and a request for
personal data.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from accounts.models import User
from cases import kinds, outside
from cases.actions.change import add_event, wake_before
from cases.enums import OutsideBody
from cases.events import OutsideOpened
from cases.models import Case, OutsideDeadline
from cases.queries.answers import answer_for
from cases.queries.attached import states_of
from common.company_day import business_day
from leases.queries.state_rules import data_request_days

#: By kind: who wants the answer, and the question that says since when.
ASKED = {
    kinds.CREDIT_BUREAU: (OutsideBody.CREDIT_BUREAU, "credit_disputed_on"),
    kinds.DATA_REQUEST: (OutsideBody.DATA_REQUEST, "data_received_on"),
}


def set_deadline(case: Case, *, is_new: bool, by: User, now: datetime) -> None:
    """From the day it reached us, or the day of the case until that is known. A deadline that was
    answered or extended stays as it is, and so does one whose day someone else named.
    """
    body, question = ASKED[case.kind_id]
    named = answer_for(case, question)
    opened_on = business_day(case.opened_at)
    received_on = min(named, business_day(now)) if isinstance(named, date) else opened_on
    state = case.lease.store.state if case.lease else ""
    days = received_on, _due_on(body, received_on, state)
    deadline = OutsideDeadline.objects.filter(case=case, body=body).order_by("pk").first()
    if deadline is None:
        deadline = OutsideDeadline(case=case, body=body, by=by, at=now)
    elif days == (deadline.received_on, deadline.due_on) or not _follows(case, deadline):
        return
    deadline.received_on, deadline.due_on = days
    deadline.save()
    add_event(case, OutsideOpened(body=body, due_on=deadline.due_on), by=by, now=now)
    wake_before(case, deadline.due_on, by=by, now=now)


def _follows(case: Case, deadline: OutsideDeadline) -> bool:
    """Nothing happened to it since it was set here, with whichever lease the case had, or none."""
    if deadline.answered_on or deadline.extended_on:
        return False
    body = OutsideBody(deadline.body)
    states = {"", *states_of(case)}
    return deadline.due_on in {_due_on(body, deadline.received_on, each) for each in states}


def _due_on(body: OutsideBody, received_on: date, state: str) -> date:
    days = data_request_days(state) if state and body == OutsideBody.DATA_REQUEST else None
    if days:
        return received_on + timedelta(days=days)
    return outside.due_on(body, received_on) or received_on
