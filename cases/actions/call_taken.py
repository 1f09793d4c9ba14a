"""What an agent wrote down during a call, and what of it the confirmation puts in writing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TypedDict

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases import asked_items as item_states
from cases import deadlines
from cases.actions import asked_items
from cases.actions.answers import Answers, record_answers
from cases.actions.caller import THE_CUSTOMER, Caller
from cases.actions.case_contact import Contact
from cases.actions.change import add_event
from cases.actions.charges import begin_charges, chosen_now
from cases.actions.promise_checks import plan_check
from cases.actions.promises import Agreed, check_agreed, record_promise
from cases.actions.references import record_reference
from cases.enums import CallerRelation, ItemState, Party, Visibility
from cases.events import AutopayRevoked, ChargesDisputed, EvidenceRequested, EvidenceSettled
from cases.mails.base import CaseFacts, TurnFacts
from cases.mails.case_opened import CaseOpenedParams
from cases.mails.confirmation import stands_opened, stands_resolved
from cases.mails.promises import Promised
from cases.mails.resolved_in_call import ResolvedInCallParams
from cases.models import Case
from cases.scripts.placeholders import refuse_gaps
from common.company_day import company_zone
from leases.actions.move import locked
from leases.models import Lease


@dataclass(frozen=True)
class Call:
    _: KW_ONLY
    # What it's about: a lease, or someone without one.
    lease: Lease | None = None
    contact: Contact | None = None
    kind: str
    channel: str
    language: str
    summary: str
    visibility: str = Visibility.INTERNAL
    # The customer asked for this language from now on; what they chose in the portal stays.
    remember_language: bool = False
    due_on: date | None = None
    # What the checklist came to, by slot.
    items: Mapping[str, ItemState] = field(default_factory=dict)
    agreements: Sequence[Agreed] = ()
    # The transactions of the lease that are disputed; None is all of one.
    charges: Mapping[int, Decimal | None] = field(default_factory=dict)
    # To the questions of the kind.
    answers: Answers = field(default_factory=dict)
    # The agent's own paragraph in the confirmation, in the reader's language.
    message: str = ""
    is_confirmed: bool = True
    # That of a lease made with a stolen identity, if the caller says it's theirs.
    own_address: str = ""
    # The key of a CaseOutcome if nothing is left to do; empty if the case stays open.
    outcome: str = ""
    # A ToldHow: how someone without an email address learns how it ended.
    told_how: str = ""
    caller: Caller = THE_CUSTOMER
    # Why a supervisor needs to decide; empty if none does.
    escalation: str = ""
    # What they read to us from an email or a letter; empty if they have none.
    reference: str = ""

    @property
    def asked_for(self) -> tuple[str, ...]:
        """What the customer still has to send, also again."""
        return tuple(each for each, state in self.items.items() if _is_missing(state))


class Told(TypedDict):
    message: str
    said_in: str
    promised: tuple[Promised, ...]
    store: str
    slots: tuple[str, ...]
    caller: CallerRelation


def check_confirmation(call: Call, now: datetime) -> None:
    """ValidationError: those of `make_promise`, `script_gap`, `unconfirmed` if what was agreed on
    or asked for wouldn't be put in writing.
    """
    for agreed in call.agreements:
        check_agreed(agreed, now)
    refuse_gaps(call.message)
    if not call.is_confirmed and (call.agreements or call.asked_for):
        raise ValidationError(
            _(
                "What you agreed on and what you ask for goes out in writing. Save and send, or"
                " remove it."
            ),
            code="unconfirmed",
        )


def told_in_confirmation(call: Call) -> Told:
    """The same for the mail and for its preview."""
    return {
        "message": call.message,
        "said_in": call.language,
        "promised": tuple(
            Promised(
                party=Party(each.party), what=each.what, amount=each.amount, due_on=each.due_on
            )
            for each in call.agreements
        ),
        "store": call.lease.store.name if call.lease else "",
        "slots": call.asked_for,
        "caller": _caller_of(call),
    }


def _caller_of(call: Call) -> CallerRelation:
    """Someone without a lease who called themselves reads of what they told us."""
    if call.contact and call.contact.name.strip() == call.caller.name:
        return CallerRelation.CUSTOMER
    return CallerRelation(call.caller.relation)


def confirmation_of(
    call: Call,
    facts: CaseFacts,
    *,
    agent_name: str,
    send_by: date,
    blocks: bool = False,
    disputed: ChargesDisputed | None = None,
    revoked: tuple[AutopayRevoked, ...] = (),
) -> CaseOpenedParams:
    """What the customer gets; the same for the mail and for its preview.

    `send_by`: when what is asked for is to come; `blocks`: whether new applications in their name
    aren't taken from now on; `disputed`: the transactions under review since this call; `revoked`:
    what became of automatic payments.
    """
    told = told_in_confirmation(call)
    if call.outcome:
        return ResolvedInCallParams(
            **facts,
            **told,
            agent_name=agent_name,
            outcome=call.outcome,
            blocks=blocks,
            revoked=revoked,
        )
    return CaseOpenedParams(
        **facts,
        **told,
        agent_name=agent_name,
        send_by=send_by if call.asked_for else None,
        blocks=blocks,
        revoked=revoked,
        disputed=disputed.charges if disputed else (),
        pauses_fees=bool(disputed and disputed.pauses_fees),
        pause_until=disputed.pause_until if disputed else None,
    )


def stands_after(call: Call, due_on: date, now: datetime) -> TurnFacts:
    """Whose turn it will be, as its confirmation says it; the same in its preview."""
    if call.outcome:
        return stands_resolved(due_on)
    return stands_opened(
        due_on,
        told_in_confirmation(call)["promised"],
        is_missing=bool(call.asked_for),
        is_escalated=bool(call.escalation),
        now=now,
    )


def begin_record(case: Case, call: Call, *, by: User, now: datetime) -> ChargesDisputed | None:
    """The rows and events of what was disputed, agreed on and asked for, in the action that opens
    the case and sends the confirmation. Returns what's disputed.
    """
    disputed = None
    record_answers(case, call.answers, in_call=True, by=by, now=now)
    if call.reference:
        record_reference(case, call.reference, by=by, now=now)
    for agreed in call.agreements:
        _promise, made = record_promise(case, agreed, by=by, now=now)
        if made and not call.outcome:
            plan_check(case, agreed, by=by, now=now)
    if call.lease and call.charges:
        disputed = chosen_now(begin_charges(case, locked(call.lease), call.charges, by=by, now=now))
    asked_items.begin(case, call.items, now=now)
    if call.asked_for:
        by_day = deadlines.send_by(case.due_on, now, company_zone())
        asked = EvidenceRequested(slots=call.asked_for, wait_until=by_day)
        add_event(case, asked, by=by, now=now, visibility=Visibility.PUBLIC)
    for state, came, visibility in _SETTLED:
        if slots := tuple(each for each, its in call.items.items() if its == state):
            settled = EvidenceSettled(slots=slots, came=came)
            add_event(case, settled, by=by, now=now, visibility=visibility)
    return disputed


#: No one was asked for what isn't needed: only staff read that it isn't.
_SETTLED = (
    (ItemState.ACCEPTED, True, Visibility.PUBLIC),
    (ItemState.DROPPED, False, Visibility.INTERNAL),
)


def _is_missing(state: ItemState) -> bool:
    return state in item_states.MISSING
