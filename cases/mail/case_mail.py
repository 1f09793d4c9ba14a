"""Mails about a case, to its customer in the customer's language."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from cases.enums import TemplateKey
from cases.mail.enqueue import NewMail, enqueue
from cases.models import Case, Entry
from cases.queries.next_step import turn_of
from cases.turns import Turn
from common.company_day import business_day


def case_params(case: Case, **extra: Any) -> dict[str, Any]:
    """What a case mail says, as codes: the case as it is at this moment.

    `extra` by mail: case_opened `agent_name`; message_added `author_name`, `message`, `said_in`
    (the language of the words, also of `answer`); follow_up
    `message`; evidence_requested `slots`, `message`; evidence_received `files` (names),
    `answers` (slot or ""), `received_at` (ISO), `time_zone`, `still_open` (slots);
    evidence_unreadable `file_name`, `reason`; resolved `outcome`, `answer`, `author_name`;
    return_steps `store`, `returned_item`;
    promise_* `promise` (`party`, `what`, `amount` as "40.00" or None, `due_on`), `store`.
    """
    return {
        "customer_name": case.lease.customer.name,
        "case_number": case.number,
        "kind": case.kind,
        "status": case.status,
        "due_on": case.due_on.isoformat(),
        **extra,
    }


def overdue(case: Case, now: datetime, told: Turn | None = None) -> dict[str, Any]:
    """Beside `case_params`: whose turn it is and by when.

    Where all of it is late: no mail names a day that has passed. `told` where it is known already.
    """
    if not case.is_active:
        return {}
    today = business_day(now)
    told = told or turn_of(case, since=today)
    step = told.step
    found = {"status": told.status.value, "acts": step.party.value}
    if step.on < today:
        return found | {"overdue": True}
    return found | {"due_on": step.on.isoformat(), "agreed": step.is_agreed}


def enqueue_case_mail(
    case: Case,
    template: TemplateKey,
    *,
    key: str,
    entry: Entry | None,
    now: datetime,
    **extra: Any,
) -> bool:
    """False if this event already has its mail; see `enqueue`."""
    mail = case_mail(case, template, key=key, entry=entry, now=now, **extra)
    return enqueue(mail, now=now)


def case_mail(
    case: Case,
    template: TemplateKey,
    *,
    key: str,
    entry: Entry | None,
    now: datetime,
    **extra: Any,
) -> NewMail:
    customer = case.lease.customer
    return NewMail(
        key=key,
        template=template,
        to=customer.email,
        language=customer.language,
        params=case_params(case, **overdue(case, now), **extra),
        case=case,
        entry=entry,
    )
