"""What a call leaves in its case, a new one or one that is open."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol

from accounts.models import User
from cases.actions.add_entries import add_entry
from cases.actions.caller import Caller, name_caller
from cases.actions.correct_caller import tell_of_corrections
from cases.actions.verify_caller import tell_of_call
from cases.enums import CUSTOMERS_SIDE, Channel, EntryKind
from cases.models import CallDraft, Case, Entry
from telephone.actions import settle_returned


class Spoken(Protocol):
    @property
    def channel(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def summary(self) -> str: ...
    @property
    def visibility(self) -> str: ...
    @property
    def caller(self) -> Caller: ...


def add_call_entry(
    case: Case, call: Spoken, params: dict[str, Any], by: User, now: datetime
) -> Entry:
    return add_entry(
        case=case,
        kind=EntryKind.CALL,
        visibility=call.visibility,
        author=by,
        channel=call.channel,
        language=call.language,
        body=call.summary,
        params=params,
        at=now,
    )


def settle_call_back(
    draft: CallDraft, case: Case, call: Spoken, *, by: User, now: datetime
) -> None:
    """Whoever was on the line needs no call back. A store or an attorney isn't the customer."""
    numbers = set()
    if draft.phone_call:
        numbers.add(draft.phone_call.number)
    if call.channel == Channel.PHONE and call.caller.relation in CUSTOMERS_SIDE:
        numbers.add(case.person.phone)
    if numbers - {""}:
        settle_returned(
            numbers=numbers, began=draft.started_at, reason=case.spoken_number, by=by, now=now
        )


def tell_who_called(draft: CallDraft, case: Case, call: Spoken, *, by: User, now: datetime) -> None:
    """And whether they were verified, and what was corrected about them."""
    name_caller(case, call.caller, by=by, now=now)
    tell_of_call(draft, case)
    tell_of_corrections(draft, case)
