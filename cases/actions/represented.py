"""An attorney on the telephone: how to reach them, their letter, and what goes through them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass, replace
from datetime import date, datetime

from accounts.mask_watch import noted
from accounts.models import User
from cases import deadlines, kinds
from cases.actions import asked_items
from cases.actions.accept_letter import accept_letter
from cases.actions.change import add_event
from cases.actions.flags import Attorney, flag_case, is_on_record, one_line
from cases.enums import FlagKind, ItemState, Visibility
from cases.events import EvidenceRequested, EvidenceSettled
from cases.models import Case, CaseFlag
from cases.queries.flags import Flags
from common.company_day import business_day, company_zone
from leases.phones import phone_to_keep


@dataclass(frozen=True, kw_only=True)
class Represented:
    """As told; their name is the caller's.

    `goes_through`: from now on contact goes through them (docs/decisions). `letter`: what became of
    the letter that says whom they represent; empty if no one asked.
    """

    firm: str = ""
    phone: str = ""
    email: str = ""
    language: str = ""
    goes_through: bool = False
    letter: ItemState | None = None

    @property
    def has_letter(self) -> bool:
        return self.letter == ItemState.ACCEPTED


def checked_representation(told: Represented) -> Represented:
    """ValidationError: those of `phone_to_keep`."""
    return replace(
        told,
        firm=noted(one_line(told.firm)),
        phone=phone_to_keep(told.phone) if told.phone.strip() else "",
        email=one_line(told.email),
    )


def letters(told: Represented | None) -> dict[str, ItemState]:
    """What became of it, by slot, for a case that is being opened."""
    if told is None or told.letter is None or not _asks_for_letters():
        return {}
    return {kinds.REPRESENTATION: told.letter}


def without_known_letter(
    items: Mapping[str, ItemState], known: Iterable[CaseFlag], name: str, told: Represented | None
) -> dict[str, ItemState]:
    """`items` without a letter that we have already, from one of the attorneys on record."""
    is_here = told is not None and any(
        each.is_attorney and not each.awaits_letter and each.is_reached_as(name, told.email)
        for each in known
    )
    asked = items.get(kinds.REPRESENTATION) == ItemState.ASKED
    return {
        slot: state
        for slot, state in items.items()
        if not (is_here and asked and slot == kinds.REPRESENTATION)
    }


def without_letter(items: Mapping[str, ItemState]) -> dict[str, ItemState]:
    """For a mail that waits until the letter is accepted: it's asked for on the telephone."""
    return {slot: state for slot, state in items.items() if slot != kinds.REPRESENTATION}


def attorney_after(
    known: Iterable[CaseFlag], name: str, told: Represented | None, now: datetime
) -> CaseFlag | None:
    """Who speaks for the customer once the call is saved; its flag may not be saved yet."""
    rows = list(known)
    if told is None or not (told.goes_through and name):
        return Flags(tuple(rows)).attorney
    flag = CaseFlag(
        kind=FlagKind.ATTORNEY, name=name, email=told.email, language=told.language,
        awaits_letter=_waits(told), at=now,
    )  # fmt: skip
    same = [each for each in rows if each.is_attorney and each.is_reached_as(name, told.email)]
    if not same:
        rows.append(flag)
    elif told.has_letter:
        rows += [_freed(each) for each in same if each.awaits_letter]
    return Flags(tuple(rows)).attorney


def _freed(flag: CaseFlag) -> CaseFlag:
    free = copy(flag)
    free.awaits_letter = False
    return free


def represent(case: Case, name: str, told: Represented, *, by: User, now: datetime) -> None:
    """On a case whose customer's other cases are locked, too (`flags.lock_customers_cases`).

    ValidationError: those of `flag_case`.
    """
    if not told.goes_through:
        return
    attorney = Attorney(
        name=name, firm=told.firm, phone=told.phone, email=told.email, language=told.language
    )
    if not is_on_record(case, attorney):
        flag_case(
            case=case,
            kind=FlagKind.ATTORNEY,
            attorney=attorney,
            awaits_letter=_waits(told),
            by=by,
            now=now,
        )
    if told.has_letter:
        accept_letter(case, name=name, now=now)


def note_letter(case: Case, name: str, told: Represented, *, by: User, now: datetime) -> None:
    """The same in a case from `locked` that is open already: by its next step, as in a new one."""
    known = CaseFlag.objects.attorneys_for(case)
    for slot, state in without_known_letter(letters(told), known, name, told).items():
        asked_items.ask(case, [slot], now=now)
        happened: EvidenceRequested | EvidenceSettled = EvidenceRequested(
            slots=(slot,), wait_until=_day(case, now)
        )
        if state == ItemState.ACCEPTED:
            asked_items.decide(case, slot, state, now=now)
            happened = EvidenceSettled(slots=(slot,), came=True)
        add_event(case, happened, by=by, now=now, visibility=Visibility.PUBLIC)


def _day(case: Case, now: datetime) -> date:
    """If its next step is late, by the day that a new one would have."""
    if case.due_on >= business_day(now):
        return case.due_on
    return deadlines.next_update(now, company_zone(), case.kind.due_days)


def _waits(told: Represented) -> bool:
    return _asks_for_letters() and not told.has_letter


def _asks_for_letters() -> bool:
    row = kinds.slots().get(kinds.REPRESENTATION)
    return row is not None and row.is_offered
