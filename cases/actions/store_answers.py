"""What a store says of an item that a customer took back: it has it, or it refused it."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases import deadlines, lifecycle
from cases.actions.add_customer_message import language_of
from cases.actions.change import add_event, change_status, locked, touch, wake_on_reply
from cases.actions.escalate import escalate
from cases.enums import CaseStatus, SnoozeEnd, StoreAnswer, Visibility
from cases.events import ReturnAnswered
from cases.mails.base import enqueue_case_mail
from cases.mails.return_confirmed import RETURN_CONFIRMED
from cases.mails.return_refused import RETURN_REFUSED, ReturnRefusedParams
from cases.mails.store_returns import StoreReturnParams, store_name, store_return_facts
from cases.models import Case, Entry, StoreReturn
from cases.queries.store_returns import reported_returns
from common.company_day import business_day, company_zone
from common.formats import day
from leases.models import MerchandiseReturn


@transaction.atomic
def answer_return(
    *,
    row: StoreReturn,
    answer: StoreAnswer,
    on: date,
    name: str,
    note: str = "",
    by: User,
    now: datetime,
) -> StoreReturn:
    """`name`: who at the store said so; `note`: what proves it, or why they refused.

    A refusal goes to a supervisor with all of it, unless one has the case already. The customer
    gets an email about either. ValidationError `return_answered` (someone else was faster),
    `return_withdrawn`, `day_future`, `answered_too_early`, `store_name`, `refusal_reason`.
    """
    if not by.works_cases:
        raise PermissionDenied
    name, note = name.strip(), note.strip()
    _refuse_gaps(row, answer, on, name, note, now)
    language = language_of(note, row.case)
    case = locked(row.case)
    row = _unanswered(row)
    row.answer, row.answered_on = answer, on
    row.answered_name, row.answer_note = name, note
    row.answered_by, row.answered_at = by, now
    row.save()
    if answer == StoreAnswer.CONFIRMED:
        _go_on(case, row, language=language, by=by, now=now)
    else:
        _take_up(case, row, language=language, by=by, now=now)
    return row


def confirm_reported_returns(*, now: datetime) -> int:
    """Those that their stores reported through the API since; how many. May run twice."""
    return sum(_confirm_reported(row, now) for row in reported_returns())


@transaction.atomic
def _confirm_reported(row: StoreReturn, now: datetime) -> bool:
    case = locked(row.case)
    rows = StoreReturn.objects.silent().select_for_update(of=["self"])
    found = rows.select_related("store__merchant").filter(pk=row.pk).first()
    return bool(found and take_report(case, found, now=now))


def take_report(case: Case, row: StoreReturn, *, now: datetime) -> bool:
    """The store's own report that the item came is its answer. False if there's none. Under the
    lock of the case.
    """
    reports = MerchandiseReturn.objects.open().filter(lease=case.lease)
    report = reports.order_by("returned_on", "pk").first()
    if report is None:
        return False
    row.answer = StoreAnswer.CONFIRMED
    row.answered_on = max(report.returned_on, row.handed_in_on)
    row.report, row.answered_at = report, now
    row.save()
    _go_on(case, row, language="", by=None, now=now)
    return True


def _refuse_gaps(
    row: StoreReturn, answer: StoreAnswer, on: date, name: str, note: str, now: datetime
) -> None:
    if on > business_day(now):
        raise ValidationError(
            _("This date is in the future. Choose today or earlier."), code="day_future"
        )
    if on < row.handed_in_on:
        raise ValidationError(
            _("The store can’t have answered before %(day)s, when the item went back."),
            code="answered_too_early",
            params={"day": day(row.handed_in_on)},
        )
    if not name:
        raise ValidationError(_("Enter who at the store said so."), code="store_name")
    if answer == StoreAnswer.REFUSED and not note:
        raise ValidationError(_("Enter what the store gave as its reason."), code="refusal_reason")


def _unanswered(row: StoreReturn) -> StoreReturn:
    rows = StoreReturn.objects.select_for_update(of=["self"]).select_related("store__merchant")
    row = rows.get(pk=row.pk)
    if row.withdrawn_at:
        raise ValidationError(
            _("Someone else took this return back: it was recorded by mistake."),
            code="return_withdrawn",
        )
    if row.answer:
        raise ValidationError(
            _("The store’s answer is already recorded: %(answer)s, on %(day)s."),
            code="return_answered",
            params={"answer": row.get_answer_display(), "day": day(row.answered_on)},
        )
    return row


def _told(case: Case, row: StoreReturn, *, language: str, by: User | None, now: datetime) -> Entry:
    """`language`: of its note."""
    told = ReturnAnswered(
        store=store_name(row), answer=StoreAnswer(row.answer), on=row.answered_on or now.date(),
        name=row.answered_name, reason=row.answer_note, language=language,
    )  # fmt: skip
    return add_event(case, told, by=by, now=now, visibility=Visibility.PUBLIC)


def _go_on(case: Case, row: StoreReturn, *, language: str, by: User | None, now: datetime) -> None:
    """It's our turn to settle it."""
    entry = _told(case, row, language=language, by=by, now=now)
    waited = case.status == CaseStatus.WAITING_STORE
    due_on = deadlines.next_update(now, company_zone()) if waited else None
    wake_on_reply(case, SnoozeEnd.STORE_ANSWERED, by=by, now=now, step_on=due_on)
    if due_on:
        change_status(case, CaseStatus.IN_PROGRESS, due_on=due_on, by=by, now=now)
    else:
        touch(case, now=now)
    said = StoreReturnParams(**store_return_facts(case, row, now))
    key = f"return_confirmed:{row.pk}"
    enqueue_case_mail(RETURN_CONFIRMED, said, case, key=key, entry=entry, now=now)


def _take_up(case: Case, row: StoreReturn, *, language: str, by: User, now: datetime) -> None:
    entry = _told(case, row, language=language, by=by, now=now)
    wake_on_reply(case, SnoozeEnd.STORE_ANSWERED, by=by, now=now)
    if case.status in lifecycle.ESCALATABLE:
        case = escalate(case=case, reason=_packet(row), by=by, now=now, is_told=False).case
    else:
        touch(case, now=now)
    said = ReturnRefusedParams(**store_return_facts(case, row, now))
    key = f"return_refused:{row.pk}"
    enqueue_case_mail(RETURN_REFUSED, said, case, key=key, entry=entry, now=now)


def _packet(row: StoreReturn) -> str:
    """What the supervisor needs to call the store, in the language of whoever escalates."""
    said = {
        "store": store_name(row), "day": day(row.answered_on), "name": row.answered_name,
        "handed_in": day(row.handed_in_on), "note": row.answer_note,
    }  # fmt: skip
    words = gettext(
        "%(store)s refused the return of %(handed_in)s. %(name)s said so on %(day)s: %(note)s"
    )
    return words % said
