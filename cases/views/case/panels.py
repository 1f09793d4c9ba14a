"""What the panels of a case hold: requests, agreements, transactions and outside deadlines."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import F

from accounts.models import User
from cases.enums import CaseStatus
from cases.forms.agreements import AgreementForm, SettlementForm
from cases.forms.evidence_asked import EvidenceRequestForm, TieFileForm
from cases.forms.outside import OutsideAnswerForm, OutsideForm, OutsideMoreForm
from cases.forms.references import ReferenceForm
from cases.mails.attorneys import recipient_of
from cases.models import AskedItem, Case, CaseReference, OutsideDeadline, Promise
from cases.outside import MORE
from cases.queries.agreements import Agreement, agreements_of
from cases.queries.asked_for import items_of
from cases.queries.charges import charges_of
from cases.views.case.refused import RefusedCaseForm
from common.company_day import business_day
from mail.models import Email
from mail.outbound.suppression import suppressed

MOST_DEADLINES = 20


class Wanted(NamedTuple):
    """An outside deadline; the forms only until the answer was sent."""

    deadline: OutsideDeadline
    days_left: int
    form: OutsideAnswerForm | None
    more: OutsideMoreForm | None  # while more information would give more time


class AgreementRow(NamedTuple):
    """An agreement; the form that withdraws it only while it's open."""

    promise: Promise
    confirmation: Email | None
    withdrawal: SettlementForm | None


def is_emailed(found: Case) -> bool:
    """Whether what the case does now reaches anyone in writing."""
    to = recipient_of(found).to
    return bool(to) and not suppressed([to])


def evidence(found: Case, *, user: User, now: datetime) -> dict[str, Any]:
    items = items_of(found) if found.is_active else []
    return {
        "asking": EvidenceRequestForm(case=found, user=user, now=now) if found.is_active else None,
        "items": items,
        "tying": _tying(found, items),
        "goes_back": found.is_active and found.lease and found.kind.goes_back,
    }


def _tying(found: Case, items: list[AskedItem]) -> TieFileForm | None:
    """None if nothing is missing, or no file came that could be it."""
    if not any(each.is_missing for each in items):
        return None
    form = TieFileForm(case=found, items=items)
    return form if form.offered else None


def agreements(found: Case, *, refused: RefusedCaseForm) -> dict[str, Any]:
    return {
        "agreements": [_agreement(each, refused.settlement) for each in agreements_of(found)],
        "agreement": None if found.status == CaseStatus.CLOSED else AgreementForm(case=found),
    }


def _agreement(row: Agreement, refused: SettlementForm | None) -> AgreementRow:
    promise = row.promise
    form = None if promise.outcome else SettlementForm(promise=promise)
    if refused and refused.promise == promise and refused.withdraws:
        form = refused
    return AgreementRow(promise, row.confirmation, form)


def charges(found: Case, *, user: User) -> dict[str, Any]:
    rows = charges_of(found, user=user) if found.lease else []
    return {
        "charges": rows,
        "is_undecided": any(row.charge.is_open for row in rows),
        "may_dispute": may_dispute(found),
    }


def may_dispute(found: Case) -> bool:
    return bool(found.is_active and found.lease and found.kind.disputes_charges)


def references(found: Case) -> dict[str, Any]:
    return {
        "references": CaseReference.objects.standing().filter(case=found),
        "referring": ReferenceForm(),
    }


def outside(found: Case, *, now: datetime, refused: RefusedCaseForm) -> dict[str, Any]:
    today = business_day(now)
    deadlines = OutsideDeadline.objects.filter(case=found).select_related("answered_by")
    deadlines = deadlines.order_by(F("answered_on").asc(nulls_first=True), "due_on", "pk")
    return {
        "outside": OutsideForm(now=now),
        "wanted": [_wanted(each, today, refused) for each in deadlines[:MOST_DEADLINES]],
    }


def _wanted(deadline: OutsideDeadline, today: date, refused: RefusedCaseForm) -> Wanted:
    form = more = None
    if deadline.answered_on is None:
        form = OutsideAnswerForm(deadline=deadline, today=today)
        if deadline.body in MORE and not deadline.extended_on:
            more = OutsideMoreForm(deadline=deadline, today=today)
    if refused.answering and refused.answering.deadline == deadline:
        form = refused.answering
    if refused.extending and refused.extending.deadline == deadline:
        more = refused.extending
    return Wanted(deadline, (deadline.due_on - today).days, form, more)
