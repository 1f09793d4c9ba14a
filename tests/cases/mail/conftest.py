from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from cases.enums import TemplateKey
from cases.mail import outbox
from cases.models import Email
from leases.buyout import Inputs, quote, snapshot
from tests.cases.conftest import Inbox
from tests.cases.mail.smtp_server import ScriptedServer

__all__ = ["CASE_MAILS", "CASE_PARAMS", "LEASE_MAILS", "STAFF_MAILS", "Clock", "Inbox"]

#: Everything any mail about a case may hold.
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
_PROMISE = {
    "promise": {
        "party": "store",
        "what": "Recoger el sofá en casa de la clienta",
        "amount": "40.00",
        "due_on": "2026-11-25",
    },
    "store": "Luna San Antonio",
}
#: By mail about a case, everything it may hold.
CASE_MAILS: dict[TemplateKey, dict[str, Any]] = {
    key: CASE_PARAMS | extra
    for key, extra in {
        TemplateKey.CASE_OPENED: {},
        TemplateKey.MESSAGE_ADDED: {},
        TemplateKey.STATUS_CHANGED: {},
        TemplateKey.FOLLOW_UP: {},
        TemplateKey.EVIDENCE_REQUESTED: {
            "slots": ["photos", "tracking"],
            "message": "Las fotos, por todos los lados.",
        },
        TemplateKey.EVIDENCE_RECEIVED: {
            "files": ["sofá.jpg", "recibo.pdf"],
            "received_at": "2026-11-18T16:00:00+00:00",
            "time_zone": "America/Chicago",
        },
        TemplateKey.EVIDENCE_UNREADABLE: {
            "file_name": "recibo.pdf",
            "reason": "No se ve el monto.",
        },
        TemplateKey.PROMISE_CONFIRMED: _PROMISE,
        TemplateKey.PROMISE_DUE: _PROMISE,
        TemplateKey.PROMISE_BROKEN: _PROMISE,
        TemplateKey.ESCALATED: {},
        TemplateKey.RESOLVED: {
            "outcome": "charge_removed",
            "answer": "La tienda ya devolvió el cargo.",
        },
        TemplateKey.RETURN_STEPS: {"store": "Luna San Antonio", "returned_item": "Sofá"},
    }.items()
}
STAFF_MAILS: dict[TemplateKey, dict[str, Any]] = {
    TemplateKey.OUTSIDE_DEADLINE: {
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
    TemplateKey.WEEKLY_REPORT: {
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
#: By lease mail, everything it may hold.
LEASE_MAILS: dict[TemplateKey, dict[str, Any]] = {
    key: LEASE_PARAMS | extra
    for key, extra in {
        TemplateKey.APPROVAL_EXPIRING: {"expires_at": "2027-03-14T15:00:00+00:00"},
        TemplateKey.APPROVAL_EXPIRED: {"expired_at": "2027-03-14T15:00:00+00:00"},
        TemplateKey.CONTRACTS_EXPIRING: {"expires_at": "2027-03-14T15:00:00+00:00"},
        TemplateKey.CONTRACTS_EXPIRED: {"expired_at": "2027-03-14T15:00:00+00:00"},
        TemplateKey.BUYOUT_QUOTE: {
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
        TemplateKey.PAYMENT_HISTORY: {
            "since": "2026-07-01",
            "until": "2026-11-18",
            "received": "769.20",
            "arrears": "38.46",
            "next_on": "2026-11-25",
            "next_amount": "38.46",
        },
        TemplateKey.PLAN_AGREED: {
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
        TemplateKey.PLAN_CANCELLED: {
            "ended_plan": {
                "kind": "recovery",
                "agreed_on": "2026-11-18",
                "ended_on": "2026-11-27",
            },
            "arrears": "36.92",
            "next_on": "2026-12-02",
            "next_amount": "38.46",
        },
        TemplateKey.DELIVERY_CONFIRMED: {
            "delivery": {
                "delivered_on": "2026-11-02",
                "as_of": "2026-11-18",
                "due_total": "76.92",
                "payments": [
                    {"due_on": "2026-11-09", "amount": "38.46"},
                    {"due_on": "2026-11-16", "amount": "38.46"},
                ],
                "next_on": "2026-11-23",
                "next_amount": "38.46",
            },
        },
        TemplateKey.AUTOPAY_CHANGED: {
            "change": "enrolled",
            "method": "bank",
            "amount": "38.46",
            "dates": ["2026-11-25", "2026-12-02"],
            "overdraft_warned": True,
        },
    }.items()
}  # fmt: skip


@pytest.fixture
def server(settings: Any) -> Iterator[ScriptedServer]:
    def hurry() -> None:
        settings.EMAIL_TIMEOUT = 0.3

    server = ScriptedServer(before_silence=hurry)
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    yield server
    server.close()


class Clock:
    """Stands still until it is moved."""

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

    def posted(template: TemplateKey = TemplateKey.CASE_OPENED, **fields: Any) -> Email:
        key = fields.pop("key", str(uuid.uuid4()))
        values: dict[str, Any] = {
            "to": "carla@example.com",
            "language": "es",
            "params": CASE_PARAMS,
        }
        at = fields.pop("now", now)
        assert outbox.enqueue(outbox.NewMail(key, template, **(values | fields)), now=at)
        return Email.objects.get(key=key)

    return posted


@pytest.fixture
def post_code(post: Callable[..., Email]) -> Callable[..., Email]:
    """Puts a sign-in code into the outbox."""

    def posted(**fields: Any) -> Email:
        params = {"code": "482913", "minutes": 10}
        return post(TemplateKey.SIGN_IN_CODE, params=params, is_secret=True, **fields)

    return posted
