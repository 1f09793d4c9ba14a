from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from cases.models import CaseMail
from leases.buyout import Inputs, quote, snapshot
from mail import outbox
from mail.kinds import kind_of
from mail.models import Email
from tests.cases.conftest import Inbox, inbox
from tests.mail.smtp_server import ScriptedServer

__all__ = ["CASE_MAILS", "CASE_PARAMS", "LEASE_MAILS", "STAFF_MAILS", "Clock", "Inbox", "inbox"]

#: Everything any mail about a case may contain.
CASE_PARAMS = {
    "customer_name": "Carla Peña",
    "case_number": "260001233",
    "kind": "late_payment",
    "status": "open",
    "due_on": "2026-11-25",
    "agent_name": "Ana Torres",
    "author_name": "Ana Torres",
    "message": "Ya hablamos con la tienda.\n\nLe escribimos el lunes.",
}
_RETURNED = {"store": "Luna San Antonio", "returned_on": "2026-11-14"}
_PROMISE = {
    "promise": {
        "party": "store",
        "what": "Recoger el sofá en casa de la clienta",
        "amount": "40.00",
        "due_on": "2026-11-25",
    },
    "store": "Luna San Antonio",
}
_RESULTS = [
    {
        "what": {
            "charge": 1,
            "entry": 1,
            "kind": "fee",
            "number": 7,
            "on": "2026-11-13",
            "of": "5.00",
            "amount": "5.00",
        },
        "decision": "upheld",
        "taken_off": "5.00",
    },
]
#: By mail about a case, everything it may contain.
CASE_MAILS: dict[str, dict[str, Any]] = {
    key: CASE_PARAMS | extra
    for key, extra in {
        "case_opened": {},
        "message_added": {},
        "status_changed": {},
        "follow_up": {},
        "evidence_requested": {
            "slots": ["photos", "tracking"],
            "message": "Las fotos, por todos los lados.",
        },
        "evidence_received": {
            "files": ["sofá.jpg", "recibo.pdf"],
            "received_at": "2026-11-18T16:00:00+00:00",
            "time_zone": "America/Chicago",
        },
        "evidence_unreadable": {
            "file_name": "recibo.pdf",
            "reason": "No se ve el monto.",
        },
        "promise_confirmed": _PROMISE,
        "promise_due": _PROMISE,
        "promise_broken": _PROMISE,
        "escalated": {},
        "cases_merged": {"merged_number": "260001241"},
        "resolved": {
            "outcome": "charge_removed",
            "answer": "La tienda ya devolvió el cargo.",
        },
        "resolved_in_call": {
            "outcome": "charge_removed",
            "message": "La tienda ya devolvió el cargo.",
        },
        "charges_disputed": {"disputed": [_RESULTS[0]["what"]], "pauses_fees": True},
        "charges_decided": {"results": _RESULTS, "arrears": "38.46"},
        "return_steps": {"store": "Luna San Antonio", "returned_item": "Sofá"},
        "refund_promised": {"amount": "38.46", "method": "check", "expected_on": "2026-11-28"},
        "refund_paid": {
            "amount": "38.46",
            "method": "bank",
            "paid_on": "2026-11-18",
            "reference": "TX-7",
        },
        "return_noted": _RETURNED,
        "return_confirmed": _RETURNED,
        "return_refused": _RETURNED,
        "return_credited": _RETURNED | {"credit": "500.00", "arrears": "0.00", "balance": "730.80"},
    }.items()
}
STAFF_MAILS: dict[str, dict[str, Any]] = {
    "outside_deadline": {
        **CASE_PARAMS,
        "staff_name": "Sofía Ramírez",
        "outside": {
            "body": "cfpb",
            "reference": "261118-1234567",
            "received_on": "2026-11-10",
            "due_on": "2026-11-25",
            "days_left": 3,
        },
    },
    "case_flagged": {
        **CASE_PARAMS,
        "staff_name": "Sofía Ramírez",
        "flag": "attorney",
        "named": "Marta Ruiz, Ruiz & Vega",
        "by_name": "Ana Torres",
    },
    "case_back": {**CASE_PARAMS, "staff_name": "Ana Torres", "why": "customer_wrote"},
    "weekly_report": {
        "staff_name": "Sofía Ramírez",
        "week": {
            "since": "2026-11-09",
            "until": "2026-11-15",
            "opened": 12,
            "resolved": 9,
            "open": 31,
            "overdue": 4,
            "escalated": 2,
            "oldest_es": {"number": "260001233", "since": "2026-11-13"},
            "oldest_en": None,
            "follow_ups": 5,
            "uncertain": 1,
            "parked": 0,
        },
    },
}

PRICED = Inputs(
    cash_price=Decimal(1000), total=Decimal(2000), payments=52, left=Decimal(32),
    instalment=Decimal("38.46"), paid=Decimal("769.20"), past_due=Decimal(0), fees=Decimal(0),
    future=Decimal("1230.80"), option_fee=Decimal(0), rate=None, tax_rate=Decimal(0),
    delivered_on=date(2026, 7, 1), today=date(2026, 11, 18), state="NY",
)  # fmt: skip
LEASE_PARAMS = {
    "customer_name": "Carla Peña",
    "account_number": "104477312",
    "merchandise": "Sofá",
    "store": "Luna San Antonio",
    "time_zone": "America/Chicago",
}
LATE_DELIVERY: dict[str, Any] = {
    "delivered_on": "2026-11-02",
    "as_of": "2026-11-18",
    "due_total": "76.92",
    "payments": [
        {"due_on": "2026-11-09", "amount": "38.46"},
        {"due_on": "2026-11-16", "amount": "38.46"},
    ],
    "next_on": "2026-11-23",
    "next_amount": "38.46",
}
DELIVERY: dict[str, Any] = {
    "delivered_on": "2026-11-18",
    "as_of": "2026-11-18",
    "due_total": "0.00",
    "payments": [],
    "next_on": "2026-11-25",
    "next_amount": "38.46",
}
RETURNED: dict[str, Any] = {
    "returned_on": "2026-11-17",
    "items": [
        {"number": 2, "name": "Lámpara", "quantity": 3},
        {"number": 1, "name": "Sofá", "quantity": 0, "price": "650.00"},
    ],
}
#: By lease mail, everything it may contain.
_ABOUT_LEASES: dict[str, dict[str, Any]] = {
    "approval_expiring": {"expires_at": "2027-03-14T15:00:00+00:00"},
    "approval_expired": {"expired_at": "2027-03-14T15:00:00+00:00"},
    "contracts_expiring": {"expires_at": "2027-03-14T15:00:00+00:00"},
    "contracts_expired": {"expired_at": "2027-03-14T15:00:00+00:00"},
    "buyout_quote": {
        "quote": {
            "rule": "ny",
            "is_ceiling": False,
            "inputs": snapshot(PRICED, quote(PRICED, "ny")),
            "total": "615.38",
            "tax": "0.00",
            "cash_price": "1000.00",
            "cost_of_lease": "1000.00",
            "lease_total": "2000.00",
            "remaining": "1230.80",
            "saving": "615.42",
            "as_of": "2026-11-18",
            "valid_until": "2026-11-28",
        }
    },
    "payment_history": {
        "since": "2026-07-01",
        "until": "2026-11-18",
        "received": "769.20",
        "arrears": "38.46",
        "next_on": "2026-11-25",
        "next_amount": "38.46",
    },
    "plan_agreed": {
        "plan": {
            "kind": "recovery",
            "arrears": "76.92",
            "promises": [
                {"due_on": "2026-11-25", "amount": "40.00"},
                {"due_on": "2026-12-02", "amount": "36.92"},
            ],
            "moves": [
                {"number": 21, "from": "2026-12-02", "to": "2026-12-09", "amount": "38.46"}
            ],
        }
    },
    "plan_cancelled": {
        "ended_plan": {
            "kind": "recovery",
            "agreed_on": "2026-11-18",
            "ended_on": "2026-11-27",
        },
        "arrears": "36.92",
        "next_on": "2026-12-02",
        "next_amount": "38.46",
    },
    "late_delivery_confirmed": {"delivery": LATE_DELIVERY},
    "delivery_confirmed": {"delivery": DELIVERY},
    "payments_set_up": {"delivery": LATE_DELIVERY},
    "payment_received": {
        "paid_on": "2026-11-18",
        "amount": "50.00",
        "fees": "11.54",
        "fees_removed": "8.00",
        "arrears": "38.46",
        "next_on": "2026-11-25",
        "next_amount": "38.46",
    },
    "payment_reversed": {
        "paid_on": "2026-11-12",
        "amount": "38.46",
        "arrears": "76.92",
        "next_on": "2026-11-25",
        "next_amount": "38.46",
    },
    "paid_off": {"paid_on": "2026-11-18", "received": "2000.00", "is_purchase": False},
    "purchase_confirmed": {"paid_on": "2026-11-18", "total": "615.38", "tax": "0.00"},
    "account_corrected": {
        "correction": "fee_waived",
        "amount": "5.00",
        "arrears": "38.46",
        "next_on": "2026-11-25",
        "next_amount": "38.46",
    },
    "return_opened": {
        **RETURNED,
        "arrears": "38.46",
        "next_on": "2026-11-25",
        "next_amount": "38.46",
    },
    "return_closed": {
        **RETURNED,
        "arrears": "38.46",
        "next_on": "2026-11-25",
        "next_amount": "38.46",
        "balance": "1230.80",
    },
    "return_amended": {
        **RETURNED,
        "price": "700.00",
        "price_before": "900.00",
        "lease_total": "1400.00",
    },
    "return_voided": {**RETURNED, "approved_until": "2027-03-14T15:00:00+00:00"},
    "autopay_changed": {
        "change": "enrolled",
        "method": "bank",
        "amount": "38.46",
        "dates": ["2026-11-25", "2026-12-02"],
        "overdraft_warned": True,
    },
    "plan_payment_due": {"promise": {"due_on": "2026-11-25", "amount": "38.46"}},
    "plan_payment_missed": {"promise": {"due_on": "2026-11-25", "amount": "38.46"}},
}  # fmt: skip
LEASE_MAILS = {key: LEASE_PARAMS | extra for key, extra in _ABOUT_LEASES.items()}


@pytest.fixture(autouse=True)
def _reasons_have_names(db: None) -> None:
    """A mail about a case names what it is about, which is a row."""


@pytest.fixture
def server(settings: Any) -> Iterator[ScriptedServer]:
    def hurry() -> None:
        settings.EMAIL_TIMEOUT = 0.3

    server = ScriptedServer(before_silence=hurry)
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    yield server
    server.close()


class Clock:
    """Stands still until it's moved."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, **ahead: float) -> datetime:
        self.now += timedelta(**ahead)
        return self.now


@pytest.fixture
def clock(now: datetime) -> Clock:
    return Clock(now)


@pytest.fixture
def post(now: datetime) -> Callable[..., Email]:
    """Puts one mail into the outbox."""

    def posted(template: str = "case_opened", **fields: Any) -> Email:
        key, kind = fields.pop("key", str(uuid.uuid4())), kind_of(template)
        params, at = fields.pop("params", CASE_PARAMS), fields.pop("now", now)
        fields = {"to": "carla@example.com", "language": "es"} | fields
        if case := fields.pop("case", None):
            entry, follow_up = fields.pop("entry", None), fields.pop("follow_up", None)
            fields["links"] = [CaseMail(case=case, entry=entry, follow_up=follow_up)]
            fields["thread"] = case.number
        said = kind.read(params) if kind.is_secret and params else kind.sample(at)
        mail = outbox.NewMail(kind=kind, said=said, key=key, **fields)
        assert outbox.enqueue(mail, now=at)
        if not kind.is_secret:  # also what no kind would write
            Email.objects.filter(key=key).update(params=params)
        return Email.objects.get(key=key)

    return posted


@pytest.fixture
def post_code(post: Callable[..., Email]) -> Callable[..., Email]:
    """Puts a sign-in code into the outbox."""

    def posted(**fields: Any) -> Email:
        params = {"code": "482913", "minutes": 10}
        return post("sign_in_code", params=params, **fields)

    return posted
