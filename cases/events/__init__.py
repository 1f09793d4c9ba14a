"""Event rows in words. A code and parameters are stored; the sentence is made for each reader."""

from __future__ import annotations

from cases.enums import Event
from cases.events.agreements import (
    OutsideAnswered,
    OutsideOpened,
    PromiseAcknowledged,
    PromiseMade,
    PromiseSettled,
)
from cases.events.answers import Answered, QuestionsAnswered
from cases.events.attached import LeaseAttached, LeaseDetached
from cases.events.callers import CallerNamed, CallerVerified
from cases.events.charges import (
    ChargesDecided,
    ChargesDisputed,
    ChargeWithdrawn,
    Decided,
    Disputed,
)
from cases.events.contact import (
    AttemptUndone,
    ContactAttempted,
    ContactCorrected,
    CorrectedDetail,
    WishesChanged,
)
from cases.events.evidence import (
    EvidenceRequested,
    EvidenceSettled,
    EvidenceTied,
    EvidenceUnreadable,
    ReturnStepsSent,
)
from cases.events.flags import Flagged, FlagLifted
from cases.events.follow_ups import (
    FollowUpCancelled,
    FollowUpDone,
    FollowUpMoved,
    FollowUpSent,
    FollowUpSet,
)
from cases.events.happening import Happening, Quote, Reader, as_written
from cases.events.mails import MailBounced
from cases.events.merges import Merged, MergeUndone
from cases.events.outcomes import (
    AutopayRevoked,
    IdentityBlocked,
    IdentityUnblocked,
    OutsideExtended,
)
from cases.events.plans import MovedPayment, PlanAgreed, PlanCancelled, PlannedPayment
from cases.events.references import ReferenceAdded, ReferenceRemoved
from cases.events.refunds import RefundPaid, RefundPromised, RefundWithdrawn
from cases.events.snoozes import Snoozed, SnoozeEnded
from cases.events.statuses import (
    Assigned,
    CallAdded,
    CaseOpened,
    DueChanged,
    Escalated,
    Reopened,
    StatusChanged,
)
from cases.events.store_returns import (
    ReturnAnswered,
    ReturnCredited,
    ReturnHandedIn,
    ReturnWithdrawn,
)
from cases.events.tags import Tagged, Untagged
from cases.models import Entry
from common.typed_json import from_json

__all__ = [
    "Answered",
    "Assigned",
    "AttemptUndone",
    "AutopayRevoked",
    "CallAdded",
    "CallerNamed",
    "CallerVerified",
    "CaseOpened",
    "ChargeWithdrawn",
    "ChargesDecided",
    "ChargesDisputed",
    "ContactAttempted",
    "ContactCorrected",
    "CorrectedDetail",
    "Decided",
    "Disputed",
    "DueChanged",
    "Escalated",
    "EvidenceRequested",
    "EvidenceSettled",
    "EvidenceTied",
    "EvidenceUnreadable",
    "FlagLifted",
    "Flagged",
    "FollowUpCancelled",
    "FollowUpDone",
    "FollowUpMoved",
    "FollowUpSent",
    "FollowUpSet",
    "Happening",
    "IdentityBlocked",
    "IdentityUnblocked",
    "LeaseAttached",
    "LeaseDetached",
    "MailBounced",
    "MergeUndone",
    "Merged",
    "MovedPayment",
    "OutsideAnswered",
    "OutsideExtended",
    "OutsideOpened",
    "PlanAgreed",
    "PlanCancelled",
    "PlannedPayment",
    "PromiseAcknowledged",
    "PromiseMade",
    "PromiseSettled",
    "QuestionsAnswered",
    "ReferenceAdded",
    "ReferenceRemoved",
    "RefundPaid",
    "RefundPromised",
    "RefundWithdrawn",
    "Reopened",
    "ReturnAnswered",
    "ReturnCredited",
    "ReturnHandedIn",
    "ReturnStepsSent",
    "ReturnWithdrawn",
    "SnoozeEnded",
    "Snoozed",
    "StatusChanged",
    "Tagged",
    "Untagged",
    "WishesChanged",
    "describe",
    "happened",
]  # fmt: skip

KINDS: dict[Event, type[Happening]] = {
    each.event: each
    for each in (
        CaseOpened, StatusChanged, DueChanged, Assigned, Escalated,
        FollowUpSet, FollowUpMoved, FollowUpCancelled, FollowUpSent, FollowUpDone,
        EvidenceRequested, EvidenceSettled, EvidenceTied, EvidenceUnreadable, ReturnStepsSent,
        PromiseMade, PromiseAcknowledged, PromiseSettled, OutsideOpened, OutsideAnswered,
        PlanAgreed, PlanCancelled, MailBounced, Flagged, FlagLifted, LeaseAttached, LeaseDetached,
        CallAdded, CallerNamed, CallerVerified,
        WishesChanged, ContactAttempted, QuestionsAnswered, AttemptUndone, ContactCorrected,
        ChargesDisputed, ChargeWithdrawn, ChargesDecided, RefundPaid,
        AutopayRevoked, IdentityBlocked, IdentityUnblocked, OutsideExtended,
        ReferenceAdded, ReferenceRemoved, Merged, MergeUndone,
        ReturnHandedIn, ReturnAnswered, ReturnCredited, ReturnWithdrawn,
        RefundPromised, RefundWithdrawn, Snoozed, SnoozeEnded, Reopened,
        Tagged, Untagged,
    )
}  # fmt: skip
if forgotten := set(Event) - set(KINDS):
    raise LookupError(f"cases.events has no class for {', '.join(sorted(forgotten))}.")


def happened(entry: Entry) -> Happening:
    return from_json(KINDS[Event(entry.event)], entry.params)


def describe(
    entry: Entry, *, for_customer: bool, quote: Quote = as_written, customer: str = ""
) -> str:
    """What happened, in the active language. Staff read the `customer` by name."""
    return happened(entry).told(Reader(for_customer, quote, customer))
