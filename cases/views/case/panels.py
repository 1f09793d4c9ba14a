"""What the cards beside a case hold: what is asked for, agreed, and wanted from outside."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import F
from django.forms import Form

from accounts.models import User
from cases import slots
from cases.enums import CaseStatus
from cases.forms.agreements import AgreementForm, SettlementForm
from cases.forms.evidence_asked import EvidenceRequestForm, TieFileForm
from cases.forms.outside import OutsideAnswerForm, OutsideForm
from cases.models import AskedItem, Case, Email, OutsideDeadline, Promise
from cases.queries.agreements import Agreement, agreements_of
from cases.queries.asked_for import items_of
from common.company_day import business_day

MOST_DEADLINES = 20


class Wanted(NamedTuple):
    """A deadline set outside; the form only while no answer is out."""

    deadline: OutsideDeadline
    days_left: int
    form: Form | None


class AgreementRow(NamedTuple):
    """An agreement; the form that withdraws it only while it is open."""

    promise: Promise
    confirmation: Email | None
    withdrawal: Form | None


def record_panels(
    found: Case,
    *,
    user: User,
    now: datetime,
    answering: Form | None = None,
    settlement: Form | None = None,
) -> dict[str, Any]:
    """`answering`, `settlement`: the form about one deadline or agreement that was refused."""
    today = business_day(now)
    deadlines = OutsideDeadline.objects.filter(case=found).select_related("answered_by")
    deadlines = deadlines.order_by(F("answered_on").asc(nulls_first=True), "due_on", "pk")
    items = items_of(found) if found.is_active else []
    return {
        "asking": EvidenceRequestForm(case=found, user=user, now=now) if found.is_active else None,
        "items": items,
        "tying": _tying(found, items),
        "goes_back": found.is_active and found.kind in slots.GOES_BACK,
        "agreements": [_agreement(each, settlement) for each in agreements_of(found)],
        "agreement": None if found.status == CaseStatus.CLOSED else AgreementForm(case=found),
        "outside": OutsideForm(now=now),
        "wanted": [_wanted(each, today, answering) for each in deadlines[:MOST_DEADLINES]],
    }


def _tying(found: Case, items: list[AskedItem]) -> TieFileForm | None:
    """None where nothing is missing, or nothing came that could be it."""
    if not any(each.is_missing for each in items):
        return None
    form = TieFileForm(case=found, items=items)
    return form if form.offered else None


def _agreement(row: Agreement, refused: Form | None) -> AgreementRow:
    promise = row.promise
    form: Form | None = None if promise.outcome else SettlementForm(promise=promise)
    if isinstance(refused, SettlementForm) and refused.promise == promise and refused.withdraws:
        form = refused
    return AgreementRow(promise, row.confirmation, form)


def _wanted(deadline: OutsideDeadline, today: date, answering: Form | None) -> Wanted:
    form: Form | None = None
    if deadline.answered_on is None:
        form = OutsideAnswerForm(deadline=deadline, today=today)
    if isinstance(answering, OutsideAnswerForm) and answering.deadline == deadline:
        form = answering
    return Wanted(deadline, (deadline.due_on - today).days, form)
