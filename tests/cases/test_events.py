"""Each code of the timeline is put into words, from rows of every age."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from cases.enums import Event
from cases.events import describe
from cases.models import Entry

_PROMISE = {"promise": 1, "what": "Call."}
_FILE = {"evidence": "1", "name": "recibo.jpg"}
_DAY = "November 20, 2026"
#: Each as the first version wrote it, with less than today's.
OLD: dict[Event, tuple[dict[str, Any], str]] = {
    Event.OPENED: ({}, "Case opened"),
    Event.STATUS_CHANGED: (
        {"from_status": "open", "to_status": "in_progress", "due_on": "2026-11-20"},
        f"Status: Open → In progress. Next step by {_DAY}",
    ),
    Event.DUE_CHANGED: ({"due_on": "2026-11-20"}, f"Next step by {_DAY}"),
    Event.ASSIGNED: ({"to": ""}, "Unassigned"),
    Event.ESCALATED: ({"reason": "Third call."}, "Escalated: Third call."),
    Event.FOLLOW_UP_SET: ({"on": "2026-11-20"}, f"Follow-up scheduled for {_DAY}"),
    Event.FOLLOW_UP_CANCELLED: ({"on": "2026-11-20"}, f"Follow-up on {_DAY} canceled"),
    Event.FOLLOW_UP_SENT: ({"message": "¿Llegó?"}, "Follow-up: ¿Llegó?"),
    Event.FOLLOW_UP_MOVED: (
        {"on": "2026-11-20", "before": "2026-11-18", "channel": "email"},
        f"Follow-up moved from November 18, 2026 to {_DAY}",
    ),
    Event.FOLLOW_UP_DONE: (
        {"on": "2026-11-20", "channel": "phone"}, f"Follow-up on {_DAY} completed by phone"
    ),
    Event.PLAN_AGREED: (
        {
            "plan": 1, "kind": "recovery", "arrears": "80.00", "moves": [],
            "promises": [{"due_on": "2026-11-20", "amount": "80.00"}],
        },
        f"Recovery plan: $80.00 on {_DAY}",
    ),
    Event.PLAN_CANCELLED: (
        {"plan": 1, "kind": "recovery", "reason": "Paid."}, "Recovery plan canceled: Paid."
    ),
    Event.EVIDENCE_REQUESTED: (
        {"slots": ["receipts"], "wait_until": None}, "We asked for: Receipts"
    ),
    Event.EVIDENCE_SETTLED: ({"slots": ["receipts"]}, "Accepted: Receipts"),
    Event.EVIDENCE_TIED: (
        _FILE | {"slots": ["receipts"]}, "“recibo.jpg” was received as: Receipts"
    ),
    Event.EVIDENCE_UNREADABLE: (
        _FILE | {"reason": "Too dark."}, "“recibo.jpg” can’t be read: Too dark."
    ),
    Event.RETURN_STEPS: ({}, "We sent the return instructions"),
    Event.RETURN_HANDED_IN: (
        {"store": "Luna", "on": "2026-11-20", "number": "1Z9"},
        f"Item returned to Luna on {_DAY} · tracking number 1Z9",
    ),
    Event.RETURN_ANSWERED: (
        {
            "store": "Luna", "answer": "refused", "on": "2026-11-20", "name": "Delia",
            "reason": "No.",
        },
        f"Luna didn’t take the item back ({_DAY}) · Delia · No.",
    ),
    Event.RETURN_CREDITED: (
        {"on": "2026-11-20", "credit": "500.00"},
        f"Return credited on {_DAY}: $500.00 off what is owed on the lease",
    ),
    Event.RETURN_WITHDRAWN: (
        {"on": "2026-11-20"}, f"The return of {_DAY} was recorded by mistake"
    ),
    Event.PROMISE_MADE: (
        _PROMISE | {"party": "store", "amount": None, "due_on": "2026-11-20"},
        f"The store agreed: Call, by {_DAY}",
    ),
    Event.PROMISE_ACKNOWLEDGED: (_PROMISE, "Agreement confirmed: Call."),
    Event.PROMISE_SETTLED: (_PROMISE | {"outcome": "kept"}, "Agreement “Call.”: kept"),
    Event.OUTSIDE_OPENED: (
        {"body": "cfpb", "due_on": "2026-11-20"}, f"CFPB: respond by {_DAY}"
    ),
    Event.OUTSIDE_ANSWERED: (
        {"body": "cfpb", "answered_on": "2026-11-20"}, f"CFPB: responded on {_DAY}"
    ),
    Event.MAIL_BOUNCED: (
        {"template": "case_opened", "email": "1", "reason": "bounced"},
        "The email “Case opened” bounced: the address can’t receive email",
    ),
    Event.FLAGGED: (
        {"flag": "statute", "named": "FDCPA"}, "Law cited: FDCPA. The case is on hold."
    ),
    Event.WISHES_CHANGED: (
        {"no_calls": True, "asked_by": "Her sister"},
        "Contact preferences, as Her sister asked: No calls",
    ),
    Event.CONTACT_ATTEMPTED: ({"result": "no_answer"}, "Call to the customer: no answer"),
    Event.ATTEMPT_UNDONE: (
        {"result": "reached", "at": "2026-11-18T16:00:00+00:00"},
        "Recorded by mistake, doesn’t count: call of November 18, 2026, at 4:00\u202fPM, reached",
    ),
    Event.CONTACT_CORRECTED: (
        {
            "details": [
                {"name": "phone", "before": "", "after": "+12105550188"},
                {"name": "email", "before": "a@example.com", "after": ""},
            ]
        },
        "Contact details corrected: Phone from none to (210) 555-0188; Email from a@example.com to"
        " none",
    ),
    Event.FLAG_LIFTED: (
        {"flag": "legal_hold", "reason": "Settled."}, "Flag removed: Legal hold. Reason: Settled."
    ),
    Event.LEASE_ATTACHED: ({"account_number": "104477312"}, "Lease 104477312 attached"),
    Event.LEASE_DETACHED: ({"account_number": "104477312"}, "Lease 104477312 detached"),
    Event.CALL_ADDED: ({"number": "260001233"}, "Call 260 001 233 added"),
    Event.CALLER_NAMED: (
        {"relation": "store", "name": "Luis Vera"}, "Caller: Luis Vera (Store)"
    ),
    Event.ANSWERED: (
        {"answers": [{"question": "gone", "value": "Yes", "before": "No"}]},
        "gone: Yes (corrected; it was: No)",
    ),
    Event.CHARGES_DISPUTED: (
        {
            "charges": [
                {
                    "charge": 1, "entry": 7, "kind": "fee", "number": 3, "on": "2027-03-04",
                    "of": "5.00", "amount": "2.50",
                }
            ],
            "pauses_fees": True,
        },
        "Under review: Late fee for payment 3 (March 4, 2027, $2.50 of $5.00). No late fees on"
        " these payments in the meantime.",
    ),
    Event.CHARGE_WITHDRAWN: (
        {
            "charge": {
                "charge": 1, "entry": 7, "kind": "adjustment", "on": "2027-03-04", "of": "5.00",
                "amount": "5.00",
            }
        },
        "No longer under review: Adjustment (March 4, 2027, $5.00)",
    ),
    Event.CHARGES_DECIDED: (
        {
            "charges": [
                {
                    "what": {
                        "charge": 1, "entry": 7, "kind": "charge", "number": 3,
                        "on": "2027-03-04", "of": "38.46", "amount": "38.46",
                    },
                    "decision": "upheld", "taken_off": "8.46",
                },
                {
                    "what": {
                        "charge": 2, "entry": 8, "kind": "fee", "number": 3,
                        "on": "2027-03-08", "of": "5.00", "amount": "5.00",
                    },
                    "decision": "rejected", "reason": "paid_late",
                },
            ],
            "message": "Sorry.", "language": "en",
        },
        "Reviewed: Payment 3 (March 4, 2027, $38.46): we took off $8.46. Late fee for payment"
        " 3 (March 8, 2027, $5.00): it stays. The payment came after its date and the grace period."
        " Sorry.",
    ),
    Event.CALLER_VERIFIED: (
        {"factors": ["phone", "ssn"], "passed": False},
        "Identity not verified: phone, last 4 of the SSN",
    ),
    Event.AUTOPAY_REVOKED: (
        {}, "The authorization was revoked. There are no automatic payments to stop."
    ),
    Event.IDENTITY_BLOCKED: (
        {"name": "Carla Peña"}, "New applications in Carla Peña’s name are blocked."
    ),
    Event.IDENTITY_UNBLOCKED: (
        {"name": "Carla Peña", "reason": "It was her."},
        "New applications in Carla Peña’s name are allowed again. Reason: It was her.",
    ),
    Event.REFERENCE_ADDED: (
        {"reference": "2026-55"}, "Reference from the customer: 2026-55"
    ),
    Event.MERGED: (
        {"number": "260000017", "goes_on": True}, "Case 260 000 017 is now part of this one"
    ),
    Event.MERGE_UNDONE: (
        {"number": "260000017", "goes_on": False},
        "This case is no longer part of case 260 000 017",
    ),
    Event.REFERENCE_REMOVED: ({"reference": "2026-55"}, "Reference removed: 2026-55"),
    Event.REFUND_PAID: (
        {"amount": "38.46", "method": "bank", "paid_on": "2027-03-04", "reference": "TX-7"},
        "We refunded $38.46 to your bank account on March 4, 2027. Reference: TX-7.",
    ),
    Event.REFUND_PROMISED: (
        {"amount": "38.46", "method": "check", "expected_on": "2027-03-04"},
        "We’ll refund $38.46 by check by March 4, 2027.",
    ),
    Event.REFUND_WITHDRAWN: (
        {"amount": "38.46", "reason": "The bank did."},
        "We won’t make the refund of $38.46 after all. The bank did.",
    ),
    Event.REOPENED: ({"reason": "The charge came back."}, "Reopened: The charge came back."),
    Event.TAGGED: ({"name": "VIP"}, "Tag “VIP” added"),
    Event.UNTAGGED: ({"name": "VIP"}, "Tag “VIP” removed"),
    Event.SNOOZED: (
        {"on": "2026-11-20", "reason": "The store is closed."},
        f"Snoozed until {_DAY}: The store is closed.",
    ),
    Event.SNOOZE_ENDED: ({"why": "day_came"}, "Back in the queue: its date arrived"),
    Event.OUTSIDE_EXTENDED: (
        {"body": "credit_bureau", "received_on": "2026-11-18", "due_on": "2026-11-20"},
        "Direct credit dispute (FCRA): more information arrived on November 18, 2026, respond by"
        f" {_DAY}",
    ),
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("event", Event)
def test_old_rows_are_told(event: Event) -> None:
    params, told = OLD[event]
    with translation.override("en"):
        assert describe(Entry(event=event, params=params), for_customer=False) == told
