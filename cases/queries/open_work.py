"""What is still open in a case, whatever it is, in one query."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from django.db.models import Case as CaseWhen
from django.db.models import (
    CharField,
    DateField,
    DateTimeField,
    DecimalField,
    F,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast

from accounts.models import User
from cases.enums import CaseStatus, Party
from cases.lifecycle import ACTS
from cases.models import (
    AskedItem,
    Case,
    CaseCharge,
    CaseReference,
    Escalation,
    OutsideDeadline,
    Promise,
)
from cases.queries.refunds import of_case
from cases.turns import NextStep, first_step, status_for
from leases.models import IdentityBlock, Refund


class Work(StrEnum):
    ITEM = "item"  # asked of the customer
    PROMISE = "promise"
    FOLLOW_UP = "follow_up"
    OUTSIDE = "outside"
    ESCALATION = "escalation"
    CHARGE = "charge"  # also decided: that there are any
    REFUND = "refund"  # promised and not paid
    REFERENCE = "reference"
    SNOOZE = "snooze"  # the case itself is snoozed
    BLOCK = "block"  # new applications of the customer aren't taken


class OpenRow(NamedTuple):
    """Of any of them; what one doesn't have is empty."""

    work: Work
    pk: int
    on: date  # the last one there is, if it has no day
    at: datetime | None
    who: str
    words: str
    language: str
    state: str
    amount: Decimal | None


class OpenWork(NamedTuple):
    rows: dict[Work, list[OpenRow]]

    def of(self, work: Work) -> list[OpenRow]:
        return self.rows.get(work, [])

    @property
    def is_missing(self) -> bool:
        """Something is still to come from the customer."""
        return any(AskedItem(state=each.state).is_missing for each in self.of(Work.ITEM))

    def step(self, case: Case) -> NextStep:
        """Like `cases.queries.next_step`, from what was read already."""
        acts = ACTS[status_for(case.status, is_missing=self.is_missing)]
        agreed = self.of(Work.PROMISE) if case.is_active else []
        steps = [NextStep(each.on, Party(each.who), is_agreed=True) for each in agreed]
        return first_step([NextStep(case.due_on, acts), *steps])


def open_work(case: Case, *, user: User) -> OpenWork:
    """By their days. One query, however many kinds there are."""
    first, *others = _parts(case, user)
    found: dict[Work, list[OpenRow]] = defaultdict(list)
    for work, pk, on, *others_of in first.union(*others, all=True):
        found[Work(work)].append(OpenRow(Work(work), pk, on or date.max, *others_of))
    for rows in found.values():
        rows.sort(key=lambda each: (each.on, each.pk))
    return OpenWork(found)


def _parts(case: Case, user: User) -> list[QuerySet[Any, Any]]:
    parts = [
        _columns(
            Promise.objects.open().filter(case=case),
            Work.PROMISE,
            on="due_on", who="party", words="what", language="language", amount="amount",
        ),
        _columns(
            case.follow_ups.pending(),
            Work.FOLLOW_UP,
            on="on", at="send_at", who="channel", words="message", language="language",
            state="template",
        ),
        _columns(
            OutsideDeadline.objects.open().filter(case=case),
            Work.OUTSIDE,
            on="due_on", who="body", words="reference",
        ),
        _columns(
            CaseReference.objects.standing().filter(case=case), Work.REFERENCE, words="reference"
        ),
        _columns(_blocks(case), Work.BLOCK, at="lifted_at", words="name"),
    ]  # fmt: skip
    if case.is_active:
        items = AskedItem.objects.open().filter(case=case)
        parts.append(_columns(items, Work.ITEM, at="asked_at", who="slot_id", state="state"))
    if case.lease_id:
        parts += [_charges(case, user), _refunds(case, user)]
    if case.status == CaseStatus.ESCALATED:
        newest = Escalation.objects.filter(case=case).order_by("-at")
        parts.append(_columns(newest, Work.ESCALATION, at="at", words="reason", most=1))
    return parts


def _blocks(case: Case) -> QuerySet[IdentityBlock]:
    theirs = Q(said_in=case.number)
    if case.lease:
        theirs |= Q(customer=case.lease.customer_id, lifted_at__isnull=True)
    return IdentityBlock.objects.filter(theirs)


def _charges(case: Case, user: User) -> QuerySet[Any, Any]:
    rows = CaseCharge.objects.visible_to(user).filter(case=case)
    rows = rows.annotate(
        stands=CaseWhen(
            When(charge__decision="", then=Value("open")),
            default=Value("done"),
            output_field=CharField(),
        )
    )
    return _columns(rows, Work.CHARGE, pk="charge_id", state="stands", amount="charge__amount")


def _refunds(case: Case, user: User) -> QuerySet[Any, Any]:
    rows = Refund.objects.visible_to(user).unpaid().filter(of_case(case))
    return _columns(rows, Work.REFUND, on="expected_on", who="method", amount="amount")


def _columns(
    rows: QuerySet[Any],
    work: Work,
    *,
    pk: str = "pk",
    on: str = "",
    at: str = "",
    who: str = "",
    words: str = "",
    language: str = "",
    state: str = "",
    amount: str = "",
    most: int = 0,
) -> QuerySet[Any, Any]:
    """The same columns of any table: a union's parts have the same types."""
    text = {"who": who, "words": words, "language": language, "state": state}
    columns = rows if most else rows.order_by()
    values = columns.values_list(
        Value(work.value, output_field=TextField()),
        F(pk),
        Cast(F(on) if on else Value(None), DateField()),
        Cast(F(at) if at else Value(None), DateTimeField()),
        *(Cast(F(name) if name else Value(""), TextField()) for name in text.values()),
        Cast(F(amount) if amount else Value(None), DecimalField(max_digits=10, decimal_places=2)),
    )
    return values[:most] if most else values
