"""What a preview says where no case or lease says it. Made up; the words are the reader's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import pgettext

from accounts.sign_in import codes
from cases.enums import TemplateKey
from common.company_day import business_day
from leases.buyout import Inputs, quote, snapshot

Sample = Callable[[datetime], dict[str, Any]]


def sample(key: TemplateKey, *, now: datetime) -> dict[str, Any]:
    """`Email.params` of this mail but for the case's and the lease's own.

    Call it under the reader's language.
    """
    return _SAMPLES[key](now) if key in _SAMPLES else {}


def _day(now: datetime, ahead: int) -> str:
    return (business_day(now) + timedelta(days=ahead)).isoformat()


def _message() -> str:
    return pgettext(
        "sample of a mail",
        "Thank you for the photos.\n\nWe spoke with the store and will write to you on Monday.",
    )


def _promise(now: datetime) -> dict[str, Any]:
    what = pgettext("sample of a mail", "We take back the late fee of the last payment")
    return {"promise": {"party": "company", "what": what, "amount": "5.00", "due_on": _day(now, 7)}}


def _outside(now: datetime) -> dict[str, Any]:
    return {
        "staff_name": "Sofía Ramírez",
        "outside": {
            "body": "cfpb",
            "reference": "241118-0042",
            "received_on": _day(now, -12),
            "due_on": _day(now, 3),
            "days_left": 3,
        },
    }


def _week(now: datetime) -> dict[str, Any]:
    """The last full one, Monday to Sunday, as the report tells of it."""
    today = business_day(now)
    monday = today - timedelta(days=today.weekday() + 7)
    return {
        "staff_name": "Sofía Ramírez",
        "week": {
            "since": monday.isoformat(),
            "until": (monday + timedelta(days=6)).isoformat(),
            "opened": 41,
            "resolved": 37,
            "open": 112,
            "overdue": 6,
            "escalated": 3,
            "follow_ups": 18,
            "uncertain": 1,
            "parked": 4,
            "oldest_es": {"number": "260001233", "since": _day(now, -4)},
            "oldest_en": None,
        },
    }


def _plan(now: datetime) -> dict[str, Any]:
    return {
        "plan": {
            "kind": "recovery",
            "arrears": "76.92",
            "promises": [
                {"due_on": _day(now, 7), "amount": "40.00"},
                {"due_on": _day(now, 14), "amount": "36.92"},
            ],
            "moves": [
                {
                    "number": 21,
                    "from": _day(now, 14),
                    "to": _day(now, 21),
                    "amount": "38.46",
                }
            ],
        }
    }


def _quote(now: datetime) -> dict[str, Any]:
    today = business_day(now)
    priced = Inputs(
        cash_price=Decimal(1000), total=Decimal(2000), payments=52, left=Decimal(32),
        instalment=Decimal("38.46"), paid=Decimal("769.20"), past_due=Decimal(0), fees=Decimal(0),
        future=Decimal("1230.80"), option_fee=Decimal(0), rate=None, tax_rate=Decimal(0),
        delivered_on=today - timedelta(140), today=today, state="NY",
    )  # fmt: skip
    return {
        "quote": {
            "rule": "ny",
            "is_ceiling": False,
            "inputs": snapshot(priced, quote(priced, "ny")),
            "total": "615.38",
            "tax": "0.00",
            "cash_price": "1000.00",
            "cost_of_lease": "1000.00",
            "lease_total": "2000.00",
            "remaining": "1230.80",
            "saving": "615.42",
            "as_of": _day(now, 0),
            "valid_until": _day(now, 10),
        }
    }


def _standing(now: datetime) -> dict[str, Any]:
    return {"arrears": "38.46", "next_on": _day(now, 7), "next_amount": "38.46"}


_SAMPLES: Mapping[TemplateKey, Sample] = {
    TemplateKey.CASE_OPENED: lambda now: {"agent_name": "Ana Torres"},
    TemplateKey.MESSAGE_ADDED: lambda now: {"author_name": "Ana Torres", "message": _message()},
    TemplateKey.FOLLOW_UP: lambda now: {"message": _message()},
    TemplateKey.SIGN_IN_CODE: lambda now: {
        "code": "482913",
        "minutes": codes.MINUTES,
    },
    TemplateKey.PASSWORD_RESET: lambda now: {
        "customer_name": "Carla Peña",
        "link": f"{settings.BASE_URL}/account/password/reset/key/0-0/",
    },
    TemplateKey.PASSWORD_CHANGED: lambda now: {
        "staff_name": "Ana Torres",
        "changed_on": _day(now, 0),
    },
    TemplateKey.ADDRESS_CHANGED: lambda now: {
        "customer_name": "Carla Peña",
        "changed_on": _day(now, 0),
    },
    TemplateKey.APPROVAL_EXPIRING: lambda now: {"expires_at": (now + timedelta(10)).isoformat()},
    TemplateKey.APPROVAL_EXPIRED: lambda now: {"expired_at": now.isoformat()},
    TemplateKey.CONTRACTS_EXPIRING: lambda now: {"expires_at": (now + timedelta(10)).isoformat()},
    TemplateKey.CONTRACTS_EXPIRED: lambda now: {"expired_at": now.isoformat()},
    TemplateKey.BUYOUT_QUOTE: _quote,
    TemplateKey.PAYMENT_HISTORY: lambda now: {
        "since": _day(now, -140),
        "until": _day(now, 0),
        "received": "769.20",
        **_standing(now),
    },
    TemplateKey.PLAN_AGREED: _plan,
    TemplateKey.PLAN_CANCELLED: lambda now: {
        "ended_plan": {"kind": "recovery", "agreed_on": _day(now, -9), "ended_on": _day(now, 0)},
        **_standing(now),
    },
    TemplateKey.AUTOPAY_CHANGED: lambda now: {
        "change": "enrolled",
        "method": "bank",
        "amount": "38.46",
        "dates": [_day(now, 7), _day(now, 14)],
        "overdraft_warned": True,
    },
    TemplateKey.DELIVERY_CONFIRMED: lambda now: {
        "delivery": {
            "delivered_on": _day(now, -16),
            "as_of": _day(now, 0),
            "due_total": "76.92",
            "payments": [
                {"due_on": _day(now, -9), "amount": "38.46"},
                {"due_on": _day(now, -2), "amount": "38.46"},
            ],
            "next_on": _day(now, 5),
            "next_amount": "38.46",
        },
    },
    TemplateKey.EVIDENCE_REQUESTED: lambda now: {
        "slots": ["photos", "receipts"],
        "message": pgettext("sample of a mail", "The photo should show the whole item."),
    },
    TemplateKey.EVIDENCE_RECEIVED: lambda now: {
        "files": ["sofa-1.jpg", "sofa-2.jpg"],
        "received_at": now.isoformat(),
        "still_open": ["receipts"],
    },
    TemplateKey.EVIDENCE_UNREADABLE: lambda now: {
        "file_name": "sofa-1.jpg",
        "reason": pgettext("sample of a mail", "The date cannot be read."),
    },
    TemplateKey.PROMISE_CONFIRMED: _promise,
    TemplateKey.PROMISE_DUE: _promise,
    TemplateKey.PROMISE_BROKEN: _promise,
    TemplateKey.RESOLVED: lambda now: {
        "status": "resolved",
        "outcome": "charge_removed",
        "author_name": "Ana Torres",
        "answer": pgettext(
            "sample of a mail", "The $38.46 is back on your card. You’ll see it within five days."
        ),
    },
    TemplateKey.OUTSIDE_DEADLINE: _outside,
    TemplateKey.WEEKLY_REPORT: _week,
}
