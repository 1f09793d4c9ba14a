"""The mail that confirms a call, as it will go out, before its case exists."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from cases.deadlines import send_by
from cases.enums import CaseStatus
from cases.lifecycle import ACTS
from cases.mails.base import TurnFacts, turn_facts
from cases.mails.case_opened import CASE_OPENED, CaseOpenedParams
from cases.mails.promises import Promised
from cases.mails.resolved_in_call import RESOLVED_IN_CALL, ResolvedInCallParams
from cases.turns import NextStep, turn
from common.company_day import business_day, company_zone
from mail.kinds import MailKind
from mail.outbound.render import Rendered, render_text
from mail.texts import shown_text


def stands_opened(
    due_on: date,
    promised: Sequence[Promised],
    *,
    is_missing: bool,
    is_escalated: bool = False,
    now: datetime,
) -> TurnFacts:
    """As it will be."""
    status = CaseStatus.ESCALATED if is_escalated else CaseStatus.OPEN
    agreed = [NextStep(each.due_on, each.party, is_agreed=True) for each in promised]
    today = business_day(now)
    by = send_by(due_on, now, company_zone())
    told = turn(status, due_on, agreed, is_missing=is_missing, since=today, send_by=by)
    return turn_facts(told, today)


def stands_resolved(due_on: date) -> TurnFacts:
    resolved = CaseStatus.RESOLVED
    return {"status": resolved, "due_on": due_on, "acts": ACTS[resolved], "agreed": False}


def kind_of(said: CaseOpenedParams) -> MailKind[Any]:
    return RESOLVED_IN_CALL if isinstance(said, ResolvedInCallParams) else CASE_OPENED


def preview_confirmation(
    said: CaseOpenedParams, language: str, now: datetime, *, care_of: str = ""
) -> Rendered:
    """`care_of`: the attorney who gets it."""
    text = shown_text(kind_of(said), now=now).in_language(language)
    return render_text(text, said, language, thread=said.case_number, care_of=care_of)
